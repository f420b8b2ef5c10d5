//! Use cases and followers: what Dugri can do.
