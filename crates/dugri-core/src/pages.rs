//! Pages: the closed words about them. Kinds of pages are rows, not code.

crate::words! {
    /// What a page is in its life. Stored are only the facts it is derived from.
    State {
        /// Never published.
        Draft = "draft",
        /// Published.
        Current = "current",
        /// Replaced by a named successor.
        Superseded = "superseded",
        /// Retired without a successor.
        Archived = "archived",
    }
}

crate::words! {
    /// For whom a page is cleared; nothing leaves the house that is not cleared for its receiver.
    Audience {
        /// Colleagues only; the default.
        Internal = "internal",
        /// Also partners.
        Partners = "partners",
        /// Also customers.
        Customers = "customers",
    }
}

crate::words! {
    /// What became of a pending change.
    ChangeState {
        /// Waiting for a publisher, or for its author to go on.
        Open = "open",
        /// Published.
        Published = "published",
        /// Given up by its author or an editor.
        Withdrawn = "withdrawn",
    }
}

crate::words! {
    /// What was done to a page as a whole; stands in its history and can be undone while nothing contradicts that.
    StepKind {
        /// It got another title or another readable address.
        Renamed = "renamed",
        /// It went to another space.
        Moved = "moved",
        /// It was retired.
        Archived = "archived",
        /// It was taken back from the archive.
        Unarchived = "unarchived",
        /// It became part of another page, which replaces it.
        Merged = "merged",
        /// A section became a page of its own.
        Split = "split",
    }
}

/// The longest key message in characters (`product.md`, Words).
pub const KEY_MESSAGE_CHARS_MAX: usize = 140;
/// The longest title in characters: what a browser tab and a list line can still show.
pub const TITLE_CHARS_MAX: usize = 200;
/// The longest change summary in characters.
pub const SUMMARY_CHARS_MAX: usize = 300;
/// The largest Markdown text of a page in bytes (`security.md` 26).
pub const BODY_BYTES_MAX: usize = 1 << 20;
/// The most topics on one page.
pub const TOPICS_MAX: usize = 30;

impl State {
    /// The state by the facts it is derived from. Archived wins over superseded: it is the later decision of a manager.
    pub fn of(published: bool, superseded: bool, archived: bool) -> State {
        match (archived, superseded, published) {
            (true, _, _) => State::Archived,
            (_, true, _) => State::Superseded,
            (_, _, true) => State::Current,
            _ => State::Draft,
        }
    }
}
