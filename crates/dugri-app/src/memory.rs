//! What a node remembers about people between requests. Nothing here is needed after a restart.

use std::sync::atomic::AtomicBool;

use crate::chrome::Chromes;
use crate::search::KnownAliases;
use crate::sessions::SignIns;
use crate::settings::Company;
use crate::viewers::Viewers;

/// The memory of one node.
pub(crate) struct Memory {
    pub(crate) sign_ins: SignIns,
    pub(crate) viewers: Viewers,
    pub(crate) chromes: Chromes,
    pub(crate) company: Company,
    pub(crate) aliases: KnownAliases,
    /// Whether somebody is known to have been added.
    pub(crate) set_up: AtomicBool,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            sign_ins: SignIns::default(),
            viewers: Viewers::default(),
            chromes: Chromes::default(),
            company: Company::default(),
            aliases: KnownAliases::default(),
            set_up: AtomicBool::new(false),
        }
    }
}
