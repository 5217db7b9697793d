use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The name of a data set, in text `mnist`, `fashion`, or `own-` and 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum DataSet {
    /// Digits: LeCun et al., 1998.
    #[default]
    Mnist,
    /// Clothes: Xiao et al., 2017.
    Fashion,
    /// A set of one's own, by the SHA-256 of its contents.
    Own([u8; 32]),
}

impl DataSet {
    /// The set of this name, if it is one.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "mnist" => Some(Self::Mnist),
            "fashion" => Some(Self::Fashion),
            own => read_hash(own.strip_prefix("own-")?.as_bytes()).map(Self::Own),
        }
    }
}

fn read_hash(digits: &[u8]) -> Option<[u8; 32]> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut hash = [0; 32];
    if digits.len() != 2 * hash.len() {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(digits[0])? * 16 + digit(digits[1])?;
    }
    Some(hash)
}

impl fmt::Display for DataSet {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Mnist => f.write_str("mnist"),
            Self::Fashion => f.write_str("fashion"),
            Self::Own(hash) => {
                f.write_str("own-")?;
                hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
    }
}

impl Serialize for DataSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for DataSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <String as Deserialize>::deserialize(deserializer)?;
        Self::of_name(&name).ok_or_else(|| D::Error::custom(unknown(&name)))
    }
}

#[cold]
fn unknown(name: &str) -> String {
    format!("expected one of mnist, fashion, or own- and 64 digits from 0 to f; got “{name}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        let own = DataSet::Own(std::array::from_fn(|at| (at * 37) as u8));
        for set in [DataSet::Mnist, DataSet::Fashion, own] {
            let json = serde_json::to_string(&set).expect("a name");
            assert_eq!(json, format!("\"{set}\""));
            assert_eq!(serde_json::from_str::<DataSet>(&json).expect("a set"), set);
            assert_eq!(DataSet::of_name(&set.to_string()), Some(set));
        }
        assert!(own.to_string().starts_with("own-00254a6f94b9de03"), "{own}");
    }

    #[test]
    fn any_other_name_is_refused_with_those_there_are() {
        let hash = "0123456789abcdef".repeat(4);
        let names = [
            String::new(),
            "Mnist".into(),
            hash.clone(),
            format!("own-{}", &hash[1..]),
            format!("own-{hash}0"),
            format!("own-{}", hash.to_uppercase()),
            format!("own-{}é", &hash[2..]),
            format!("own_{hash}"),
        ];
        for name in names {
            let error = serde_json::from_str::<DataSet>(&format!("\"{name}\"")).expect_err(&name).to_string();
            assert!(error.contains("mnist, fashion, or own- and 64 digits"), "{error}");
            assert!(error.contains(&format!("“{name}”")), "{error}");
        }
    }

    #[test]
    fn the_bytes_of_the_sets_that_were_there_first_stay() {
        assert_eq!(borsh::to_vec(&DataSet::Mnist).expect("bytes"), [0]);
        assert_eq!(borsh::to_vec(&DataSet::Fashion).expect("bytes"), [1]);
        assert_eq!(
            borsh::to_vec(&DataSet::Own([7; 32])).expect("bytes"),
            [[2].as_slice(), &[7; 32]].concat()
        );
    }
}
