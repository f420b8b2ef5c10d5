//! What a reader may see at a moment. Every lookup goes through it, so nothing else exists for a query: no hit, no
//! count, no correction, no word that is "known".

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::lookup::Sums;
use crate::Eyes;
use crate::request::Reader;
use crate::snapshot::{Row, Snapshot};

/// A snapshot through the eyes of a reader.
pub(crate) struct Scope {
    pub(crate) snapshot: Arc<Snapshot>,
    visible: Vec<bool>,
    visible_count: usize,
    /// Room for the lookups of this question.
    pub(crate) sums: RefCell<Sums>,
}

impl Scope {
    pub(crate) fn new(snapshot: Arc<Snapshot>, reader: &Reader) -> Scope {
        let mut visible = vec![false; snapshot.doc_max];
        let rights = Rights::new(reader);
        for segment in &snapshot.segments {
            let alive = segment.reader.alive_bitset();
            for (doc, row) in segment.rows.iter().enumerate() {
                let is_alive = alive.is_none_or(|bits| bits.is_alive(doc as u32));
                visible[segment.base + doc] = is_alive && rights.may_read(row);
            }
        }
        Scope {
            visible_count: visible.iter().filter(|v| **v).count(),
            visible,
            sums: RefCell::new(Sums::new(snapshot.doc_max)),
            snapshot,
        }
    }

    /// Whether a document exists for the reader.
    pub(crate) fn sees(&self, doc: usize) -> bool {
        self.visible[doc]
    }

    /// How many documents exist for the reader.
    pub(crate) fn count(&self) -> usize {
        self.visible_count
    }

    /// The documents that exist for the reader.
    pub(crate) fn docs(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.visible.len()).filter(|doc| self.visible[*doc])
    }
}

/// The one rule of who may read a document.
struct Rights {
    person: i64,
    /// The eyes whose own texts do not exist for this reader.
    not_for: u64,
    now: i64,
    ranks: HashMap<i64, i64>,
}

impl Rights {
    fn new(reader: &Reader) -> Rights {
        let mut ranks: HashMap<i64, i64> = HashMap::new();
        for (space, role) in &reader.spaces {
            let rank = ranks.entry(space.0).or_default();
            *rank = (*rank).max(role.rank().into());
        }
        Rights {
            person: reader.person.0,
            not_for: if reader.outsider {
                Eyes::Colleagues.code()
            } else {
                Eyes::Outsiders.code()
            },
            now: reader.now_micros(),
            ranks,
        }
    }

    fn may_read(&self, row: &Row) -> bool {
        let by_role = self
            .ranks
            .get(&row.space)
            .is_some_and(|rank| *rank >= row.min_role);
        let own = row.is_intel && row.reporter == self.person;
        (by_role || own) && row.eyes != self.not_for && row.from <= self.now && self.now < row.until
    }
}
