//! Use cases and followers against a real store, with a clock that stands still.

mod aliases;
mod archive;
mod blame;
mod complete;
mod drafts;
mod empty;
mod gaps;
mod handover;
mod homes;
mod import;
mod intel;
mod pages;
mod profile;
mod search;
mod site;
mod steps;
mod texts;
mod watching;
