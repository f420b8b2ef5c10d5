//! Fields of forms: label above, hint below, what is wrong beside the field, what was typed kept.

use dugri_core::Language;
use maud::{Markup, html};

use super::parts::{icon, icon_large};
use crate::errors::Wrong;
use crate::t;

/// What stands under a field that is wrong.
pub fn field_error(language: impl Into<Language>, name: &str, wrong: &[Wrong]) -> Markup {
    let language = language.into();
    html! {
        @for wrong in wrong.iter().filter(|w| w.field == name) {
            p.err id={ "err-" (name) } { (icon("circle-alert")) (wrong.sentence(language)) }
        }
    }
}

/// A labelled field of one line or more. Built by [`Field::new`] and shown by [`Field::show`].
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    value: &'a str,
    kind: &'a str,
    hint: Option<&'a str>,
    placeholder: Option<&'a str>,
    autocomplete: Option<&'a str>,
    optional: Option<&'a str>,
    rows: u8,
    direction: Option<&'a str>,
    required: bool,
    length_max: Option<usize>,
    choices: Option<&'a str>,
    of: &'a str,
}

impl<'a> Field<'a> {
    /// A required line of text.
    pub fn new(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            kind: "text",
            hint: None,
            placeholder: None,
            autocomplete: None,
            optional: None,
            rows: 0,
            direction: Some("auto"),
            required: true,
            length_max: None,
            choices: None,
            of: "",
        }
    }

    /// What the field is one of, where several of its name stand on a screen.
    pub fn of(mut self, which: &'a str) -> Self {
        self.of = which;
        self
    }

    /// Another `type`; e-mail and passwords are written from left to right.
    pub fn kind(mut self, kind: &'a str) -> Self {
        self.kind = kind;
        if matches!(kind, "email" | "password" | "url" | "date") {
            self.direction = Some("ltr");
        }
        self
    }

    /// Offers what stands in a `<datalist>` of this id.
    pub fn choices(mut self, list: &'a str) -> Self {
        self.choices = Some(list);
        self
    }

    /// Written from left to right, like an address.
    pub fn ltr(mut self) -> Self {
        self.direction = Some("ltr");
        self
    }

    /// A line under the field.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What stands in the empty field.
    pub fn placeholder(mut self, text: &'a str) -> Self {
        self.placeholder = Some(text);
        self
    }

    /// What browsers may fill in.
    pub fn autocomplete(mut self, token: &'a str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// May stay empty; `word` says so beside the label.
    pub fn optional(mut self, word: &'a str) -> Self {
        self.optional = Some(word);
        self.required = false;
        self
    }

    /// Several rows.
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// The most characters.
    pub fn at_most(mut self, chars: usize) -> Self {
        self.length_max = Some(chars);
        self
    }

    /// The field with label, hint and what is wrong with it.
    pub fn show(self, language: impl Into<Language>, wrong: &[Wrong]) -> Markup {
        let is_wrong = wrong.iter().any(|w| w.field == self.name);
        let invalid = is_wrong.then_some("true");
        let mut described = Vec::new();
        if is_wrong {
            described.push(format!("err-{}", self.name));
        }
        if self.hint.is_some() {
            described.push(format!("hint-{}{}", self.name, self.of));
        }
        let described = (!described.is_empty()).then(|| described.join(" "));
        let id = format!("f-{}{}", self.name, self.of);
        html! {
            div.field {
                label for=(id) { (self.label) @if let Some(word) = self.optional { " " span.opt { (word) } } }
                @if self.rows > 0 {
                    textarea.in-t id=(id) name=(self.name) rows=(self.rows) dir=[self.direction] placeholder=(self.placeholder.unwrap_or(" "))
                        maxlength=[self.length_max] required[self.required] aria-invalid=[invalid] aria-describedby=[described] { (self.value) }
                } @else {
                    input.in-t id=(id) name=(self.name) type=(self.kind) value=(self.value) dir=[self.direction] placeholder=(self.placeholder.unwrap_or(" "))
                        autocomplete=[self.autocomplete] list=[self.choices] maxlength=[self.length_max] required[self.required] aria-invalid=[invalid] aria-describedby=[described];
                }
                @if let Some(hint) = self.hint { p.hint id={ "hint-" (self.name) (self.of) } { (hint) } }
                (field_error(language, self.name, wrong))
            }
        }
    }
}

/// A choice from a list. `options` are value and text.
pub fn select(name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    html! {
        div.field {
            label for={ "f-" (name) } { (label) }
            select.in-t id={ "f-" (name) } name=(name) {
                @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
            }
        }
    }
}

/// One of few, as chips. `options` are value, icon and text.
pub fn chips(
    language: impl Into<Language>,
    name: &str,
    legend: &str,
    options: &[(&str, &str, &str)],
    chosen: &str,
    required: bool,
    wrong: &[Wrong],
) -> Markup {
    html! {
        fieldset.stack {
            legend { (legend) }
            div.chips {
                @for (value, icon_name, text) in options {
                    label.chip { input type="radio" name=(name) value=(value) checked[*value == chosen] required[required]; (icon(icon_name)) (text) }
                }
            }
            (field_error(language, name, wrong))
        }
    }
}

/// The summary above a form whose fields are wrong, so that it is heard first.
pub fn form_errors(language: impl Into<Language>, wrong: &[Wrong]) -> Markup {
    let language = language.into();
    html! {
        @if !wrong.is_empty() {
            div.banner.mb data-st="superseded" role="alert" tabindex="-1" data-focus {
                (icon_large("circle-alert"))
                div { b { (t!(language, "form-wrong", count = wrong.len())) } }
            }
        }
    }
}
