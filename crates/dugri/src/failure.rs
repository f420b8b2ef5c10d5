//! How a command fails: a sentence for people, a code for scripts.

use std::process::ExitCode;

use dugri_app::Error as AppError;
use dugri_core::Language;
use dugri_store::Error as StoreError;
use dugri_web::errors::Wrong;

/// What the exit code says. 0 is success, and 2 comes from the reading of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// It was tried and failed, or a part of it failed.
    Failed = 1,
    /// What was asked for can't be: an unknown person, a name that is taken.
    Usage = 2,
    /// The configuration is wrong, or the database or the folder is not in order. Nothing was begun.
    Configuration = 3,
    /// The database or the disk is not available; trying again later may work.
    Unavailable = 4,
}

/// The configuration is wrong; the sentence names the setting and the way out.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misconfigured(pub String);

/// What was asked for can't be done; the sentence says why.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

impl Code {
    /// The code of a failure.
    pub fn of(error: &anyhow::Error) -> Code {
        let store = error.downcast_ref::<StoreError>();
        let app = error.downcast_ref::<AppError>();
        if error.is::<Misconfigured>() || matches!(store, Some(StoreError::Refused(_))) {
            return Code::Configuration;
        }
        if matches!(store, Some(StoreError::Unavailable(_))) || matches!(app, Some(AppError::Unavailable(_)))
        {
            return Code::Unavailable;
        }
        let usage = matches!(
            app,
            Some(AppError::NotFound | AppError::Invalid(_) | AppError::Conflict(_))
        );
        if usage || error.is::<Refused>() {
            Code::Usage
        } else {
            Code::Failed
        }
    }
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> ExitCode {
        ExitCode::from(code as u8)
    }
}

/// The failure in words, with its causes.
pub fn sentence(error: &anyhow::Error) -> String {
    if let Some(AppError::Invalid(fields)) = error.downcast_ref::<AppError>() {
        let lines: Vec<String> = fields
            .iter()
            .map(|field| {
                let wrong = Wrong::from(field.clone());
                let words = wrong.sentence(Language::En).replace(['\u{2068}', '\u{2069}'], "");
                format!("{}: {words}", field.field)
            })
            .collect();
        return lines.join("; ");
    }
    format!("{error:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_code_and_words() {
        let wrong = anyhow::Error::from(AppError::field("email", "error-email-known"));
        assert_eq!(Code::of(&wrong), Code::Usage);
        assert!(sentence(&wrong).starts_with("email: ") && !sentence(&wrong).contains("error-email-known"));
        assert_eq!(Code::of(&Misconfigured("x".into()).into()), Code::Configuration);
        assert_eq!(
            Code::of(&StoreError::Refused("x".into()).into()),
            Code::Configuration
        );
        assert_eq!(
            Code::of(&AppError::Unavailable("x".into()).into()),
            Code::Unavailable
        );
        assert_eq!(Code::of(&anyhow::anyhow!("x")), Code::Failed);
    }
}
