//! A spec as the page's links write it: `net=c8k5,r,m2,f,d10&opt=adam:0.001&seed=7`. Letters, keys and defaults
//! are in www/link/form.json, which the page reads as well (www/link/spec-text.js).

use std::collections::BTreeMap;

use convscope::spec::{DataSet, Spec, read};
use serde::Deserialize;
use serde_json::{Map, Value, json};

const FORM: &str = include_str!("../../../../www/link/form.json");
const MOST_LAYERS: usize = 64;

#[derive(Deserialize)]
struct Form {
    layers: BTreeMap<char, Layer>,
    settings: Vec<Setting>,
}

#[derive(Deserialize)]
struct Layer {
    r#type: String,
    parts: Vec<Part>,
}

/// It has `parts`, or one of several `kinds` with parts of its own, and a `default` one.
#[derive(Deserialize)]
struct Setting {
    key: String,
    path: String,
    parts: Option<Vec<Part>>,
    kinds: Option<BTreeMap<String, Vec<Part>>>,
    default: Option<String>,
}

/// One field of a layer or a setting. A `default` that is a name stands for the value of that field.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    mark: String,
    name: String,
    kind: String,
    default: Option<Value>,
}

/// Whether a link has this field for its spec.
pub fn is_field(key: &str) -> bool {
    key == "net" || form().settings.iter().any(|setting| setting.key == key)
}

/// The spec in the fields of a link; the engine decides whether it is valid.
pub fn spec_of(fields: &BTreeMap<String, String>) -> Result<Spec, String> {
    let form = form();
    let net: Vec<&str> = fields.get("net").ok_or("The experiment has no network.")?.split(',').collect();
    if net.len() > MOST_LAYERS {
        return Err(format!("The network has more than {MOST_LAYERS} layers."));
    }
    let layers = net.into_iter().map(|token| read_layer(&form, token)).collect::<Result<Vec<_>, _>>()?;
    let mut spec = json!({ "layers": layers });
    for setting in &form.settings {
        let text = fields.get(&setting.key).or(setting.default.as_ref()).map_or("", String::as_str);
        let mut owner = &mut spec;
        for key in setting.path.split('.').filter(|key| !key.is_empty()) {
            owner = owner
                .as_object_mut()
                .expect("paths lead through objects")
                .entry(key)
                .or_insert_with(|| json!({}));
        }
        let owner = owner.as_object_mut().expect("paths lead to objects");
        owner.extend(read_setting(setting, text)?);
    }
    let value: read::Value = serde_json::from_value(spec).map_err(|error| error.to_string())?;
    read::read(&value).map_err(|error| error.message)
}

/// As short as it can be written.
pub fn write_spec(spec: &Spec) -> String {
    let form = form();
    let spec = serde_json::to_value(spec).expect("specs are plain data");
    let layers = spec["layers"].as_array().expect("a list of layers");
    let net: Vec<String> = layers.iter().map(|layer| write_layer(&form, layer)).collect();
    let mut text = format!("net={}", net.join(","));
    for setting in &form.settings {
        let path = setting.path.split('.').filter(|key| !key.is_empty());
        let written = write_setting(setting, path.fold(&spec, |value, key| &value[key]));
        if written != setting.default.as_deref().unwrap_or("") {
            text.push_str(&format!("&{}={written}", setting.key));
        }
    }
    text
}

fn form() -> Form {
    serde_json::from_str(FORM).expect("form.json is of its form")
}

