//! Enums that are objects with the name of their variant in `type`: `{ "type": "dense", "units": 10 }`.
//!
//! serde reads these by itself (`#[serde(tag = "type")]`), but compiles for each variant a reader of
//! every kind of value there is: in wasm that was a fifth of the whole engine.

use serde::de::value::MapDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::malformed::Malformed as Error;
use super::value::{Value, entries};

/// Declares an enum that is read from such objects. How it is written is said to serde as usual.
macro_rules! tagged {
    ($(#[$meta:meta])* pub enum $name:ident { $($variants:tt)* }) => {
        $(#[$meta])*
        pub enum $name { $($variants)* }

        const _: () = {
            use self::$name as Real;

            /// Its variants as serde reads them from [`tagged::Object`](super::tagged::Object).
            #[derive(serde::Deserialize)]
            #[serde(remote = "Real", rename_all = "snake_case", deny_unknown_fields)]
            enum $name { $($variants)* }

            impl<'de> serde::Deserialize<'de> for Real {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let object = $crate::spec::read::tagged::Object::read(deserializer, stringify!($name))?;
                    $name::deserialize(&object).map_err(serde::de::Error::custom)
                }
            }
        };
    };
}
pub(crate) use tagged;

/// A tagged object, taken apart.
pub struct Object {
    tag: String,
    fields: Vec<(String, Value)>,
}

impl Object {
    /// Reads what is to become the enum of this `name`.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D, name: &str) -> Result<Self, D::Error> {
        Self::take_apart(Value::deserialize(deserializer)?, name).map_err(D::Error::custom)
    }

    fn take_apart(value: Value, name: &str) -> Result<Self, Error> {
        let Value::Object(mut fields) = value else {
            let expected = format!("an object for {name}");
            return Err(Error::invalid_type(value.unexpected(), &expected.as_str()));
        };
        let tag = fields.iter().position(|(name, _)| name == "type");
        match fields.remove(tag.ok_or_else(|| Error::missing_field("type"))?) {
            (_, Value::Text(tag)) => Ok(Self { tag, fields }),
            (_, other) => Err(Error::invalid_type(other.unexpected(), &"the name of a variant")),
        }
    }
}

impl<'de> Deserializer<'de> for &Object {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, 'a> EnumAccess<'de> for &'a Object {
    type Error = Error;
    type Variant = Fields<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Fields<'a>), Error> {
        Ok((seed.deserialize(self.tag.as_str().into_deserializer())?, Fields(&self.fields)))
    }
}

/// What stands beside the tag, whether the variant names its fields itself or is a struct.
pub struct Fields<'a>(&'a [(String, Value)]);

impl<'de> VariantAccess<'de> for Fields<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }
}

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(entries(self.0)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
