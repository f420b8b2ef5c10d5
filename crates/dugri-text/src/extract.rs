//! The text of files: PDF, DOCX, PPTX, XLSX, HTML and plain text, page by page.
//!
//! Bytes in, text or the reason why there is none out. What comes in may be damaged or made to do harm: what unpacks is
//! counted while it unpacks, the text is capped, and whoever calls says when it has taken too long. The libraries
//! underneath may still panic or hang on bytes nobody has thought of, so callers give this a thread of its own.

mod html;
mod office;
mod pdf;
mod plain;
mod unpack;
mod visual;

/// How much is done for one file.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// The most text that is kept, in bytes; what comes after it is left out.
    pub text_bytes_max: usize,
    /// The most that a file may unpack to, in bytes.
    pub unpacked_bytes_max: u64,
    /// Whether it has taken too long. Asked again and again.
    pub is_over: &'a dyn Fn() -> bool,
}

/// The text of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileText {
    /// Its pages, in order; those without text are left out.
    pub pages: Vec<PageText>,
    /// Whether there was more than is kept.
    pub is_cut: bool,
}

/// The text of one page or slide, or of a whole file that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// The number of the page or slide, from 1.
    pub number: Option<u32>,
    /// The text, in the order in which it is read.
    pub text: String,
}

/// Why a file has no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoText {
    /// A picture, a recording, an archive: nobody expects any.
    OtherKind,
    /// An office file as it was written before 2007.
    OldOffice,
    /// A password is needed.
    Encrypted,
    /// It can't be read.
    Damaged,
    /// It is, or unpacks to, more than is read.
    TooLarge,
    /// It was read, and there are no letters in it: a scan.
    Scanned,
    /// It took too long.
    TooSlow,
}

/// The text of a file. Its name says what a plain text is, its content everything else.
///
/// # Errors
/// The reason why there is none.
pub fn extract(name: &str, bytes: &[u8], limits: &Limits<'_>) -> Result<FileText, NoText> {
    let mut out = Gatherer::new(limits);
    let gathered = match Kind::of(name, bytes) {
        Kind::Pdf => pdf::read(bytes, &mut out),
        Kind::Zip => office::read(bytes, &mut out),
        Kind::Compound if office::is_encrypted(bytes) => Err(NoText::Encrypted),
        Kind::Compound => Err(NoText::OldOffice),
        Kind::Html => html::read(&plain::decode(bytes), &mut out),
        Kind::Plain => plain::read(bytes, &mut out),
        Kind::Other => Err(NoText::OtherKind),
    };
    match gathered {
        Ok(()) | Err(NoText::TooLarge | NoText::TooSlow) if out.text.is_cut => {}
        Ok(()) => {}
        Err(reason) => return Err(reason),
    }
    if out.text.pages.is_empty() {
        return Err(NoText::Scanned);
    }
    Ok(out.text)
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pdf,
    Zip,
    /// The container of old office files, and of new ones with a password.
    Compound,
    Html,
    Plain,
    Other,
}

/// Names of plain texts. One that is not valid UTF-8 may still be an old one in Hebrew.
const PLAIN: [&str; 6] = ["txt", "md", "csv", "tsv", "log", "eml"];

/// So far into a file the mark of a PDF may stand; readers have always been lenient.
const PDF_MARK_WITHIN: usize = 1_024;

impl Kind {
    fn of(name: &str, bytes: &[u8]) -> Kind {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_lowercase();
        let start = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
        if start.windows(5).any(|five| five == b"%PDF-") {
            Kind::Pdf
        } else if bytes.starts_with(b"PK\x03\x04") {
            Kind::Zip
        } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            Kind::Compound
        } else if matches!(end.as_str(), "html" | "htm" | "xhtml") || looks_like_html(start) {
            Kind::Html
        } else if PLAIN.contains(&end.as_str()) || is_text(bytes) {
            Kind::Plain
        } else {
            Kind::Other
        }
    }
}

fn looks_like_html(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start).trim_start().to_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'))
}

/// Gathers pages within the limits.
struct Gatherer<'a> {
    limits: &'a Limits<'a>,
    text: FileText,
    room: usize,
}

impl<'a> Gatherer<'a> {
    fn new(limits: &'a Limits<'a>) -> Gatherer<'a> {
        Gatherer {
            limits,
            text: FileText::default(),
            room: limits.text_bytes_max,
        }
    }

    /// Whether more text is wanted: `Err` when it has taken too long.
    fn goes_on(&self) -> Result<bool, NoText> {
        if (self.limits.is_over)() {
            return Err(NoText::TooSlow);
        }
        Ok(!self.text.is_cut)
    }

    /// Adds a page, if there are letters on it; cuts it where the text becomes too long.
    fn page(&mut self, number: Option<u32>, text: &str) {
        let mut text = tidy(text);
        if self.text.is_cut || !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if text.len() > self.room {
            let end = (0..=self.room).rev().find(|at| text.is_char_boundary(*at));
            text.truncate(end.unwrap_or(0));
            self.text.is_cut = true;
        }
        self.room -= text.len();
        self.text.pages.push(PageText { number, text });
    }
}

/// Lines without needless spaces, none empty; characters that mean nothing left out.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut is_first = true;
        for word in line.split(|c: char| c.is_whitespace() || c.is_control()) {
            let word = word.trim_matches(is_invisible);
            if word.is_empty() {
                continue;
            }
            if !is_first {
                out.push(' ');
            } else if !out.is_empty() {
                out.push('\n');
            }
            is_first = false;
            out.extend(word.chars().filter(|c| !is_invisible(*c)));
        }
    }
    out
}

/// Marks of direction, soft hyphens, places for what a font does not have.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFC}'..='\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}

#[cfg(test)]
mod tests;
