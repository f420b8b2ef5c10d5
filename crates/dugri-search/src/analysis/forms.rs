//! Derived forms of a word, each of which has fields of its own in the index: stems, skeletons and sound keys.

use super::chars::{is_hebrew, is_latin};
use super::{english, hebrew, sound};

/// A derived form and how far it is from the word as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// The form.
    pub(crate) text: String,
    /// How many prefix letters were taken away.
    pub(crate) prefix: usize,
}

/// How a skeleton was made; the nearer to the word, the more it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SkeletonOf {
    /// Of the word.
    Word,
    /// Of the word without one suffix.
    WithoutSuffix,
    /// Of its stem.
    Stem,
}

/// All derived forms of one word, each once, the nearest to the word first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    /// Stems of the word and of its readings without a prefix.
    pub(crate) stems: Vec<Form>,
    /// Skeletons of the same.
    pub(crate) skeletons: Vec<(Form, SkeletonOf)>,
    /// The word and its readings without a prefix, for sound keys.
    readings: Vec<Form>,
}

impl Forms {
    /// The forms of a folded word. Codes and numbers have only themselves.
    pub(crate) fn of(word: &str) -> Forms {
        let mut forms = Forms::default();
        if word.chars().all(is_hebrew) {
            forms.add_hebrew(word, 0);
            for (letters, reading) in hebrew::without_prefix(word) {
                forms.add_hebrew(reading, letters);
            }
        } else if word.chars().all(is_latin) {
            forms.add_stem(&english::stem(word), 0);
            forms.add_reading(word, 0);
        } else {
            forms.add_stem(word, 0);
        }
        forms
    }

    /// Keys of how the word sounds, with the mark of its own script. A word looks for [`Forms::sounds_of_other_script`].
    pub(crate) fn sounds(&self, consonants_min: usize) -> Vec<String> {
        self.sound_keys(consonants_min, false)
    }

    /// The keys under which words of the other script that sound like this one lie in the index.
    pub(crate) fn sounds_of_other_script(&self, consonants_min: usize) -> Vec<String> {
        self.sound_keys(consonants_min, true)
    }

    fn sound_keys(&self, consonants_min: usize, other: bool) -> Vec<String> {
        let mut keys = Vec::new();
        for reading in &self.readings {
            let hebrew = reading.text.chars().all(is_hebrew);
            let script = if hebrew != other { "he:" } else { "la:" };
            for key in sound::keys(&reading.text, consonants_min) {
                let key = format!("{script}{key}");
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    fn add_hebrew(&mut self, reading: &str, prefix: usize) {
        let stem = hebrew::stem(reading);
        self.add_stem(stem, prefix);
        self.add_reading(reading, prefix);
        self.add_skeleton(reading, prefix, SkeletonOf::Word);
        if let Some(shorter) = hebrew::without_suffix(reading) {
            self.add_skeleton(shorter, prefix, SkeletonOf::WithoutSuffix);
        }
        self.add_skeleton(stem, prefix, SkeletonOf::Stem);
    }

    fn add_stem(&mut self, stem: &str, prefix: usize) {
        if !self.stems.iter().any(|form| form.text == stem) {
            self.stems.push(Form {
                text: stem.to_owned(),
                prefix,
            });
        }
    }

    fn add_reading(&mut self, reading: &str, prefix: usize) {
        self.readings.push(Form {
            text: reading.to_owned(),
            prefix,
        });
    }

    fn add_skeleton(&mut self, word: &str, prefix: usize, of: SkeletonOf) {
        let Some(text) = hebrew::skeleton(word) else {
            return;
        };
        if !self.skeletons.iter().any(|(form, _)| form.text == text) {
            self.skeletons.push((Form { text, prefix }, of));
        }
    }
}
