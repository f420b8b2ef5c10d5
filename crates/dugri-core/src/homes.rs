//! Which home somebody gets.

use crate::access::{Access, Role};

crate::words! {
    /// The two homes.
    HomeView {
        /// Find and use: must-know, what changed, favourites.
        Sales = "sales",
        /// Keep current: pages to verify, reviews, reports, drafts.
        Marketing = "marketing",
    }
}

impl HomeView {
    /// The home by role, for who chose none: whoever publishes somewhere keeps things current.
    pub fn by_role(access: &Access) -> HomeView {
        if access.anywhere(Role::Publisher) {
            HomeView::Marketing
        } else {
            HomeView::Sales
        }
    }
}
