//! Topics: typed tags with aliases in both languages.

crate::words! {
    /// The type of a topic.
    TopicKind {
        /// A product or a model.
        Product = "product",
        /// A competitor.
        Competitor = "competitor",
        /// A customer's account; carries external ids.
        Account = "account",
        /// A partner.
        Partner = "partner",
        /// A market segment.
        Segment = "segment",
        /// A region.
        Region = "region",
    }
}

impl TopicKind {
    /// The icon that stands beside a topic of this type, by its name in the sprite.
    pub const fn icon(self) -> &'static str {
        match self {
            TopicKind::Product => "package",
            TopicKind::Competitor => "swords",
            TopicKind::Account => "building",
            TopicKind::Partner => "users",
            TopicKind::Segment | TopicKind::Region => "tag",
        }
    }
}
