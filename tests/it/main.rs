//! What holds for Dugri as a whole: the structure of the house, its licences, and HTTP journeys.
#![allow(clippy::unwrap_used)]

mod administration;
mod aliases;
mod architecture;
mod drafts;
mod finding;
mod gaps;
mod homes;
mod intel;
mod licences;
mod locales;
mod pages;
mod pending;
mod people;
mod project;
mod quality;
mod read_only;
mod routes;
mod signin;
mod site;
mod steps;
mod texts;
