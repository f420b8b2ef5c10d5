//! Use cases and followers against a real store, with a clock that stands still.

mod intel;
mod pages;
mod search;
mod site;
