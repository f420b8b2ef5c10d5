//! Spaces: the unit of permission and of publishing policy.

crate::words! {
    /// How a page of a space becomes published.
    Policy {
        /// A save by an editor publishes.
        Open = "open",
        /// A save makes or continues a pending change; a publisher publishes.
        Reviewed = "reviewed",
    }
}

crate::words! {
    /// The type of a group.
    GroupKind {
        /// A team.
        Team = "team",
        /// A department.
        Department = "department",
        /// A branch.
        Branch = "branch",
        /// A region.
        Region = "region",
        /// Anything else.
        Other = "other",
    }
}
