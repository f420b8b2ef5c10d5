//! Three-way merging by block: two people changed the same page, and nothing of either may be lost.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Everything fits together.
    Clean {
        /// The merged text.
        text: String,
        /// Where in it stands what the other one changed, in bytes.
        from_theirs: Vec<Range<usize>>,
    },
    /// Both changed the same block, differently.
    Conflict {
        /// The whole text, in order.
        blocks: Vec<MergeBlock>,
    },
}

/// A stretch of a merge with conflicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum MergeBlock {
    /// No question here.
    Settled {
        /// The text.
        text: String,
    },
    /// To be decided by a person.
    Conflict {
        /// What stood there.
        before: String,
        /// What I made of it.
        mine: String,
        /// What they made of it.
        theirs: String,
    },
}

/// Merges what `mine` and `theirs` made of `before`.
pub fn merge(before: &str, mine: &str, theirs: &str) -> Merge {
    if mine == theirs || theirs == before {
        return Merge::Clean {
            text: mine.into(),
            from_theirs: Vec::new(),
        };
    }
    if mine == before {
        return Merge::Clean {
            text: theirs.into(),
            from_theirs: vec![0..theirs.len()],
        };
    }
    let conflict = MergeBlock::Conflict {
        before: before.into(),
        mine: mine.into(),
        theirs: theirs.into(),
    };
    Merge::Conflict {
        blocks: vec![conflict],
    }
}

/// Puts a text together from the blocks of a conflict and one choice for each conflict, in order.
///
/// `None` when there are not as many choices as conflicts.
pub fn resolve<'a>(blocks: &[MergeBlock], choices: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut choices = choices.into_iter();
    let mut text = String::new();
    for block in blocks {
        match block {
            MergeBlock::Settled { text: settled } => text.push_str(settled),
            MergeBlock::Conflict { .. } => text.push_str(choices.next()?),
        }
    }
    choices.next().is_none().then_some(text)
}
