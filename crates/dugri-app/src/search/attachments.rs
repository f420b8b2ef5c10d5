//! What was found in the files of a page: shown where they have more of what was asked for than the page itself.

use dugri_core::RevisionId;
use dugri_search::{Coverage, Found, Snippet, snippet};
use dugri_store::{Db, texts};

use super::SNIPPET_CHARS;
use crate::{Actor, Error};

/// So much of the texts of one page's files is looked through for one hit. More would be felt.
const LOOKED_THROUGH_BYTES: usize = 2 << 20;

/// The place in a file where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The name of the file.
    pub name: String,
    /// The page or slide, where the file has such.
    pub page: Option<i64>,
    /// The address of the file.
    pub path: String,
}

/// The page of a file that has more of what was asked for than the text that shows it, and the piece of it.
pub(super) fn best(
    db: &mut Db,
    actor: &Actor,
    revision: RevisionId,
    body: &str,
    in_text: Coverage,
    found: &Found,
) -> Result<Option<(Snippet, Attachment)>, Error> {
    let (mut most, mut best) = (in_text.value, None);
    let mut room = LOOKED_THROUGH_BYTES;
    for file in crate::texts::shown(db, revision, body, actor.access.outsider)? {
        let at = |page| Attachment {
            name: file.name.clone(),
            page,
            path: format!("/f/{}", file.public_id),
        };
        let pages = texts::pages(db, file.id)?;
        let name = found.matcher.coverage(&file.name);
        if name.value > most {
            let beginning: Vec<&str> = pages.iter().take(1).map(|page| page.text.as_str()).collect();
            most = name.value;
            best = Some((snippet(&beginning, &found.matcher, SNIPPET_CHARS), at(None)));
        }
        for page in pages {
            room = room.saturating_sub(page.text.len());
            if room == 0 {
                return Ok(best);
            }
            let value = found.matcher.coverage(&page.text).value;
            if value > most {
                most = value;
                best = Some((
                    snippet(&[page.text], &found.matcher, SNIPPET_CHARS),
                    at(page.number),
                ));
            }
        }
    }
    Ok(best)
}
