//! What a node remembers about people between requests. Nothing here is needed after a restart.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use dugri_core::PersonId;

use crate::sessions::SignIns;
use crate::settings::Company;
use crate::spaces::{LISTS_KEPT_MAX, Menu};
use crate::viewers::Viewers;

/// The memory of one node.
pub(crate) struct Memory {
    pub(crate) sign_ins: SignIns,
    pub(crate) viewers: Viewers,
    pub(crate) menus: moka::sync::Cache<PersonId, Arc<Menu>>,
    pub(crate) company: Company,
    /// Whether somebody is known to have been added.
    pub(crate) set_up: AtomicBool,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            sign_ins: SignIns::default(),
            viewers: Viewers::default(),
            menus: moka::sync::Cache::new(LISTS_KEPT_MAX),
            company: Company::default(),
            set_up: AtomicBool::new(false),
        }
    }
}
