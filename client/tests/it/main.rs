//! The engine from outside, as the shell uses it, against a provider and a service made of wiremock.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod calls;
mod entrance;
mod export;
mod kept;
mod offline;
mod refusals;
mod withheld;
mod world;
