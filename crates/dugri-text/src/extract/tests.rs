//! Files as they are met, and files that were made to do harm.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const LIMITS: Limits<'static> = Limits {
    text_bytes_max: 1 << 20,
    unpacked_bytes_max: 32 << 20,
    is_over: &|| false,
};

/// The pages of a file: their numbers and texts.
fn check(name: &str, bytes: &[u8], expected: &[(Option<u32>, &str)]) {
    let text = extract(name, bytes, &LIMITS).expect("text");
    let pages: Vec<_> = text
        .pages
        .iter()
        .map(|page| (page.number, page.text.as_str()))
        .collect();
    assert_eq!(pages, expected);
}

fn refused(name: &str, bytes: &[u8]) -> NoText {
    extract(name, bytes, &LIMITS).expect_err("no text")
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A PDF with these content streams, one a page, in a font that every reader has.
fn pdf(pages: &[&[u8]], more_of_stream: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 10 + 2 * n)).collect();
    let mut out = format!(
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 500 500]/Resources<</Font<</F 3 0 R>>>>>> endobj\n3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n",
        pages.len(),
        kids.join(" ")
    )
    .into_bytes();
    for (n, page) in pages.iter().enumerate() {
        let id = 10 + 2 * n;
        out.extend(
            format!(
                "{id} 0 obj <</Type/Page/Parent 2 0 R/Contents {} 0 R>> endobj\n",
                id + 1
            )
            .bytes(),
        );
        out.extend(
            format!(
                "{} 0 obj <</Length {}{more_of_stream}>>\nstream\n",
                id + 1,
                page.len()
            )
            .bytes(),
        );
        out.extend(*page);
        out.extend(b"\nendstream endobj\n");
    }
    out.extend(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    out
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("packed")
}

#[test]
fn plain_text_in_the_encodings_that_are_met() {
    check(
        "a.txt",
        "שלום\r\n\n  two  words ".as_bytes(),
        &[(None, "שלום\ntwo words")],
    );
    let old: Vec<u8> = encoding_rs::WINDOWS_1255.encode("מחירון ישן").0.into_owned();
    check("old.txt", &old, &[(None, "מחירון ישן")]);
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain("שלום".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    check("b.csv", &utf16, &[(None, "שלום")]);
    check(
        "no name",
        b"text is known by its bytes",
        &[(None, "text is known by its bytes")],
    );
    check(
        "visual.txt",
        "םלוכל םולש\nםיקחרמ םידדומ םינשייח".as_bytes(),
        &[(None, "שלום לכולם\nחיישנים מודדים מרחקים")],
    );
}

#[test]
fn html_is_what_a_browser_shows() {
    let source = "<!doctype html><head><title>Price list</title><style>p{color:red}</style><script>if (a<b) alert('x')</script>\
        <body><p>One <b>bo</b>ld<p>מחיר &amp; הנחה &#39;כן&#39;<br>next<template>hidden</template><!-- not this --><table><tr><td>a<td>b</table>";
    check(
        "page.html",
        source.as_bytes(),
        &[(None, "Price list\nOne bold\nמחיר & הנחה 'כן'\nnext\na b")],
    );
    let deep = "<div>".repeat(200_000) + "deep";
    check("deep.html", deep.as_bytes(), &[(None, "deep")]);
    assert_eq!(
        refused("open.html", (">".repeat(50_000) + "<x").as_bytes()),
        NoText::Scanned
    );
}

#[test]
fn word_texts_have_pages_where_word_noted_them() {
    let body = |inside: &str| format!("<w:document xmlns:w=\"w\"><w:body>{inside}</w:body></w:document>");
    let one = body(
        "<w:p><w:r><w:t>Fish &amp; chips, &#x5D0;</w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>lm</w:t></w:r></w:p><w:p><w:r><w:t>next</w:t></w:r></w:p>",
    );
    check(
        "a.docx",
        &zipped(&[("word/document.xml", &one)]),
        &[(None, "Fish & chips, אlm\nnext")],
    );
    let two = body(
        "<w:p><w:r><w:t>first</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>second</w:t></w:r></w:p>",
    );
    let notes = body("<w:p><w:r><w:t>a note</w:t></w:r></w:p>");
    check(
        "b.docx",
        &zipped(&[("word/document.xml", &two), ("word/footnotes.xml", &notes)]),
        &[(Some(1), "first"), (Some(2), "second"), (None, "a note")],
    );
}

#[test]
fn slides_come_in_the_order_in_which_they_are_shown() {
    let slide = |text: &str| {
        format!("<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")
    };
    let file = zipped(&[
        (
            "ppt/presentation.xml",
            "<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId7\"/><p:sldId id=\"257\" r:id=\"rId3\"/></p:sldIdLst></p:presentation>",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            "<Relationships><Relationship Id=\"rId3\" Target=\"slides/slide1.xml\"/><Relationship Id=\"rId7\" Target=\"/ppt/slides/slide2.xml\"/></Relationships>",
        ),
        ("ppt/slides/slide1.xml", &slide("shown second")),
        ("ppt/slides/slide2.xml", &slide("shown first")),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            "<Relationships><Relationship Id=\"a\" Target=\"../notesSlides/notesSlide1.xml\"/></Relationships>",
        ),
        ("ppt/notesSlides/notesSlide1.xml", &slide("say this")),
    ]);
    check(
        "deck.pptx",
        &file,
        &[(Some(1), "shown first"), (Some(2), "shown second\nsay this")],
    );
}

