//! The description of the API as a page: what the same document says to programs.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::Value;

use super::layout::{Here, Screen, screen};
use super::parts::icon;
use crate::shell::Shell;
use crate::{attr, t};

/// An operation: method, path, and what the document says of it.
type Operation<'a> = (&'a str, &'a str, &'a Value);

/// `GET /api`
pub fn reference(shell: &Shell, document: &Value) -> Markup {
    let by_tag = operations(document);
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "api-title")) } p { (t!(shell, "api-lead")) } }
                div.btns { a.btn href="/api/openapi.json" { (icon("download")) "openapi.json" } a.btn.quiet href="/me#tokens" { (icon("key-round")) (t!(shell, "me-tokens")) } }
            }
            nav.tabs.mb aria-label=(attr!(shell, "api-parts")) { @for tag in by_tag.keys() { a href={ "#tag-" (tag) } { (tag) } } }
            div lang="en" dir="ltr" { @for (tag, operations) in &by_tag {
                section aria-labelledby={ "tag-" (tag) } {
                    div.sec.mt { h2 id={ "tag-" (tag) } { (tag) } }
                    @for operation in operations { (shown(shell, document, operation)) }
                }
            } }
        }
    };
    screen(shell, Screen::new(t!(shell, "api-title"), Here::Nowhere, main))
}

fn operations(document: &Value) -> BTreeMap<&str, Vec<Operation<'_>>> {
    let mut by_tag: BTreeMap<&str, Vec<Operation<'_>>> = BTreeMap::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let tag = operation["tags"][0].as_str().unwrap_or("other");
            by_tag.entry(tag).or_default().push((method, path, operation));
        }
    }
    by_tag
}

fn shown(shell: &Shell, document: &Value, (method, path, operation): &Operation<'_>) -> Markup {
    let text = |name: &str| operation[name].as_str().unwrap_or_default();
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    html! {
        details.panel.mb {
            summary.pad { span.rowx.wrapx { span.tag { b { (method.to_uppercase()) } } code { (path) } span.m { (text("summary")) } } }
            div.in.stack {
                @if !text("description").is_empty() { p { (text("description")) } }
                @if !parameters.is_empty() {
                    div.tw tabindex="0" role="region" aria-label={ (method.to_uppercase()) " " (path) ": " (t!(shell, "api-parameters")) } { table.tbl {
                        thead { tr { th scope="col" { (t!(shell, "api-parameters")) } th scope="col" { (t!(shell, "api-where")) } th scope="col" { (t!(shell, "api-type")) } th scope="col" { (t!(shell, "api-meaning")) } } }
                        tbody { @for parameter in &parameters { tr {
                            td { code { (parameter["name"].as_str().unwrap_or_default()) } @if parameter["required"] == true { " *" } }
                            td { (parameter["in"].as_str().unwrap_or_default()) }
                            td { (kind_of(&parameter["schema"])) }
                            td { (parameter["description"].as_str().unwrap_or_default()) }
                        } } }
                    } }
                }
                @if let Some(name) = body_of(&operation["requestBody"]) { p { b { (t!(shell, "api-body")) } ": " code { (name) } } (fields(document, &name)) }
                dl.facts { @for (status, response) in operation["responses"].as_object().into_iter().flatten().filter(|(status, _)| *status != "default") {
                    dt { (status) } dd { @match body_of(response) { Some(name) => code { (name) }, None => "–" } }
                } }
                @if let Some(name) = operation["responses"].as_object().into_iter().flatten().find(|(status, _)| status.starts_with('2')).and_then(|(_, response)| body_of(response)) { (fields(document, &name)) }
            }
        }
    }
}

/// The fields of a shape, one level deep.
fn fields(document: &Value, name: &str) -> Markup {
    let shape = &document["components"]["schemas"][name];
    let required = |field: &str| {
        shape["required"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one == field))
    };
    html! { @if let Some(properties) = shape["properties"].as_object() {
        div.tw tabindex="0" role="region" aria-label=(name) { table.tbl { caption.m { (name) } tbody { @for (field, schema) in properties { tr {
            td { code { (field) } @if required(field) { " *" } }
            td { (kind_of(schema)) }
            td { (schema["description"].as_str().unwrap_or_default()) }
        } } } } }
    } }
}

/// The shape that a request or a response carries.
fn body_of(carrier: &Value) -> Option<String> {
    let content = carrier["content"].as_object()?;
    let (kind, media) = content.iter().next()?;
    Some(match reference_of(&media["schema"]) {
        Some(name) => name.to_owned(),
        None => kind.clone(),
    })
}

fn reference_of(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

fn kind_of(schema: &Value) -> String {
    if let Some(name) = reference_of(schema) {
        return name.to_owned();
    }
    if let Some(any) = schema["oneOf"].as_array() {
        return any
            .iter()
            .map(kind_of)
            .filter(|kind| kind != "null")
            .collect::<Vec<_>>()
            .join(" | ");
    }
    let plain = match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => {
            let kinds = kinds
                .iter()
                .filter_map(Value::as_str)
                .filter(|kind| *kind != "null");
            kinds.collect::<Vec<_>>().join(" | ")
        }
        _ => String::new(),
    };
    if plain == "array" {
        format!("{}[]", kind_of(&schema["items"]))
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn kinds_are_named() {
        assert_eq!(kind_of(&json!({"type": ["string", "null"]})), "string");
        assert_eq!(
            kind_of(&json!({"type": "array", "items": {"$ref": "#/components/schemas/Hit"}})),
            "Hit[]"
        );
        assert_eq!(
            kind_of(&json!({"oneOf": [{"type": "null"}, {"$ref": "#/x/Page"}]})),
            "Page"
        );
    }
}
