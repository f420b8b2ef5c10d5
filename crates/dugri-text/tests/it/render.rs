//! Rendering never panics, never lets anything internal out, and writes nothing but the closed list: an independent
//! sanitiser that is given the same list finds nothing to remove.

use std::collections::{HashMap, HashSet};

use dugri_text::markdown::{self, Audience, RenderFor, Resolved, Target, Words};
use dugri_text::{Language, Reference, ReferenceKind};
use proptest::prelude::*;

#[rustfmt::skip]
const TAGS: &[&str] = &[
    "p", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li", "hr", "br", "table",
    "thead", "tbody", "tr", "th", "td", "div", "section", "em", "strong", "s", "ins", "del", "a", "img",
    "sup", "span", "b", "bdi",
];

const CLASSES: &[(&str, &[&str])] = &[
    (
        "div",
        &[
            "note",
            "tip",
            "important",
            "warning",
            "caution",
            "internal",
            "straight",
            "never",
            "tw",
            "since",
        ],
    ),
    ("a", &["cite", "wanted", "embed", "fact"]),
    ("span", &["cite", "gone", "fact", "box", "embed", "wanted"]),
    ("li", &["task"]),
    ("td", &["num", "center"]),
    ("th", &["num", "center"]),
    ("section", &["footnotes"]),
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "id", "aria-label"]),
    ("img", &["src", "alt", "title", "loading"]),
    ("ol", &["start"]),
    ("th", &["scope"]),
    ("pre", &["tabindex"]),
    ("div", &["tabindex", "role", "aria-label"]),
    ("span", &["role", "aria-label"]),
    ("section", &["aria-label"]),
    ("li", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
];

/// The sanitiser's spelling of a page, with the differences evened out that mean nothing.
pub(crate) fn judged(html: &str) -> String {
    let sets = |list: &[(&'static str, &[&'static str])]| -> HashMap<&'static str, HashSet<&'static str>> {
        list.iter()
            .map(|(tag, names)| (*tag, names.iter().copied().collect()))
            .collect()
    };
    let cleaned = ammonia::Builder::new()
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::new())
        .generic_attributes(["dir", "lang"].into_iter().collect())
        .tag_attributes(sets(ATTRIBUTES))
        .allowed_classes(sets(CLASSES))
        .url_schemes(["http", "https", "mailto"].into_iter().collect())
        .link_rel(None)
        .clean(html)
        .to_string();
    spelled(&cleaned)
}

pub(crate) fn spelled(html: &str) -> String {
    html.replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&nbsp;", "\u{a0}")
}

pub(crate) fn resolve(reference: &Reference) -> Resolved {
    let href = match reference.target.len() % 4 {
        0 => "/p/7k2m9x4q/דף".to_owned(),
        1 => "javascript:alert(1)".to_owned(),
        2 => {
            return Resolved::Wanted {
                href: format!("/new?title={}", reference.target),
            };
        }
        _ => {
            return if reference.kind == ReferenceKind::Fact {
                Resolved::Hidden
            } else {
                Resolved::Gone
            };
        }
    };
    Resolved::Link {
        href,
        title: format!("<b>\"{}'&", reference.target),
    }
}

/// A page on which is marked what differs from an earlier text.
fn render_changed(before: &str, after: &str, audience: Audience) -> markdown::Rendered {
    let words = Words::default();
    let how = RenderFor {
        audience,
        target: Target::Page,
        language: Language::En,
        resolve: &resolve,
        words: &words,
        heading_tail: None,
    };
    markdown::render_changed(before, after, &how)
}

fn render(source: &str, audience: Audience, target: Target, language: Language) -> markdown::Rendered {
    let words = Words::default();
    let how = RenderFor {
        audience,
        target,
        language,
        resolve: &resolve,
        words: &words,
        heading_tail: None,
    };
    markdown::render(source, &how)
}

/// Pieces of syntax in an order that nobody would choose.
fn markdown_like() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "a", "שלום", "Vectra ", "₪15,800", " ", "  ", "\n", "\n\n", "\r\n", "\t", "    ", "# ", "## ",
        "- ", "* ", "1. ", "> ", "***", "---\n", "|", "| a | b |\n|---|:-:|\n| ", " | ", "*", "**", "_",
        "~~", "`", "```", "~~~\n", "[", "]", "(", ")", "!", "\\", "[[", "]]", "![[", "[[Page|text]]",
        "[[a#b]]", "[[intel:23]]", "{{fact:x}}", "{{", "}}", ":::", ":::internal\n", ":::never\n", ":::\n",
        ":::x y\n", "[^1]", "[^1]: ", "[r]", "[r]: /x\n", "[x](/y)", "[x](javascript:alert(1))",
        "![p](/f/1/a.png)", "![p](https://e.example/p.png)", "<b>", "<script>alert(1)</script>", "<!--",
        "-->", "<a href=\"x\" onclick='y'>", "<https://a.example>", "<x@y.z>", "&lt;", "&#1;", "&#0;",
        "&Tab;", "[ ] ", "[x] ", "> [!NOTE]\n", "\u{1}", "\u{2}", "\u{0}", "\u{202e}", "\u{feff}", "=",
        "+", "\"", "'", "</p>", "🙂", "{#id .class}", "$x$", "^", ":",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![4 => markdown_like(), 1 => "\\PC{0,80}", 1 => any::<String>()]
}

