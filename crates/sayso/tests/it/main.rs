//! What a user sees, through the binary; and that the map is true.

mod architecture;
mod bad_input;
mod claims;
mod commands;
mod compare;
mod docs;
mod reports;
mod show;
mod spec;
mod support;
