//! Topics and people among the answers: few enough to be looked through by name, under the same rights as their own lists.

use std::collections::HashMap;

use dugri_core::{Time, TopicId};
use dugri_store::people::{self, PersonRow};
use dugri_store::topics::{self, TopicRow};
use dugri_store::{Db, Error};
use dugri_text::links::fold_title;

use crate::Actor;

/// The most topics, and people, of an answer.
const MAX: usize = 4;
/// Letters that a Hebrew word takes in front of it.
const PREFIXES: &str = "ושהכלבמ";
/// Shorter names stand in too many questions by chance.
const NAME_CHARS_MIN: usize = 3;

/// The topics that the words begin a name of, or that are named among the words.
pub(super) fn topics(db: &mut Db, actor: &Actor, words: &str, now: Time) -> Result<Vec<TopicRow>, Error> {
    let asked = Asked::new(words);
    if asked.words.is_empty() {
        return Ok(Vec::new());
    }
    let mut names: HashMap<TopicId, Vec<String>> = HashMap::new();
    for (topic, _, folded) in topics::names(db)? {
        names.entry(topic).or_default().push(folded);
    }
    let mut found = topics::list(db)?;
    found.retain(|topic| {
        let mut of_topic = names.get(&topic.id).into_iter().flatten();
        of_topic.any(|name| asked.begins(name) || asked.names(name))
    });
    // People from outside know of a topic by the pages that they may read.
    if actor.access.outsider && !found.is_empty() {
        let pages = topics::count_pages(db, &actor.access, now)?;
        found.retain(|topic| pages.get(&topic.id).is_some_and(|count| *count > 0));
    }
    found.truncate(MAX);
    Ok(found)
}

/// The people who can be asked: all words are in their name, their role, their address or what they know.
pub(super) fn people(db: &mut Db, actor: &Actor, words: &str) -> Result<Vec<PersonRow>, Error> {
    let asked = Asked::new(words);
    if asked.words.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = people::list(db, &actor.access)?;
    found.retain(|person| {
        let said = [
            Some(person.name.as_str()),
            person.name_he.as_deref(),
            Some(person.title.as_str()),
            person.title_he.as_deref(),
            person.expertise.as_deref(),
            Some(person.email.as_str()),
        ];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        person.active && asked.begins(&fold_title(&said.join(" ")))
    });
    found.truncate(MAX);
    Ok(found)
}

/// What is asked for, as folded words.
struct Asked {
    words: Vec<String>,
}

impl Asked {
    fn new(text: &str) -> Asked {
        let folded = fold_title(text);
        let words = parts(&folded).filter(|word| word.chars().nth(1).is_some());
        Asked {
            words: words.map(str::to_owned).collect(),
        }
    }

    /// Whether each word begins a word of the text.
    fn begins(&self, text: &str) -> bool {
        let begins = |word: &str| parts(text).any(|part| part.starts_with(word));
        self.words
            .iter()
            .all(|word| begins(word) || without_prefix(word).is_some_and(begins))
    }

    /// Whether the whole name stands among the words.
    fn names(&self, name: &str) -> bool {
        let is_asked = |part: &str| {
            self.words
                .iter()
                .any(|word| word == part || without_prefix(word) == Some(part))
        };
        name.chars().count() >= NAME_CHARS_MIN && parts(name).all(is_asked)
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|part| !part.is_empty())
}

/// A Hebrew word without the letter in front of it, where enough is left.
fn without_prefix(word: &str) -> Option<&str> {
    let mut letters = word.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    (PREFIXES.contains(first) && rest.chars().count() >= NAME_CHARS_MIN).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_beginning_and_among_other_words() {
        let begins = |asked: &str, text: &str| Asked::new(asked).begins(&fold_title(text));
        let names = |asked: &str, name: &str| Asked::new(asked).names(&fold_title(name));
        assert!(begins("vec", "Vectra Ltd"));
        assert!(begins("bar no", "Noa Barak"));
        assert!(begins("לוקטרה", "וקטרה"));
        assert!(!begins("vectra price", "Vectra"));
        assert!(names("vectra price", "Vectra"));
        assert!(names("כמה עולה הרדאר", "רדאר"));
        assert!(!names("vectra", "Vectra V8"), "only a part of the name");
        assert!(Asked::new("v").words.is_empty());
        assert!(Asked::new("\"?! -").words.is_empty());
    }
}