fn audiences() -> impl Strategy<Value = Audience> {
    prop::sample::select(&[Audience::Internal, Audience::Partners, Audience::Customers])
}

fn targets() -> impl Strategy<Value = Target> {
    prop::sample::select(&[Target::Page, Target::Comment, Target::Mail, Target::Export])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 1500 } else { 20_000 }))]

    #[test]
    fn a_sanitiser_finds_nothing_to_remove(source in any_text(), audience in audiences(), target in targets(), hebrew: bool) {
        let language = if hebrew { Language::He } else { Language::En };
        let rendered = render(&source, audience, target, language);
        prop_assert_eq!(judged(&rendered.html), spelled(&rendered.html), "{}", source);
    }

    #[test]
    fn marks_add_nothing_but_themselves(before in any_text(), after in any_text(), audience in audiences()) {
        let marked = render_changed(&before, &after, audience);
        prop_assert_eq!(judged(&marked.html), spelled(&marked.html), "{}", after);
        let plain = render(&after, audience, Target::Page, Language::En);
        prop_assert_eq!(&marked.headings, &plain.headings);
        if marked.fallback.is_none() && plain.fallback.is_none() {
            let open = "<div class=\"since\" role=\"group\" aria-label=\"Changed since your last visit\">\n";
            let without = |html: &str| html.replace(open, "").replace("</div>\n", "").replace("</div>", "");
            prop_assert_eq!(without(&marked.html), without(&plain.html), "{}", after);
        }
    }

    #[test]
    fn nothing_internal_comes_out(before in markdown_like(), inside in markdown_like(), after in markdown_like()) {
        // Where the words before leave code open, the note is code; else it stays inside.
        let inside = inside.replace(':', ";");
        let source = format!("{before}\n\n:::internal\n{inside}zqxj\n:::\n\n{after}");
        let is_note = markdown::plain_text(&source).iter().all(|block| block.internal || !block.text.contains("zqxj"));
        let html = render(&source, Audience::Customers, Target::Page, Language::En).html;
        prop_assert!(!is_note || !html.contains("zqxj"), "{}", html);
    }

    #[test]
    fn blocks_are_the_source(source in any_text()) {
        let joined: String = markdown::blocks(&source).into_iter().map(|range| &source[range]).collect();
        prop_assert_eq!(joined, source);
    }

    #[test]
    fn ids_are_unique(source in any_text()) {
        let html = render(&source, Audience::Internal, Target::Page, Language::He).html;
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let different: HashSet<&str> = ids.iter().copied().collect();
        prop_assert_eq!(ids.len(), different.len(), "{}", html);
        prop_assert!(ids.iter().all(|id| id.starts_with("h-") || id.starts_with("fn")));
    }

    #[test]
    fn references_stand_where_they_say(source in any_text()) {
        for reference in markdown::references(&source) {
            let last = source.get(reference.range).and_then(|written| written.chars().next_back());
            prop_assert!(last.is_some_and(|c| "])}>".contains(c)), "ends with {:?}", last);
        }
    }
}

/// What is known to have broken the parser, or to have taken it long.
#[test]
fn hostile_texts_come_back_in_time() {
    let n = if cfg!(debug_assertions) { 8_000 } else { 20_000 };
    let texts = [
        "* [ ] \\\n\t-".to_owned(),
        "[".repeat(n),
        "![".repeat(n),
        "[[".repeat(n),
        "[[a|".repeat(n),
        "{{fact:".repeat(n),
        "*a_ ".repeat(n),
        "**a *b ".repeat(n),
        "`".repeat(n),
        (1..200).map(|k| "`".repeat(k) + "a").collect(),
        "<".repeat(n),
        "<a ".repeat(n),
        "<!-- ".repeat(n),
        "<![CDATA[".repeat(n),
        ">".repeat(n),
        "- ".repeat(n),
        "[a](".repeat(n),
        "[^a]".repeat(n),
        "[a]: /x\n".repeat(n),
        "|".repeat(n),
        "a|".repeat(n) + "\n" + &"-|".repeat(n),
        ":::internal\n".repeat(n),
        "- :::x\n".repeat(n),
        "&".repeat(n),
        "# a\n".repeat(n),
        "a\\\n".repeat(n),
        "~~a ".repeat(n),
        (0..n).map(|k| format!("[^{k}]: x\n[^{k}]\n")).collect(),
        "א a ".repeat(n),
        "**א** a ".repeat(n),
    ];
    for source in texts {
        for audience in [Audience::Internal, Audience::Customers] {
            let start = std::time::Instant::now();
            let rendered = render(&source, audience, Target::Page, Language::He);
            let taken = start.elapsed();
            let head: String = source.chars().take(20).collect();
            assert!(
                taken.as_secs() < 5,
                "{head:?} took {taken:?}, {:?}",
                rendered.fallback
            );
            assert!(rendered.html.len() <= 21 * source.len() + (32 << 10), "{head:?}");
        }
    }
}
