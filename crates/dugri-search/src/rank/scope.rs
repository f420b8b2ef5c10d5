//! What a reader may see at a moment. Every lookup goes through it, so nothing else exists for a query: no hit, no
//! count, no correction, no word that is "known".
//!
//! The documents that exist for the reader have numbers of their own, from 0 and in the index's order. All ranking
//! speaks of these, so that a question costs what its reader sees and not what lies in the index.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::lookup::Sums;
use crate::Eyes;
use crate::request::Reader;
use crate::snapshot::{Columns, Gate, Row, Snapshot};

/// A snapshot through the eyes of a reader.
pub(crate) struct Scope {
    pub(crate) snapshot: Arc<Snapshot>,
    /// A bit for each document of the index: whether the reader sees it.
    bits: Vec<u64>,
    /// For each word of bits, how many are set before it.
    before: Vec<u32>,
    /// The number in the index of each document that the reader sees.
    docs: Vec<u32>,
    /// Room for the lookups of this question.
    pub(crate) sums: RefCell<Sums>,
}

impl Scope {
    pub(crate) fn new(snapshot: Arc<Snapshot>, reader: &Reader) -> Scope {
        let mut bits = vec![0_u64; snapshot.doc_max.div_ceil(u64::BITS as usize)];
        let mut docs = Vec::new();
        let rights = Rights::new(reader);
        for segment in &snapshot.segments {
            let alive = segment.reader.alive_bitset();
            let ranks = rights.ranks_in(&segment.columns);
            for (doc, gate) in segment.columns.gates.iter().enumerate() {
                if rights.may_read(gate, &ranks) && alive.is_none_or(|bits| bits.is_alive(doc as u32)) {
                    let doc = segment.base + doc;
                    bits[doc / 64] |= 1 << (doc % 64);
                    docs.push(doc as u32);
                }
            }
        }
        let mut count = 0;
        let mut before = Vec::with_capacity(bits.len());
        for word in &bits {
            before.push(count);
            count += word.count_ones();
        }
        Scope {
            before,
            bits,
            sums: RefCell::new(Sums::new(docs.len())),
            docs,
            snapshot,
        }
    }

    /// The reader's number of a document of the index, if it exists for the reader.
    pub(crate) fn seen(&self, doc: usize) -> Option<usize> {
        let (word, bit) = (self.bits[doc / 64], 1 << (doc % 64));
        (word & bit != 0).then(|| self.before[doc / 64] as usize + (word & (bit - 1)).count_ones() as usize)
    }

    /// How many documents exist for the reader; their numbers are below.
    pub(crate) fn count(&self) -> usize {
        self.docs.len()
    }

    /// What a document that the reader sees is besides its words.
    pub(crate) fn row(&self, doc: usize) -> &Row {
        self.snapshot.row_in_index(self.docs[doc] as usize)
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

    /// The reader's rank in each space of a segment; nowhere is below all.
    fn ranks_in(&self, columns: &Columns) -> Vec<i64> {
        let ranks = columns.spaces.iter().map(|space| self.ranks.get(space).copied());
        ranks.map(|rank| rank.unwrap_or(i64::MIN)).collect()
    }

    fn may_read(&self, gate: &Gate, ranks: &[i64]) -> bool {
        let by_role = ranks[gate.space as usize] >= gate.min_role;
        let own = gate.reporter == Some(self.person);
        (by_role || own) && gate.eyes != self.not_for && gate.from <= self.now && self.now < gate.until
    }
}