#[test]
fn sheets_say_their_names_and_cells() {
    let file = zipped(&[
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"מחירים &amp; הנחות\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Empty\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>XR-200</t></si><si><r><t>two </t></r><r><t>runs</t></r></si></sst>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>1250.5</v></c></row><row><c t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><t>inline</t></is></c><c t=\"s\"><v>99</v></c></row></sheetData></worksheet>",
        ),
        ("xl/worksheets/sheet2.xml", "<worksheet/>"),
    ]);
    check(
        "prices.xlsx",
        &file,
        &[(None, "מחירים & הנחות\nXR-200 1250.5\ntwo runs inline")],
    );
}

#[test]
fn pdf_pages_are_numbered_and_lines_put_together() {
    let first: &[u8] = b"BT /F 12 Tf 50 400 Td (Range up to) Tj 0 -14 Td [(30 m) -600 (in open) ] TJ ET";
    let file = pdf(&[first, b"", b"BT /F 12 Tf 50 400 Td (third page) Tj ET"], "");
    check(
        "a.pdf",
        &file,
        &[(Some(1), "Range up to\n30 m in open"), (Some(3), "third page")],
    );
    let packed = deflated(b"BT /F 12 Tf 50 400 Td (packed) Tj ET");
    check(
        "b.pdf",
        &pdf(&[&packed], "/Filter/FlateDecode"),
        &[(Some(1), "packed")],
    );
}

#[test]
fn what_has_no_text_says_why() {
    assert_eq!(
        refused("scan.pdf", &pdf(&[b"0 0 100 100 re f"], "")),
        NoText::Scanned
    );
    assert_eq!(
        refused("broken.pdf", b"%PDF-1.7 and then nothing of the kind"),
        NoText::Damaged
    );
    assert_eq!(
        refused("broken.docx", b"PK\x03\x04 and then nothing"),
        NoText::Damaged
    );
    assert_eq!(refused("p.png", b"\x89PNG\r\n\x1a\n\0\0\0"), NoText::OtherKind);
    assert_eq!(
        refused("a.zip", &zipped(&[("readme.txt", "hello")])),
        NoText::OtherKind
    );
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    old.resize(2_000, 0);
    assert_eq!(refused("old.doc", &old), NoText::OldOffice);
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused("secret.docx", &old), NoText::Encrypted);
    assert_eq!(refused("empty.txt", b" \n "), NoText::Scanned);
}

#[test]
fn what_unpacks_without_end_is_not_unpacked() {
    let zeros = "0".repeat(40 << 20);
    let bomb = zipped(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 100 << 10);
    assert_eq!(refused("bomb.docx", &bomb), NoText::TooLarge);
    let once = deflated(zeros.as_bytes());
    assert_eq!(
        refused("bomb.pdf", &pdf(&[&once], "/Filter/FlateDecode")),
        NoText::TooLarge
    );
    let twice = deflated(&deflated(zeros.as_bytes()));
    assert_eq!(
        refused("bomb.pdf", &pdf(&[&twice], "/Filter[/FlateDecode/FlateDecode]")),
        NoText::TooLarge
    );
    assert_eq!(
        refused("bomb.pdf", &pdf(&[&[7; 200_000]], "/Filter/LZWDecode")),
        NoText::TooLarge
    );
}

