//! Office files since 2007: a zip of XML parts. DOCX by the pages that Word noted, PPTX by slides, XLSX by sheets.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::unpack::Package;
use super::{Gatherer, NoText};

/// So many events of a part are read before anybody looks at the clock.
const BETWEEN_LOOKS: usize = 2_000;

/// More slides or sheets than these are not looked for.
const PARTS_MAX: usize = 2_000;

/// The name of the stream that holds an encrypted office file, as its container writes it.
const ENCRYPTED: &str = "EncryptedPackage";

pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

pub(super) fn read(bytes: &[u8], out: &mut Gatherer<'_>) -> Result<(), NoText> {
    let mut package = Package::open(bytes, out.limits)?;
    if package.has("word/document.xml") {
        document(&mut package, out)
    } else if package.has("ppt/presentation.xml") {
        presentation(&mut package, out)
    } else if package.has("xl/workbook.xml") {
        workbook(&mut package, out)
    } else {
        Err(NoText::OtherKind)
    }
}

/// A part's events, whether or not it is there: what is missing says nothing.
fn walk(
    package: &mut Package<'_>,
    part: &str,
    out: &Gatherer<'_>,
    mut see: impl FnMut(Piece<'_>),
) -> Result<(), NoText> {
    let Some(xml) = package.read(part)? else {
        return Ok(());
    };
    let mut reader = Reader::from_reader(xml.as_slice());
    // A part that breaks off is read as far as it goes.
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut seen) = (Vec::new(), 0_usize);
    loop {
        seen += 1;
        if seen % BETWEEN_LOOKS == 0 {
            out.goes_on()?;
        }
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| NoText::Damaged)? {
            Event::Start(tag) => see(Piece::Opens(&tag)),
            Event::Empty(tag) => {
                see(Piece::Opens(&tag));
                see(Piece::Closes(tag.local_name().as_ref()));
            }
            Event::End(tag) => see(Piece::Closes(tag.local_name().as_ref())),
            Event::Text(text) => see(Piece::Text(&String::from_utf8_lossy(&text))),
            Event::CData(text) => see(Piece::Text(&String::from_utf8_lossy(&text))),
            // Entities that the file declares itself mean nothing here: only so can none of them grow.
            Event::GeneralRef(name) => {
                let known = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => predefined(&name),
                };
                if let Some(c) = known {
                    see(Piece::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn predefined(name: &[u8]) -> Option<char> {
    Some(match name {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        _ => return None,
    })
}

/// What is met in a part; names come without their prefix.
enum Piece<'a> {
    Opens(&'a BytesStart<'a>),
    Closes(&'a [u8]),
    Text(&'a str),
}

fn attribute(tag: &BytesStart<'_>, local_name: &[u8]) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == local_name)?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

/// Text of runs: of Word and PowerPoint, which both write it into `t`.
#[derive(Default)]
struct Runs {
    text: String,
    is_run: bool,
}

impl Runs {
    fn see(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Opens(tag) => match tag.local_name().as_ref() {
                b"t" => self.is_run = true,
                b"tab" => self.text.push('\t'),
                b"br" | b"cr" => self.text.push('\n'),
                b"noBreakHyphen" => self.text.push('-'),
                _ => {}
            },
            Piece::Closes(b"t") => self.is_run = false,
            Piece::Closes(b"p") => self.text.push('\n'),
            Piece::Closes(_) => {}
            Piece::Text(text) if self.is_run => self.text.push_str(text),
            Piece::Text(_) => {}
        }
    }
}

/// Word keeps no pages, but notes where they broke when it last laid the text out. Other programs note nothing; then a
/// text has no page numbers.
fn document(package: &mut Package<'_>, out: &mut Gatherer<'_>) -> Result<(), NoText> {
    let mut pages: Vec<String> = Vec::new();
    let mut runs = Runs::default();
    walk(package, "word/document.xml", out, |piece| {
        if let Piece::Opens(tag) = &piece
            && tag.local_name().as_ref() == b"lastRenderedPageBreak"
        {
            pages.push(std::mem::take(&mut runs.text));
        }
        runs.see(&piece);
    })?;
    pages.push(runs.text);
    let is_numbered = pages.len() > 1;
    for (number, page) in (1..).zip(&pages) {
        out.page(is_numbered.then_some(number), page);
    }
    let mut notes = Runs::default();
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        walk(package, part, out, |piece| notes.see(&piece))?;
    }
    out.page(None, &notes.text);
    Ok(())
}

fn presentation(package: &mut Package<'_>, out: &mut Gatherer<'_>) -> Result<(), NoText> {
    let slides = parts(package, "ppt/", "presentation.xml", b"sldId", out)?;
    for (number, (_, slide)) in (1..).zip(slides) {
        if !out.goes_on()? {
            break;
        }
        let mut runs = Runs::default();
        walk(package, &slide, out, |piece| runs.see(&piece))?;
        // What the speaker says on it belongs to it.
        let (folder, name) = slide.rsplit_once('/').unwrap_or(("ppt/slides", &slide));
        for (_, target) in relations(package, &format!("{folder}/"), name, out)? {
            if target.contains("notesSlide") {
                runs.text.push('\n');
                walk(package, &target, out, |piece| runs.see(&piece))?;
            }
        }
        out.page(Some(number), &runs.text);
    }
    Ok(())
}

/// A sheet has a name and no page number: the name stands in its first line.
fn workbook(package: &mut Package<'_>, out: &mut Gatherer<'_>) -> Result<(), NoText> {
    let shared = shared_strings(package, out)?;
    for (name, part) in parts(package, "xl/", "workbook.xml", b"sheet", out)? {
        if !out.goes_on()? {
            break;
        }
        let enough = 2 * out.limits.text_bytes_max;
        let mut text = format!("{name}\n");
        let (mut kind, mut value, mut is_value) = (String::new(), String::new(), false);
        walk(package, &part, out, |piece| match piece {
            Piece::Opens(tag) => match tag.local_name().as_ref() {
                b"c" => kind = attribute(tag, b"t").unwrap_or_default(),
                b"v" | b"t" => is_value = true,
                _ => {}
            },
            Piece::Closes(b"v" | b"t") => is_value = false,
            Piece::Closes(b"c") => {
                let value = std::mem::take(&mut value);
                let shown = match kind.as_str() {
                    "s" => value.trim().parse::<usize>().ok().and_then(|at| shared.get(at)),
                    "e" | "b" => None,
                    _ => Some(&value),
                };
                if let Some(shown) = shown.filter(|_| text.len() < enough) {
                    text.push_str(shown);
                    text.push('\t');
                }
            }
            Piece::Closes(b"row") => text.push('\n'),
            Piece::Closes(_) => {}
            Piece::Text(piece) if is_value => value.push_str(piece),
            Piece::Text(_) => {}
        })?;
        // A sheet that was never written on says nothing, whatever it is called.
        if text.trim() != name.trim() {
            out.page(None, &text);
        }
    }
    Ok(())
}

fn shared_strings(package: &mut Package<'_>, out: &Gatherer<'_>) -> Result<Vec<String>, NoText> {
    let mut strings = Vec::new();
    let (mut text, mut is_text, mut is_sound) = (String::new(), false, false);
    walk(package, "xl/sharedStrings.xml", out, |piece| match piece {
        Piece::Opens(tag) => match tag.local_name().as_ref() {
            // How a word is pronounced is no part of it.
            b"rPh" => is_sound = true,
            b"t" => is_text = !is_sound,
            _ => {}
        },
        Piece::Closes(b"rPh") => is_sound = false,
        Piece::Closes(b"t") => is_text = false,
        Piece::Closes(b"si") => strings.push(std::mem::take(&mut text)),
        Piece::Closes(_) => {}
        Piece::Text(piece) if is_text => text.push_str(piece),
        Piece::Text(_) => {}
    })?;
    Ok(strings)
}

/// The slides or sheets in their order, each with its name and its part.
fn parts(
    package: &mut Package<'_>,
    folder: &str,
    main: &str,
    tag_name: &[u8],
    out: &Gatherer<'_>,
) -> Result<Vec<(String, String)>, NoText> {
    let targets = relations(package, folder, main, out)?;
    let mut parts = Vec::new();
    walk(package, &format!("{folder}{main}"), out, |piece| {
        let Piece::Opens(tag) = piece else { return };
        if tag.local_name().as_ref() != tag_name || parts.len() >= PARTS_MAX {
            return;
        }
        // `r:id` names the relation; PowerPoint's plain `id` is something else.
        let mut attributes = tag.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let relation = attributes.find(|a| {
            a.key.prefix().is_some_and(|p| p.as_ref() != b"xmlns") && a.key.local_name().as_ref() == b"id"
        });
        let relation = relation.map(|a| String::from_utf8_lossy(&a.value).into_owned());
        let target = targets.iter().find(|(id, _)| Some(id) == relation.as_ref());
        if let Some((_, target)) = target {
            let name = attribute(tag, b"name").unwrap_or_default();
            let name =
                quick_xml::escape::unescape(&name).map_or_else(|_| name.clone(), |name| name.into_owned());
            parts.push((name, target.clone()));
        }
    })?;
    Ok(parts)
}

/// What a part refers to: ids and the parts they stand for.
fn relations(
    package: &mut Package<'_>,
    folder: &str,
    part: &str,
    out: &Gatherer<'_>,
) -> Result<Vec<(String, String)>, NoText> {
    let mut relations = Vec::new();
    walk(package, &format!("{folder}_rels/{part}.rels"), out, |piece| {
        if let Piece::Opens(tag) = piece
            && tag.local_name().as_ref() == b"Relationship"
            && let (Some(id), Some(target)) = (attribute(tag, b"Id"), attribute(tag, b"Target"))
        {
            relations.push((id, resolved(folder, &target)));
        }
    })?;
    Ok(relations)
}

/// The full name of a part that another one in `folder` names.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
