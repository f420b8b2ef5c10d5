//! What is typed and what is read, case by case.

use proptest::prelude::*;

use super::*;

/// Writes a query down: sign, field, and phrases in angle quotes.
fn shown(query: &Query) -> String {
    let shown = query.clauses.iter().map(|clause| {
        let sign = match clause.occur {
            Occur::Should => "",
            Occur::Must => "+",
            Occur::MustNot => "-",
        };
        let field = clause
            .field
            .map(|field| format!("{}:", field.name()))
            .unwrap_or_default();
        let value = match &clause.value {
            Value::Word(word) => word.clone(),
            Value::Phrase(phrase) => format!("«{phrase}»"),
            Value::Date(date) => date.to_string(),
        };
        format!("{sign}{field}{value}")
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(input: &str, expected: &str) {
    assert_eq!(shown(&parse(input)), expected, "{input}");
}

#[test]
fn words_signs_and_phrases() {
    check("", "");
    check("  price   list ", "price | list");
    check("+price -list", "+price | -list");
    check("\"price list\" x", "+«price list» | x");
    check("-\"price  list\"", "-«price list»");
    check("XR-200 C++ a-b", "XR-200 | C++ | a-b");
    check("- + \"\"", "");
    check("“price list”", "+«price list»");
    check("\"price list", "price | list");
    check("12\" pipe", "12 | pipe");
}

#[test]
fn gershayim_is_not_a_quote() {
    check("מע\"מ", "מע\"מ");
    check("דוח מע״מ שנתי", "דוח | מע״מ | שנתי");
    check("\"דוח מע\"מ שנתי\"", "+«דוח מע\"מ שנתי»");
    check("״מחירון שנתי״", "+«מחירון שנתי»");
    check("מנכ\"לית \"שני דפים\"", "מנכ\"לית | +«שני דפים»");
}

#[test]
fn fields_in_both_languages() {
    check("kind:battlecard vectra", "+kind:battlecard | vectra");
    check("סוג:מחירון", "+kind:מחירון");
    check("-state:superseded", "-state:superseded");
    check("title:\"price list\"", "+title:«price list»");
    check("OWNER:noa", "+owner:noa");
    check("colour:red https://x.example", "colour:red | https://x.example");
    check("kind: x", "kind | x");
    check("ratio:4:3", "ratio:4:3");
}

#[test]
fn days_months_and_years() {
    check("before:2026-11-22", "+before:2026-11-22");
    check("after:22.11.2026", "+after:2026-11-22");
    check("אחרי:11.2026", "+after:2026-11-01");
    check("since:2026", "+after:2026-01-01");
    check("after:1.2.26", "+after:2026-02-01");
    check("before:yesterday", "before:yesterday");
    check("before:2026-13", "before:2026-13");
}

#[test]
fn plain_leaves_out_fields_and_refusals() {
    assert_eq!(parse("+a \"b c\" -d kind:e").plain(), "a b c");
    assert_eq!(parse("kind:e kind:f").of(Field::Kind).count(), 2);
}

proptest! {
    #[test]
    fn reading_never_fails_and_ranges_are_in_order(input in "\\PC{0,60}|[a-zא-ת\"״+: -]{0,60}") {
        let query = parse(&input);
        let mut end = 0;
        for clause in &query.clauses {
            prop_assert!(clause.range.start >= end && clause.range.end <= input.len());
            prop_assert!(input.get(clause.range.clone()).is_some());
            end = clause.range.end;
        }
    }
}
