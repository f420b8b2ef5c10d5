//! The two languages of Dugri. A page stores its language, a person chooses one for the interface;
//! the two are independent.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that pages are written in and that the interface speaks.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, written left to right.
    #[default]
    En,
    /// Hebrew, written right to left.
    He,
}

impl Language {
    /// Both languages, in the order in which lists show them.
    pub const ALL: [Language; 2] = [Language::En, Language::He];

    /// The code of ISO 639-1, as stored and as written into `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::He => "he",
        }
    }

    /// The value of the `dir` attribute.
    pub fn dir(self) -> &'static str {
        match self {
            Language::En => "ltr",
            Language::He => "rtl",
        }
    }

    /// The language that the switch offers.
    pub fn other(self) -> Language {
        match self {
            Language::En => Language::He,
            Language::He => Language::En,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text is not the code of a language that Dugri speaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}, expected \"en\" or \"he\"")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code {
            "en" => Ok(Language::En),
            "he" => Ok(Language::He),
            other => Err(UnknownLanguage(other.to_owned())),
        }
    }
}
