//! One word of a query: all the ways in which it may be found, from the surest to the faintest.

use super::found::{Way, WordFound};
use super::lookup::{Postlist, Source, lookup};
use super::weights::*;
use super::{Scope, typo};
use crate::analysis::forms::SkeletonOf;
use crate::analysis::hebrew;
use crate::analysis::tokens::is_code;
use crate::query::words::{Word, WordKind};
use crate::request::How;
use crate::schema::{FormField, Zone};
use crate::{Error, TextField};

/// The names that stand for a word, each as words.
#[derive(Debug, Default, Clone)]
pub(crate) struct Names<'a> {
    pub(crate) aliases: Vec<&'a [String]>,
    pub(crate) glossary: Vec<&'a [String]>,
}

/// Finds a word, or the names that stand for it.
pub(crate) fn find_word(scope: &Scope, word: &Word, names: &Names<'_>) -> Result<WordFound, Error> {
    let mut search = Search::new(scope, word);
    search.exact_and_stems()?;
    for name in &names.aliases {
        search.alias(name)?;
    }
    if !word.is_literal() {
        for name in &names.glossary {
            search.meaning(name)?;
        }
        search.skeletons()?;
        search.sounds()?;
    }
    if word.unfinished && !(word.is_literal() && search.has_exact()) {
        search.beginning()?;
    }
    if !word.is_literal() && search.needs_typo() {
        search.typo()?;
    }
    Ok(search.found.gather(scope, &search.ways))
}

struct Search<'a> {
    scope: &'a Scope,
    word: &'a Word,
    zones: &'static [Zone],
    /// What each way found.
    ways: Vec<(Way, Postlist)>,
    found: WordFound,
}

