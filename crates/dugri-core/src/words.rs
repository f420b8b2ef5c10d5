//! Small closed vocabularies that are written in a database, an address or a file, and the macro that makes them.

/// Makes an enum whose variants have one written form each, the same in the database, the API, files and addresses.
///
/// Gives `ALL`, `as_str`, `FromStr` (error: [`UnknownWord`]), `Display` and serde through the written form.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// All values, in order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The written form.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::words::UnknownWord { what: stringify!($name), word: word.to_owned() }),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::words::UnknownWord;
            fn try_from(word: String) -> Result<Self, Self::Error> {
                word.parse()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let word = std::borrow::Cow::<'de, str>::deserialize(d)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// A word that is not one of a closed vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a known {what}")]
pub struct UnknownWord {
    /// The vocabulary, by its Rust name.
    pub what: &'static str,
    /// What was given.
    pub word: String,
}

words! {
    /// The languages of the interface and of pages.
    Language {
        /// Hebrew, written from right to left.
        He = "he",
        /// English.
        En = "en",
    }
}

impl Language {
    /// The other one of the two.
    pub const fn other(self) -> Language {
        match self {
            Language::He => Language::En,
            Language::En => Language::He,
        }
    }

    /// The direction of the language's script as HTML writes it.
    pub const fn dir(self) -> &'static str {
        match self {
            Language::He => "rtl",
            Language::En => "ltr",
        }
    }
}

impl Default for Language {
    /// English, where nothing says otherwise.
    fn default() -> Self {
        Language::En
    }
}
