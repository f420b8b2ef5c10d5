//! How much each way of finding a word counts. Measured once; the results are flat around these values, so don't tune
//! them finer.

/// How much the further ways in which a word matches add to the best one.
pub(super) const TIE_BREAKER: f32 = 0.25;
/// The word as written; everything else is measured against it.
pub(super) const EXACT: f32 = 1.0;
/// A name that stands for it, as written.
pub(super) const ALIAS_EXACT: f32 = 0.95;
/// Such a name by its stems.
pub(super) const ALIAS_STEM: f32 = 0.85;
/// What a name counts that stands for a code: often the whole family's.
pub(super) const ALIAS_OF_CODE: f32 = 0.6;
/// A word of the same meaning from the glossary, as written.
pub(super) const GLOSSARY_EXACT: f32 = 0.7;
/// Such a word by its stem.
pub(super) const GLOSSARY_STEM: f32 = 0.6;
/// What the glossary counts where the word itself is known.
pub(super) const GLOSSARY_BESIDE_EXACT: f32 = 0.6;
/// The compound that it is a part of.
pub(super) const JOINED: f32 = 0.9;
/// A code that the page writes in parts.
pub(super) const CODE_IN_PARTS: f32 = 0.9;
/// A stem, by how many letters were taken for a prefix.
pub(super) const STEM: [f32; 3] = [0.9, 0.68, 0.59];
/// A reading without a prefix is the likely one from so many pages on.
pub(super) const LIKELY_PREFIX_MIN: usize = 3;
/// And so many times the pages of the word itself.
pub(super) const LIKELY_PREFIX_RATIO: usize = 2;
/// Such a reading.
pub(super) const LIKELY_PREFIX: f32 = 0.8;
/// The spelling of the word, of the word without a suffix, of its stem.
pub(super) const SKELETON: [f32; 3] = [0.55, 0.5, 0.45];
/// What spelling counts where the word itself is known.
pub(super) const SKELETON_BESIDE_EXACT: f32 = 0.4;
/// The beginning of a longer word.
pub(super) const BEGINNING: f32 = 0.6;
/// The same where the word itself is known.
pub(super) const BEGINNING_BESIDE_EXACT: f32 = 0.25;
/// The sound in the other script, by many consonants.
pub(super) const SOUND_LONG: f32 = 0.8;
/// The same where the word itself is known.
pub(super) const SOUND_LONG_BESIDE_EXACT: f32 = 0.6;
/// By few consonants; only for a word that is not known.
pub(super) const SOUND_SHORT: f32 = 0.7;
/// How many are many.
pub(super) const SOUND_LONG_CONSONANTS: usize = 4;
/// How many are few.
pub(super) const SOUND_SHORT_CONSONANTS: usize = 3;
/// What a beginning or a typing mistake counts when letters were taken for a prefix too.
pub(super) const LESS_WITHOUT_PREFIX: f32 = 0.75;
/// A typing mistake put right, before what its distance costs.
pub(super) const TYPO: f32 = 0.7;
/// The stem of such a word.
pub(super) const TYPO_STEM: f32 = 0.55;
/// What each wrong letter costs.
pub(super) const TYPO_BY_DISTANCE: f32 = 0.15;
