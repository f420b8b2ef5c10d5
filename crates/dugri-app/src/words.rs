//! The few words that stand inside rendered texts, in the language of the text. All others are in `assets/locales`.

use std::sync::LazyLock;

use dugri_core::Language;
use dugri_text::Words;

/// The words that the Markdown renderer writes by itself.
pub(crate) fn markdown(language: Language) -> &'static Words {
    static ENGLISH: LazyLock<Words> = LazyLock::new(Words::default);
    static HEBREW: LazyLock<Words> = LazyLock::new(hebrew);
    match language {
        Language::En => &ENGLISH,
        Language::He => &HEBREW,
    }
}

fn hebrew() -> Words {
    Words {
        note: "הערה".into(),
        tip: "עצה".into(),
        important: "חשוב".into(),
        warning: "אזהרה".into(),
        caution: "זהירות".into(),
        internal: "לשימוש פנימי בלבד".into(),
        straight: "דוגרי".into(),
        never: "לא לומר".into(),
        intel: "דיווח".into(),
        wanted: "הדף הזה עוד לא קיים".into(),
        table: "טבלה".into(),
        done: "בוצע".into(),
        open: "פתוח".into(),
        footnotes: "הערות שוליים".into(),
        back: "חזרה לטקסט".into(),
        changed: "השתנה מאז הביקור האחרון שלך".into(),
    }
}

/// What the link beside a heading does.
pub(crate) fn report_on(language: Language, heading: &str) -> String {
    match language {
        Language::En => format!("Wrong or outdated? Report on “{heading}”"),
        Language::He => format!("שגוי או לא עדכני? דיווח על ״{heading}״"),
    }
}
