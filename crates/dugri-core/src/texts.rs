//! What became of reading a file for its text.

crate::words! {
    /// Whether the text of a file can be found, and why not.
    TextState {
        /// Nobody has read it yet.
        Waiting = "waiting",
        /// Its text is found.
        Read = "read",
        /// A picture, a recording, an archive: nobody expects a text.
        None = "none",
        /// An office file as it was written before 2007.
        OldOffice = "old-office",
        /// A password is needed.
        Encrypted = "encrypted",
        /// It can't be read.
        Damaged = "damaged",
        /// It is, or unpacks to, more than is read.
        TooLarge = "too-large",
        /// There are no letters in it: a scan.
        Scanned = "scanned",
        /// Reading it took too long.
        TooSlow = "too-slow",
    }
}

impl TextState {
    /// Whether somebody should put another file in its place, if its words are to be found.
    pub fn is_trouble(self) -> bool {
        !matches!(self, TextState::Waiting | TextState::Read | TextState::None)
    }
}
