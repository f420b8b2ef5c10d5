//! What people watch, what they are told, and why: the words of notices.

crate::words! {
    /// What can be watched.
    WatchKind {
        /// A page.
        Page = "page",
        /// A topic: its pages and reports.
        Topic = "topic",
        /// A space: its pages.
        Space = "space",
        /// A search: pages that it finds.
        Search = "search",
        /// A person: the pages they publish.
        Person = "person",
    }
}

crate::words! {
    /// What a notice tells.
    NoticeKind {
        /// A page was published anew.
        Published = "published",
        /// A page got a successor.
        Superseded = "superseded",
        /// A page was retired, or taken back.
        Archived = "archived",
        /// A change waits for somebody to publish it.
        Waiting = "waiting",
        /// A page must be checked soon.
        Due = "due",
        /// The check of a page is late.
        Overdue = "overdue",
        /// A report came in about it.
        Intel = "intel",
        /// A report was given to the person.
        Assigned = "assigned",
        /// An own report was answered, or got its outcome.
        Outcome = "outcome",
        /// What they searched for in vain was decided.
        Gap = "gap",
    }
}

crate::words! {
    /// Why somebody is told.
    Reason {
        /// They answer for the page.
        Owner = "owner",
        /// They answer for the report.
        Assignee = "assignee",
        /// They reported it.
        Reporter = "reporter",
        /// They asked marketing for it.
        Asker = "asker",
        /// They watch the page.
        Page = "page",
        /// They watch a topic of it.
        Topic = "topic",
        /// They watch who did it.
        Person = "person",
        /// They watch a search that finds it.
        Search = "search",
        /// They watch the space it lies in.
        Space = "space",
    }
}

impl From<WatchKind> for Reason {
    fn from(kind: WatchKind) -> Reason {
        match kind {
            WatchKind::Page => Reason::Page,
            WatchKind::Topic => Reason::Topic,
            WatchKind::Space => Reason::Space,
            WatchKind::Search => Reason::Search,
            WatchKind::Person => Reason::Person,
        }
    }
}

impl Reason {
    /// The watch behind it, where there is one.
    pub const fn watch(self) -> Option<WatchKind> {
        match self {
            Reason::Page => Some(WatchKind::Page),
            Reason::Topic => Some(WatchKind::Topic),
            Reason::Space => Some(WatchKind::Space),
            Reason::Search => Some(WatchKind::Search),
            Reason::Person => Some(WatchKind::Person),
            Reason::Owner | Reason::Assignee | Reason::Reporter | Reason::Asker => None,
        }
    }
}
