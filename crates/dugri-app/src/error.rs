//! What can go wrong in a use case, by what the caller can do about it.

use dugri_store::Error as StoreError;

/// Why a use case did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for this reader: both get this same answer.
    #[error("not found")]
    NotFound,
    /// The actor sees the object but may not do this to it.
    #[error("forbidden")]
    Forbidden,
    /// Input that can be mended; each field with its reason.
    #[error("invalid input: {}", .0.iter().map(|f| format!("{} {}", f.field, f.code)).collect::<Vec<_>>().join(", "))]
    Invalid(Vec<FieldError>),
    /// Something else came first.
    #[error("conflict: {0}")]
    Conflict(Conflict),
    /// Not now; trying again later may work. The text is for the log.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of ours. The text is for the log.
    #[error("internal: {0}")]
    Internal(String),
}

/// One field's reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field by its name in forms and in the API.
    pub field: &'static str,
    /// The sentence, by its key in `assets/locales`.
    pub code: &'static str,
    /// What the sentence names, by argument.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// A reason without arguments.
    pub fn new(field: &'static str, code: &'static str) -> FieldError {
        FieldError {
            field,
            code,
            args: Vec::new(),
        }
    }

    /// Adds an argument of the sentence.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> FieldError {
        self.args.push((name, value.to_string()));
        self
    }
}

/// What came first.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Conflict {
    /// The page moved on and the texts can't be merged; nothing was written.
    #[error("text")]
    Text(Box<TextConflict>),
    /// The object is in a state in which this can't be done.
    #[error("state {state}")]
    State {
        /// The state it is in, as the API writes it.
        state: String,
    },
    /// A precondition (`If-Match`) names another revision than the newest.
    #[error("stale")]
    Stale {
        /// The newest revision's key.
        head: i64,
    },
    /// Another tab or machine has written this draft meanwhile.
    #[error("draft moved")]
    DraftMoved {
        /// Its version now.
        version: i64,
        /// When it was written.
        saved_at: dugri_core::Time,
    },
    /// The save of this draft is done.
    #[error("draft saved")]
    DraftSaved,
    /// What should be new exists already.
    #[error("duplicate {what}")]
    Duplicate {
        /// The field that must be unique.
        what: &'static str,
    },
}

/// All three texts of an edit that could not be merged; the caller keeps them so that nothing is lost.
#[derive(Debug, Clone)]
pub struct TextConflict {
    /// The writer's text.
    pub mine: dugri_store::pages::Content,
    /// The newest text.
    pub theirs: dugri_store::pages::Content,
    /// The text that both began from.
    pub before: dugri_store::pages::Content,
    /// The newest revision: the base of the next try.
    pub head: dugri_core::RevisionId,
    /// Who saved it.
    pub their_author: dugri_core::PersonId,
    /// When.
    pub their_at: dugri_core::Time,
    /// The text by blocks, settled or in conflict.
    pub blocks: Vec<dugri_text::merge::MergeBlock>,
}

impl Error {
    /// One field is wrong.
    pub fn field(field: &'static str, code: &'static str) -> Error {
        Error::Invalid(vec![FieldError::new(field, code)])
    }

    /// The object is in `state`, in which this can't be done.
    pub fn state(state: impl ToString) -> Error {
        Error::Conflict(Conflict::State {
            state: state.to_string(),
        })
    }

    /// A fault of ours, from anything that explains itself.
    pub fn internal(cause: impl std::fmt::Display) -> Error {
        Error::Internal(cause.to_string())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        match error {
            StoreError::Unavailable(why) => Error::Unavailable(why),
            other => Error::Internal(other.to_string()),
        }
    }
}
