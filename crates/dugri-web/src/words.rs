//! Every sentence that a person reads, from `assets/locales/{en,he}/*.ftl`.
//!
//! [`t!`] gives text, in which every value is isolated so that a Latin name cannot turn a Hebrew line around;
//! [`attr!`] gives the same for attributes and mail subjects, where the isolation marks would be copied along.
//! Tests hold both languages against each other and against every key that the source names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

use dugri_core::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, StaticLoader, langid};

#[allow(missing_docs, reason = "the macro writes the items")]
mod loaders {
    fluent_templates::static_loader! {
        pub(super) static TEXT = {
            locales: "../../assets/locales",
            fallback_language: "en",
        };
    }

    fluent_templates::static_loader! {
        pub(super) static ATTRIBUTES = {
            locales: "../../assets/locales",
            fallback_language: "en",
            customise: |bundle| bundle.set_use_isolating(false),
        };
    }
}

/// The named values of a message.
pub type Args<'a> = HashMap<Cow<'static, str>, FluentValue<'a>>;

/// The sentence for `key`, with values isolated: `t!(language, "key")` or `t!(language, "key", name = value)`.
///
/// Without values it is a `&'static str`, with values a `String`. The first argument is anything that turns into a
/// [`Language`], such as a `Shell`.
#[macro_export]
macro_rules! t {
    ($lang:expr, $key:expr $(,)?) => {
        $crate::words::text(::dugri_core::Language::from($lang), $key)
    };
    ($lang:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::words::text_with(::dugri_core::Language::from($lang), $key, $crate::words::Args::from_iter([
            $((::std::borrow::Cow::Borrowed(stringify!($name)), ::fluent_templates::fluent_bundle::FluentValue::from($value))),+
        ]))
    };
}

/// The sentence for `key` without isolation marks, for attributes, titles and mail subjects.
#[macro_export]
macro_rules! attr {
    ($lang:expr, $key:expr $(,)?) => {
        $crate::words::text(::dugri_core::Language::from($lang), $key)
    };
    ($lang:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::words::attribute_with(::dugri_core::Language::from($lang), $key, $crate::words::Args::from_iter([
            $((::std::borrow::Cow::Borrowed(stringify!($name)), ::fluent_templates::fluent_bundle::FluentValue::from($value))),+
        ]))
    };
}

/// Marks a literal as the key of a message that is looked up elsewhere, so that the tests check it.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $key
    };
}

pub use crate::{attr, key, t};

static EN: LanguageIdentifier = langid!("en");
static HE: LanguageIdentifier = langid!("he");

fn identifier(language: Language) -> &'static LanguageIdentifier {
    match language {
        Language::En => &EN,
        Language::He => &HE,
    }
}

/// Sentences without values, resolved once. A page has some sixty of them, and a warm read should not format any.
static PLAIN: LazyLock<[RwLock<HashMap<String, &'static str>>; 2]> = LazyLock::new(Default::default);

/// A sentence without values. An unknown key is logged and shown as itself.
pub fn text(language: Language, key: &str) -> &'static str {
    let cache = &PLAIN[language as usize];
    if let Some(found) = cache.read().expect("no panic while held").get(key) {
        return found;
    }
    // Leaked on purpose: as many strings as there are messages, and they live as long as the process.
    let text: &'static str = Box::leak(resolve(&loaders::TEXT, language, key, None).into_boxed_str());
    cache
        .write()
        .expect("no panic while held")
        .insert(key.to_owned(), text);
    text
}

/// A sentence with values, each isolated.
pub fn text_with(language: Language, key: &str, args: Args<'_>) -> String {
    resolve(&loaders::TEXT, language, key, Some(&args))
}

/// A sentence with values and no isolation marks.
pub fn attribute_with(language: Language, key: &str, args: Args<'_>) -> String {
    resolve(&loaders::ATTRIBUTES, language, key, Some(&args))
}

/// Whether both languages know `key`.
pub fn knows(key: &str) -> bool {
    Language::ALL
        .iter()
        .all(|&language| lookup(&loaders::TEXT, language, key, None).is_some())
}

fn resolve(loader: &StaticLoader, language: Language, key: &str, args: Option<&Args<'_>>) -> String {
    lookup(loader, language, key, args).unwrap_or_else(|| {
        tracing::error!(key, %language, "no sentence for this key");
        key.to_owned()
    })
}

fn lookup(loader: &StaticLoader, language: Language, key: &str, args: Option<&Args<'_>>) -> Option<String> {
    loader
        .lookup_single_language(identifier(language), key, args)
        .ok()
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