impl<'a> Search<'a> {
    fn new(scope: &'a Scope, word: &'a Word) -> Search<'a> {
        let found = WordFound::with_stems(word.forms.stems.iter().map(|f| f.text.clone()).collect());
        Search {
            scope,
            word,
            zones: zones(word),
            ways: Vec::new(),
            found,
        }
    }

    fn way(&mut self, source: Source, weight: f32, how: How, strong: bool) -> Result<bool, Error> {
        let list = lookup(self.scope, self.zones, &source)?;
        let any = !list.docs.is_empty();
        if any {
            self.ways.push((Way { weight, how, strong }, list));
        }
        Ok(any)
    }

    fn exact_and_stems(&mut self) -> Result<(), Error> {
        let word = self.word;
        if self.way(
            Source::Term(FormField::Exact, word.text.clone()),
            EXACT,
            How::Exact,
            true,
        )? {
            self.found.known = 1.0;
        }
        if let Some(joined) = &word.joined {
            self.way(
                Source::Term(FormField::Exact, joined.clone()),
                JOINED,
                How::Exact,
                true,
            )?;
        }
        if let WordKind::Code(parts) = &word.kind {
            if parts.len() > 1 {
                let source = Source::Sequence(FormField::Exact, parts.clone());
                self.way(source, CODE_IN_PARTS, How::Exact, true)?;
            }
            return Ok(());
        }
        self.stems()
    }

    fn stems(&mut self) -> Result<(), Error> {
        let mut own = 0;
        for stem in &self.word.forms.stems {
            let list = lookup(
                self.scope,
                self.zones,
                &Source::Term(FormField::Stem, stem.text.clone()),
            )?;
            let count = list.docs.len();
            if stem.prefix == 0 {
                own = count;
            }
            if count == 0 {
                continue;
            }
            // Each page with the word has its readings too. Where a reading is on many pages more, the language of
            // these pages says that the first letters are a prefix; where it is on none, that they are not.
            let is_prefix = stem.prefix > 0 && count >= LIKELY_PREFIX_MIN.max(LIKELY_PREFIX_RATIO * own);
            let weight = match is_prefix {
                true => LIKELY_PREFIX,
                false => STEM[stem.prefix.min(STEM.len() - 1)],
            };
            let strong = stem.prefix == 0 || is_prefix;
            if strong {
                self.found.known = self.found.known.max(0.8);
            }
            let how = How::Inflected;
            self.ways.push((Way { weight, how, strong }, list));
        }
        Ok(())
    }

    fn alias(&mut self, name: &[String]) -> Result<(), Error> {
        let sure = if self.word.is_literal() {
            // One model of a family is no other one, whatever name both go by.
            if name.iter().any(|part| is_code(part) && *part != self.word.text) {
                return Ok(());
            }
            ALIAS_OF_CODE
        } else {
            1.0
        };
        let stems = main_stems(name);
        let (exact, stem) = sources(name, &stems);
        let is_exact = self.way(exact, ALIAS_EXACT * sure, How::Alias, true)?;
        if self.way(stem, ALIAS_STEM * sure, How::Alias, true)? || is_exact {
            self.found.add_name(stems);
            self.found.known = 1.0;
        }
        Ok(())
    }

    fn meaning(&mut self, name: &[String]) -> Result<(), Error> {
        let beside = if self.has_exact() {
            GLOSSARY_BESIDE_EXACT
        } else {
            1.0
        };
        let stems = main_stems(name);
        let (exact, stem) = sources(name, &stems);
        let is_exact = self.way(exact, GLOSSARY_EXACT * beside, How::Meaning, false)?;
        if self.way(stem, GLOSSARY_STEM * beside, How::Meaning, false)? || is_exact {
            self.found.add_name(stems);
            self.found.known = self.found.known.max(0.8);
        }
        Ok(())
    }

    fn skeletons(&mut self) -> Result<(), Error> {
        let beside = if self.has_exact() {
            SKELETON_BESIDE_EXACT
        } else {
            1.0
        };
        for (form, of) in &self.word.forms.skeletons {
            let base = match of {
                SkeletonOf::Word => SKELETON[0],
                SkeletonOf::WithoutSuffix => SKELETON[1],
                SkeletonOf::Stem => SKELETON[2],
            };
            // A reading without a prefix is as much less sure here as among the stems.
            let prefix = STEM[form.prefix.min(STEM.len() - 1)] / STEM[0];
            let source = Source::Term(FormField::Skeleton, form.text.clone());
            self.way(source, base * beside * prefix, How::Spelling, false)?;
        }
        Ok(())
    }

    fn sounds(&mut self) -> Result<(), Error> {
        let long = if self.has_exact() {
            SOUND_LONG_BESIDE_EXACT
        } else {
            SOUND_LONG
        };
        for key in self.word.forms.sounds_of_other_script(SOUND_LONG_CONSONANTS) {
            self.way(Source::Term(FormField::Sound, key), long, How::Sound, false)?;
        }
        if self.found.known < 0.8 {
            for key in self.word.forms.sounds_of_other_script(SOUND_SHORT_CONSONANTS) {
                let consonants = key.chars().count() - 3;
                if consonants < SOUND_LONG_CONSONANTS {
                    self.way(
                        Source::Term(FormField::Sound, key),
                        SOUND_SHORT,
                        How::Sound,
                        false,
                    )?;
                }
            }
        }
        Ok(())
    }

    fn beginning(&mut self) -> Result<(), Error> {
        let weight = if self.has_exact() {
            BEGINNING_BESIDE_EXACT
        } else {
            BEGINNING
        };
        let whole = Source::Beginning(self.word.text.clone());
        let mut found = self.way(whole, weight, How::Beginning, false)?;
        if !found && self.ways.is_empty() && !self.word.is_literal() {
            for (_, reading) in hebrew::without_prefix(&self.word.text) {
                let rest = Source::Beginning(reading.to_owned());
                found |= self.way(rest, BEGINNING * LESS_WITHOUT_PREFIX, How::Beginning, false)?;
            }
        }
        if found {
            self.found.known = self.found.known.max(0.5);
        }
        Ok(())
    }

    fn typo(&mut self) -> Result<(), Error> {
        let (mut distance, mut words) = typo::nearest(self.scope, &self.word.text)?;
        let mut sure = 1.0;
        for (_, reading) in hebrew::without_prefix(&self.word.text) {
            if words.is_empty() {
                (distance, words) = typo::nearest(self.scope, reading)?;
                sure = LESS_WITHOUT_PREFIX;
            }
        }
        let less = TYPO_BY_DISTANCE * distance as f32;
        let mut corrected = Vec::new();
        for word in words {
            let stem = main_stem(&word);
            let list = lookup(
                self.scope,
                self.zones,
                &Source::Term(FormField::Exact, word.clone()),
            )?;
            let way = Way {
                weight: (TYPO - less) * sure,
                how: How::Typo,
                strong: true,
            };
            corrected.push((list.docs.len(), word));
            self.ways.push((way, list));
            self.way(
                Source::Term(FormField::Stem, stem.clone()),
                (TYPO_STEM - less) * sure,
                How::Typo,
                false,
            )?;
            self.found.stems.push(stem);
        }
        // The word on the most pages is the one to tell the user.
        corrected.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        self.found.corrected = corrected.into_iter().map(|(_, word)| word).collect();
        Ok(())
    }

    fn has_exact(&self) -> bool {
        self.ways.iter().any(|(way, _)| way.how == How::Exact)
    }

    /// Typing mistakes are thought of only when the word itself, an alias and its own stem are nowhere.
    fn needs_typo(&self) -> bool {
        !self.ways.iter().any(|(way, _)| way.strong)
    }
}

/// The zones in which a word is looked for.
pub(crate) fn zones(word: &Word) -> &'static [Zone] {
    match word.field {
        None => &Zone::ALL,
        Some(TextField::Title) => &[Zone::Title],
        Some(TextField::Topics) => &[Zone::Topics],
        Some(TextField::Kind) => &[Zone::Kind],
        Some(TextField::Space) => &[Zone::Space],
    }
}

/// A name as it is written, and by its stems.
fn sources(name: &[String], stems: &[String]) -> (Source, Source) {
    match (name, stems) {
        ([word], [stem]) => (
            Source::Term(FormField::Exact, word.clone()),
            Source::Term(FormField::Stem, stem.clone()),
        ),
        _ => (
            Source::Sequence(FormField::Exact, name.to_vec()),
            Source::Sequence(FormField::Stem, stems.to_vec()),
        ),
    }
}

fn main_stems(name: &[String]) -> Vec<String> {
    name.iter().map(|word| main_stem(word)).collect()
}

fn main_stem(word: &str) -> String {
    let stems = crate::analysis::Forms::of(word).stems;
    stems
        .into_iter()
        .next()
        .map_or_else(|| word.to_owned(), |form| form.text)
}
