use serde::de::{Deserialize, Deserializer, Error as _};

use super::Value;
use super::malformed::Malformed;

/// A variant of an enum: the name that its objects have in the field `type`, the names of their other fields, and how
/// they become it.
pub type Variant<T> = (&'static str, &'static [&'static str], fn(&Fields<'_>) -> Result<T, Malformed>);

/// Reads an object whose field `type` names one of `variants`.
pub fn read_tagged<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    variants: &[Variant<T>],
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    variant(&value, variants).map_err(D::Error::custom)
}

fn variant<T>(value: &Value, variants: &[Variant<T>]) -> Result<T, Malformed> {
    let fields = Fields::of(value)?;
    let tag: String = fields.read("type")?;
    let Some((_, names, read)) = variants.iter().find(|(name, ..)| *name == tag) else {
        let known: Vec<&str> = variants.iter().map(|(name, ..)| *name).collect();
        return Err(Malformed::one_of(&known, &tag));
    };
    fields.check(names)?;
    read(&fields)
}

/// The fields of an object.
pub struct Fields<'a>(&'a [(String, Value)]);

impl<'a> Fields<'a> {
    fn of(value: &'a Value) -> Result<Self, Malformed> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(Malformed::invalid_type(other.unexpected(), &"an object")),
        }
    }

    /// Refuses all fields but `type` and `known`. Where there are none to set, those that are left over do no harm.
    fn check(&self, known: &[&str]) -> Result<(), Malformed> {
        let is_known = |name: &str| name == "type" || known.is_empty() || known.contains(&full_name(name));
        match self.0.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) => Err(Malformed::no_field(name, known)),
            None => Ok(()),
        }
    }

    /// The field of this name.
    pub fn read<T: Deserialize<'a>>(&self, name: &'static str) -> Result<T, Malformed> {
        T::deserialize(self.find(name)?.ok_or_else(|| Malformed::missing_field(name))?)
    }

    /// The field of this name; `default` where it is left out.
    pub fn read_or<T: Deserialize<'a>>(&self, name: &'static str, default: T) -> Result<T, Malformed> {
        self.find(name)?.map_or(Ok(default), T::deserialize)
    }

    #[inline(never)]
    fn find(&self, name: &'static str) -> Result<Option<&'a Value>, Malformed> {
        let mut found = self.0.iter().filter(|(field, _)| full_name(field) == name);
        let value = found.next().map(|(_, value)| value);
        if found.next().is_some() { Err(Malformed::duplicate_field(name)) } else { Ok(value) }
    }
}

/// What a field is called that goes by PyTorch's short name.
fn full_name(field: &str) -> &str {
    match field {
        "kernel" => "kernel_size",
        "lr" => "learning_rate",
        "eps" => "epsilon",
        name => name,
    }
}
