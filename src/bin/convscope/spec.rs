//! Where a spec comes from: a preset's name, a link or its text, a file.

use std::fs;
use std::path::Path;

use convscope::spec::Spec;
use convscope::spec::read::{Value, read};

use crate::failure::Failure;
use crate::file_kind::wrong_file;
use crate::text::link::read_link;
use crate::text::receipt::Receipt;

/// The presets of the page, by name.
const PRESETS: [(&str, &str); 6] = [
    ("single-convolution", include_str!("../../../www/model/presets/single-convolution.json")),
    (DEFAULT_PRESET, include_str!("../../../www/model/presets/codelab.json")),
    ("lenet-5", include_str!("../../../www/model/presets/lenet-5.json")),
    ("keras", include_str!("../../../www/model/presets/keras.json")),
    ("fast-99", include_str!("../../../www/model/presets/fast-99.json")),
    ("no-convolution", include_str!("../../../www/model/presets/no-convolution.json")),
];

/// The one that the page begins with.
pub const DEFAULT_PRESET: &str = "codelab";

const LARGEST_FILE: u64 = 1 << 20;

/// The spec that `text` names.
pub fn find(text: &str) -> Result<Spec, Failure> {
    if let Some(spec) = preset(text) {
        return spec;
    }
    let path = Path::new(text);
    if path.exists() {
        return of_file(path);
    }
    if text.contains('=') {
        return of_link(text);
    }
    let names: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
    let message = format!("“{text}” is not a file, a link, or a preset ({}).", names.join(", "));
    Err(Failure::new("not_found", message))
}

fn preset(name: &str) -> Option<Result<Spec, Failure>> {
    PRESETS.iter().find(|(known, _)| *known == name).map(|(_, json)| of_json(json))
}

fn of_link(link: &str) -> Result<Spec, Failure> {
    let usual = preset(DEFAULT_PRESET).expect("it is one of them")?;
    read_link(link, &usual).map_err(malformed)
}

/// JSON of a spec or a preset; or text with a receipt or a link in it.
fn of_file(path: &Path) -> Result<Spec, Failure> {
    let text = read_text(path)?;
    if text.trim_start().starts_with('{') {
        return of_json(&text);
    }
    match Receipt::read(&text) {
        Ok(receipt) => Ok(receipt.spec),
        Err(reason) if text.contains("Convscope receipt") => Err(malformed(reason)),
        Err(_) => of_link(text.trim()),
    }
}

const TEXT: &str = "text with a spec, a link or a receipt";

pub fn read_text(path: &Path) -> Result<String, Failure> {
    let size = fs::metadata(path).map_err(|error| Failure::io("read", path, &error))?.len();
    if size > LARGEST_FILE {
        let message = format!("{} is too large for a spec or a receipt: {size} bytes.", path.display());
        return Err(Failure::new("too_large", message));
    }
    let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    if bytes.is_empty() {
        return Err(wrong_file(path, &bytes, TEXT));
    }
    String::from_utf8(bytes).map_err(|error| wrong_file(path, error.as_bytes(), TEXT))
}

/// A preset is a spec with a name and a description around it.
fn of_json(text: &str) -> Result<Spec, Failure> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| malformed(format!("The spec is not JSON: {error}.")))?;
    let Value::Object(fields) = &value else { return Ok(read(&value)?) };
    let inner = fields.iter().find(|(name, _)| name == "spec").map(|(_, spec)| spec);
    Ok(read(inner.unwrap_or(&value))?)
}

fn malformed(message: String) -> Failure {
    Failure::new("malformed_spec", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_knows_every_preset_and_each_is_valid() {
        for (name, _) in PRESETS {
            convscope::spec::validate(&find(name).unwrap()).unwrap();
        }
    }

    #[test]
    fn find_reads_a_link_and_its_text() {
        let text = "v=1&net=c8k5,r,m2,f,d10&seed=7";
        let spec = find(text).unwrap();
        assert_eq!((spec.layers.len(), spec.seed), (5, 7));
        assert_eq!(find(&format!("https://a.host/page/#{text}")).unwrap(), spec);
    }

    #[test]
    fn find_names_the_presets_when_there_is_nothing_of_that_name() {
        let failure = find("no-such-thing").unwrap_err();
        assert_eq!(failure.code, "not_found");
        assert!(failure.message.contains("codelab"), "{}", failure.message);
    }
}
