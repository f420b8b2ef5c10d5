//! Merging what a writer made of a revision with what the page has become, part by part. Nothing is lost: where a part
//! can't be merged, all three texts come back.

use std::collections::{BTreeMap, BTreeSet};

use dugri_store::revisions::{Content, RevisionRow};
use dugri_text::merge::{self, Merge};

use crate::{Conflict, Error, TextConflict};

/// Merges what the writer made of `before` with the newest content, part by part.
pub(super) fn merged(
    before: Content,
    mine: Content,
    theirs: Content,
    head: &RevisionRow,
) -> Result<Content, Error> {
    let pick = |before: &String, mine: &String, theirs: &String| -> Option<String> {
        if mine == theirs || theirs == before {
            Some(mine.clone())
        } else if mine == before {
            Some(theirs.clone())
        } else {
            None
        }
    };
    let title = pick(&before.title, &mine.title, &theirs.title);
    let key_message = pick(&before.key_message, &mine.key_message, &theirs.key_message);
    let names: BTreeSet<&String> = [&before, &mine, &theirs]
        .into_iter()
        .flat_map(|content| content.fields.keys())
        .collect();
    let empty = String::new();
    let value = |content: &Content, name: &String| content.fields.get(name).unwrap_or(&empty).clone();
    let fields: Option<BTreeMap<String, String>> = names
        .into_iter()
        .map(|name| {
            let kept = pick(&value(&before, name), &value(&mine, name), &value(&theirs, name))?;
            Some((name.clone(), kept))
        })
        .filter(|field| field.as_ref().is_none_or(|(_, value)| !value.is_empty()))
        .collect();
    let body = merge::merge(&before.body, &mine.body, &theirs.body);
    // Topics are a set: what either added is in, what either removed is out.
    let mut topics: Vec<_> = mine
        .topics
        .iter()
        .chain(&theirs.topics)
        .filter(|topic| {
            !before.topics.contains(topic) || (mine.topics.contains(topic) && theirs.topics.contains(topic))
        })
        .copied()
        .collect();
    topics.sort();
    topics.dedup();
    match (title, key_message, fields, body) {
        (Some(title), Some(key_message), Some(fields), Merge::Clean { text, .. }) => Ok(Content {
            title,
            key_message,
            body: text,
            fields,
            topics,
        }),
        (_, _, _, body) => Err(Error::Conflict(Conflict::Text(Box::new(TextConflict {
            blocks: match body {
                Merge::Clean { text, .. } => vec![merge::MergeBlock::Settled { text }],
                Merge::Conflict { blocks } => blocks,
            },
            head: head.id,
            their_author: head.author_id,
            their_at: head.at,
            mine,
            theirs,
            before,
        })))),
    }
}
