//! HTML: what a browser would show as text. Nothing of it is ever shown as HTML.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::{Gatherer, NoText, visual};

/// Elements whose content nobody reads.
const HIDDEN: [&[u8]; 5] = [b"script", b"style", b"template", b"noscript", b"svg"];

/// Elements in which a text goes on; all others end its line.
const INLINE: [&[u8]; 20] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"em", b"font", b"i", b"kbd", b"mark", b"q", b"s",
    b"small", b"span", b"strong", b"sub", b"sup", b"u",
];

/// So many tokens are read before anybody looks at the clock.
const BETWEEN_LOOKS: usize = 1_000;

pub(super) fn read(source: &str, out: &mut Gatherer<'_>) -> Result<(), NoText> {
    let mut text = String::new();
    let mut hidden: Option<(Vec<u8>, usize)> = None;
    // What stands in scripts and styles is no markup.
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for (n, token) in Tokenizer::new_with_emitter(source, emitter).enumerate() {
        if n % BETWEEN_LOOKS == 0 {
            out.goes_on()?;
        }
        if text.len() > 4 * out.limits.text_bytes_max {
            break;
        }
        let Ok(token) = token;
        match (token, &mut hidden) {
            (Token::StartTag(tag), Some((name, depth))) => {
                *depth += usize::from(*name == *tag.name && !tag.self_closing);
            }
            (Token::EndTag(tag), Some((name, depth))) if *name == *tag.name => {
                *depth -= 1;
                if *depth == 0 {
                    hidden = None;
                }
            }
            (_, Some(_)) => {}
            (Token::StartTag(tag), None) => {
                if HIDDEN.contains(&tag.name.as_slice()) && !tag.self_closing {
                    hidden = Some((tag.name.to_vec(), 1));
                } else {
                    between(&mut text, &tag.name);
                }
            }
            (Token::EndTag(tag), None) => between(&mut text, &tag.name),
            (Token::String(piece), None) => {
                let piece = String::from_utf8_lossy(&piece);
                text.push_str(&piece.replace(['\n', '\r'], " "));
            }
            _ => {}
        }
    }
    out.page(None, &visual::in_reading_order(&text));
    Ok(())
}

fn between(text: &mut String, tag: &[u8]) {
    if matches!(tag, b"td" | b"th") {
        text.push('\t');
    } else if !INLINE.contains(&tag) {
        text.push('\n');
    }
}
