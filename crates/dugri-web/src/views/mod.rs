//! Screens: plain functions from values to `Markup`. No view asks for anything, decides a right or knows a request.

pub mod fields;
pub mod layout;
pub mod lists;
pub mod parts;
pub mod signin;
