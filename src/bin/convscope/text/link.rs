//! Links of the page (www/link/link.js): what comes after the `#` of an address, or that text alone.

use std::collections::BTreeMap;

use convscope::spec::Spec;

use super::spec_text::{is_field, spec_of, write_spec};

const LONGEST: usize = 16_000;

/// What a link has besides a spec: the view, a drawing, the result of a receipt (www/link/link.js).
const OTHER_KEYS: [&str; 22] = [
    "v",
    "draw",
    "scale",
    "tab",
    "split",
    "open",
    "centre",
    "part",
    "direction",
    "experiment",
    "panels",
    "tabs",
    "ask",
    "digit",
    "lesson",
    "embed",
    "theme",
    "steps",
    "weights",
    "engine",
    "sum",
    "accuracy",
];

/// The version of links.
const VERSION: &str = "1";

/// Fields with their unescaped texts.
pub type Fields = BTreeMap<String, String>;

/// The fields of a link, or of what is after its `#`: each is known and occurs once.
pub fn link_fields(link: &str) -> Result<Fields, String> {
    let text = link.split_once('#').map_or(link, |(_, text)| text);
    if text.len() > LONGEST {
        return Err("The link is too long.".into());
    }
    let mut fields = Fields::new();
    for field in text.split('&') {
        let (key, value) = field.split_once('=').ok_or(format!("“{field}” is not a field of a link."))?;
        let known = is_field(key) || OTHER_KEYS.contains(&key);
        if !known || fields.insert(key.into(), unescaped(value)?).is_some() {
            return Err(format!("The link's field “{key}” is unknown, or there twice."));
        }
    }
    match fields.get("v") {
        Some(version) if version != VERSION => {
            Err(format!("The link has version {version}, and this program reads version {VERSION}."))
        }
        _ => Ok(fields),
    }
}

/// The spec of a link. What it leaves out is that of `usual`, the network that the page begins with; a receipt leaves
/// nothing out.
pub fn read_link(link: &str, usual: &Spec) -> Result<Spec, String> {
    let mut fields = link_fields(link)?;
    if let Some(name) = fields.get("experiment").filter(|_| !fields.contains_key("net")) {
        return Err(format!(
            "The experiment “{name}” has several networks; open the link, and copy that of one."
        ));
    }
    if !fields.contains_key("net") && !fields.contains_key("weights") {
        for (key, value) in link_fields(&write_spec(usual))? {
            fields.entry(key).or_insert(value);
        }
    }
    spec_of(&fields)
}

/// The character that `%2C` and its like stand for.
fn unescaped(text: &str) -> Result<String, String> {
    let damaged = || format!("“{text}” in the link is damaged: a character cannot be read.");
    let mut bytes = vec![];
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let digits = rest.split_off(..2).ok_or_else(damaged)?;
        let digit = |digit: u8| char::from(digit).to_digit(16).ok_or_else(damaged);
        bytes.push((16 * digit(digits[0])? + digit(digits[1])?) as u8);
    }
    String::from_utf8(bytes).map_err(|_| damaged())
}

/// Reads a spec that stands alone; the engine decides whether it is valid.
pub fn read_spec(text: &str) -> Result<Spec, String> {
    let fields = link_fields(text)?;
    match fields.keys().find(|key| OTHER_KEYS.contains(&key.as_str())) {
        Some(key) => Err(format!("The field “{key}” does not belong to an experiment.")),
        None => spec_of(&fields),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convscope::rng::Rng;

    /// The page's tests read the same file.
    const LINKS: &str = include_str!("../../../../www/link/testing/links.txt");

    fn usual() -> Spec {
        read_spec("net=c8k5,r,m2,f,d10&seed=5").unwrap()
    }

    #[test]
    fn read_link_reads_every_field_that_the_page_writes() {
        for link in LINKS.lines() {
            let spec = read_link(link, &usual()).expect(link);
            convscope::spec::validate(&spec).expect(link);
            assert_eq!(read_spec(&write_spec(&spec)).as_ref(), Ok(&spec), "{link}");
            assert_eq!(read_link(&format!("https://host/#{link}"), &usual()), Ok(spec), "{link}");
        }
    }

    #[test]
    fn read_link_fills_in_the_usual_network_only() {
        assert_eq!(read_link("lesson=reading.3", &usual()), Ok(usual()));
        assert_eq!(read_link("v=1&seed=7", &usual()), Ok(Spec { seed: 7, ..usual() }));
        assert_eq!(read_link("net=f,d10", &usual()).map(|spec| spec.seed), Ok(1));
        assert!(read_link("v=1&steps=1&weights=0123456789abcdef", &usual()).is_err());
        assert!(read_link("v=1&experiment=zeros", &usual()).unwrap_err().contains("zeros"));
    }

    #[test]
    fn read_link_refuses_what_the_page_refuses() {
        for link in
            ["v=2&net=f,d10", "net=f,d10&net=f,d10", "net=f,d10&evil=1", "net=f%2", "net=f%C3,d10", "", "net"]
        {
            assert!(read_link(link, &usual()).is_err(), "{link}");
        }
        assert!(read_link(&format!("net=f,d10&ask={}", "a".repeat(LONGEST)), &usual()).is_err());
    }

    #[test]
    fn damaged_links_are_refused_or_read_but_never_break_the_reader() {
        let mut rng = Rng::new(21);
        let links: Vec<&str> = LINKS.lines().collect();
        for _ in 0..20_000 {
            let mut text: Vec<char> = links[rng.below(links.len() as u32) as usize].chars().collect();
            for _ in 0..=rng.below(3) {
                let (at, from) =
                    (rng.below(text.len() as u32) as usize, rng.below(text.len() as u32) as usize);
                text[at] = if rng.below(8) == 0 { '☂' } else { text[from] };
            }
            let _ = read_link(&text.iter().collect::<String>(), &usual());
        }
    }
}