#[test]
fn entities_that_grow_mean_nothing() {
    let laughs = "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document xmlns:w=\"w\"><w:p><w:t>so &b; it is</w:t></w:p></w:document>";
    check(
        "laughs.docx",
        &zipped(&[("word/document.xml", laughs)]),
        &[(None, "so it is")],
    );
}

#[test]
fn deep_nesting_is_no_trouble() {
    let deep = format!(
        "<w:document xmlns:w=\"w\">{}<w:t>deep</w:t>",
        "<w:p>".repeat(300_000)
    );
    check(
        "deep.docx",
        &zipped(&[("word/document.xml", &deep)]),
        &[(None, "deep")],
    );
    let arrays = format!("%PDF-1.4\n1 0 obj {}", "[".repeat(300_000));
    assert_eq!(refused("deep.pdf", arrays.as_bytes()), NoText::Damaged);
    let states = "q ".repeat(100_000) + "BT /F 12 Tf 50 400 Td (deep) Tj ET";
    check("states.pdf", &pdf(&[states.as_bytes()], ""), &[(Some(1), "deep")]);
}

#[test]
fn long_texts_are_cut_and_slow_ones_given_up() {
    let limits = Limits {
        text_bytes_max: 7,
        ..LIMITS
    };
    let text = extract("a.txt", "שלום עולם".as_bytes(), &limits).expect("text");
    assert!(text.is_cut);
    assert_eq!(text.pages[0].text, "שלו");
    let over = Limits {
        is_over: &|| true,
        ..LIMITS
    };
    for (name, bytes) in [
        ("a.txt", b"text".to_vec()),
        ("a.pdf", pdf(&[b"BT ET"], "")),
        ("a.html", b"<p>x".to_vec()),
    ] {
        assert_eq!(extract(name, &bytes, &over), Err(NoText::TooSlow), "{name}");
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let good = [
        pdf(&[b"BT /F 12 Tf 50 400 Td (Range) Tj ET"], ""),
        zipped(&[("word/document.xml", "<w:p><w:t>x</w:t></w:p>")]),
        b"<html><p>text</p><script>x</script>".to_vec(),
    ];
    for file in good {
        for at in 0..file.len() {
            let _ = extract("a", &file[..at], &LIMITS);
            let mut changed = file.clone();
            changed[at] ^= 0x55;
            let _ = extract("a", &changed, &LIMITS);
        }
    }
}

/// The pages of a file of the demo company.
fn demo(name: &str) -> Vec<PageText> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/demo/files/");
    let bytes = std::fs::read(format!("{path}{name}")).expect("a file of the demo company");
    extract(name, &bytes, &LIMITS).expect("text").pages
}

#[test]
fn a_hebrew_pdf_of_a_browser_is_read_as_it_is_written() {
    let pages = demo("xr-200-kartis-hatkana.pdf");
    let lines: Vec<&str> = pages.iter().flat_map(|page| page.text.lines()).collect();
    assert_eq!(
        pages.iter().map(|page| page.number).collect::<Vec<_>>(),
        [Some(1), Some(2)]
    );
    for line in [
        "כרטיס התקנה: XR-200",
        "לתלייה בארון החשמל. 25 דקות: 11 הרכבה, 8 חיווט, 6 כיוון.",
        "ידנית אחת. הפרש של יותר מ־2 ס״מ: לבדוק את הגובה שהוזן.",
        "הגידים A ו־B הוחלפו; נגד סיום של Ω 120",
        "לא הסתדר? עומר, 04-555-0163. באזור מסוכן: רק XR200-S-30-EX, ורק עם",
    ] {
        assert!(lines.contains(&line), "{line}: {lines:#?}");
    }
}

#[test]
fn a_deck_of_the_demo_company_is_read_slide_by_slide() {
    let pages = demo("matzeget-mayim.pptx");
    assert_eq!(pages.len(), 8);
    assert!(
        pages[4].text.contains("חומת אש") && pages[4].number == Some(5),
        "{pages:?}"
    );
}
