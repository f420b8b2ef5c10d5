//! Gaps: searches that lead nowhere, and what becomes of them.

crate::words! {
    /// Where a gap stands.
    GapState {
        /// Nobody has decided it.
        Open = "open",
        /// A page is being written, or was.
        Page = "page",
        /// Its words mean the same to search as others.
        Alias = "alias",
        /// It leads to a page that was there.
        Redirect = "redirect",
        /// It is none of ours, with a reason.
        Declined = "declined",
    }
}