fn read_layer(form: &Form, token: &str) -> Result<Value, String> {
    let no_layer = || format!("“{token}” is not a layer.");
    let letter = token.chars().next().ok_or_else(no_layer)?;
    let Layer { r#type, parts } = form.layers.get(&letter).ok_or_else(no_layer)?;
    let mut rest = &token[letter.len_utf8()..];
    let mut texts = BTreeMap::new();
    while !rest.is_empty() {
        // Of the letters, x and e are parts of numbers.
        let is_mark = |letter: char| letter.is_ascii_lowercase() && letter != 'x' && letter != 'e';
        let (mark, number) = rest.split_at(usize::from(rest.starts_with(is_mark)));
        let (value, after) = number.split_at(number.find(is_mark).unwrap_or(number.len()));
        if value.is_empty() || texts.insert(mark, value).is_some() {
            return Err(no_layer());
        }
        rest = after;
    }
    let mut layer = Map::from_iter([("type".to_owned(), json!(r#type))]);
    for part in parts {
        let value = match (texts.remove(part.mark.as_str()), &part.default) {
            (Some(text), _) => read_value(part, text)?,
            (None, Some(Value::String(other))) => layer.get(other).cloned().ok_or_else(no_layer)?,
            (None, Some(default)) => default.clone(),
            (None, None) => return Err(format!("The {} is missing in “{token}”.", part.name)),
        };
        layer.insert(part.name.clone(), value);
    }
    if texts.is_empty() { Ok(layer.into()) } else { Err(no_layer()) }
}

fn write_layer(form: &Form, layer: &Value) -> String {
    let (letter, Layer { parts, .. }) = form
        .layers
        .iter()
        .find(|(_, one)| layer["type"] == json!(one.r#type))
        .expect("form.json has all layers");
    let mut text = letter.to_string();
    for part in parts {
        let usual = match &part.default {
            Some(Value::String(other)) => Some(&layer[other]),
            other => other.as_ref(),
        };
        if !usual.is_some_and(|usual| same(part, usual, &layer[&part.name])) {
            text += &format!("{}{}", part.mark, write_value(part, &layer[&part.name]));
        }
    }
    text
}

fn read_setting(setting: &Setting, text: &str) -> Result<Map<String, Value>, String> {
    let unknown = || format!("“{}={text}” is not known.", setting.key);
    if let Some(parts) = &setting.parts {
        return read_parts(parts, text.split(':')).ok_or_else(unknown);
    }
    let mut items = text.split(':');
    let kind = items.next().unwrap_or_default();
    let parts = setting.kinds.as_ref().and_then(|kinds| kinds.get(kind)).ok_or_else(unknown)?;
    let mut value = read_parts(parts, items).ok_or_else(unknown)?;
    value.insert("type".into(), json!(kind));
    Ok(value)
}

fn read_parts<'a>(parts: &[Part], mut texts: impl Iterator<Item = &'a str>) -> Option<Map<String, Value>> {
    let mut value = Map::new();
    for part in parts {
        let own = match texts.next().filter(|text| !text.is_empty()) {
            Some(text) => read_value(part, text).ok()?,
            None => part.default.clone()?,
        };
        value.insert(part.name.clone(), own);
    }
    texts.all(str::is_empty).then_some(value)
}

fn write_setting(setting: &Setting, value: &Value) -> String {
    if let Some(parts) = &setting.parts {
        return write_parts(parts, value);
    }
    let kind = value["type"].as_str().expect("a kind");
    let parts = setting.kinds.as_ref().and_then(|kinds| kinds.get(kind)).expect("form.json has all kinds");
    format!("{kind}:{}", write_parts(parts, value)).trim_end_matches(':').to_owned()
}

fn write_parts(parts: &[Part], value: &Value) -> String {
    let text = |part: &Part| {
        let own = &value[&part.name];
        let usual = part.default.as_ref().is_some_and(|usual| same(part, usual, own));
        if usual { String::new() } else { write_value(part, own) }
    };
    parts.iter().map(text).collect::<Vec<_>>().join(":").trim_end_matches(':').to_owned()
}

fn read_value(part: &Part, text: &str) -> Result<Value, String> {
    let wrong = || format!("The {} cannot be “{text}”.", part.name);
    let whole = |text: &str| {
        let digits = text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u64>().ok()).flatten().map(|number| json!(number))
    };
    let list = |count: usize, read: &dyn Fn(&str) -> Option<Value>| {
        let items = text.split('x').map(read).collect::<Option<Vec<_>>>()?;
        (items.len() == count).then_some(Value::from(items))
    };
    let value = match part.kind.as_str() {
        "whole" => whole(text),
        "number" => number(text),
        "flag" => ["0", "1"].contains(&text).then(|| json!(text == "1")),
        "set" => DataSet::of_name(text).map(|set| json!(set)),
        "pair" if text.contains('x') => list(2, &whole),
        "pair" => whole(text).map(|side| json!([side, side])),
        "triple" => list(3, &whole),
        _ => list(2, &number),
    };
    value.ok_or_else(wrong)
}

/// A number as JavaScript writes them, and nothing else that Rust would read: no `inf`, no `+1`.
fn number(text: &str) -> Option<Value> {
    let plain = text.len() <= 50 && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.e".contains(&byte));
    let begins = text.trim_start_matches('-').starts_with(|letter: char| letter.is_ascii_digit());
    let value = text.parse::<f64>().ok().filter(|value| value.is_finite())?;
    (plain && begins).then(|| json!(value))
}

fn write_value(part: &Part, value: &Value) -> String {
    match (part.kind.as_str(), value) {
        ("flag", value) => if value == &json!(true) { "1" } else { "0" }.into(),
        ("set", value) => value.as_str().unwrap_or_default().into(),
        ("pair", Value::Array(sides)) if sides.len() == 2 && sides[0] == sides[1] => sides[0].to_string(),
        ("number" | "numbers", Value::Number(number)) => write_number(number.as_f64().unwrap_or_default()),
        (_, Value::Array(items)) => {
            items.iter().map(|item| write_value(part, item)).collect::<Vec<_>>().join("x")
        }
        (_, value) => value.to_string(),
    }
}

/// The shortest text that is the same `f32`, as a person would have typed it and JavaScript writes it.
fn write_number(value: f64) -> String {
    let value = value as f32;
    let size = value.abs();
    let scientific = size != 0.0 && !(1e-6..1e21).contains(&size);
    let text = if scientific { format!("{value:e}") } else { value.to_string() };
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}

fn same(part: &Part, a: &Value, b: &Value) -> bool {
    write_value(part, a) == write_value(part, b)
}
