//! The one language in which lists are narrowed: incidents by `sev:important cust:contoso room:board age<2h is:unread printer`, rooms by
//! `health:unhealthy cust:contoso seen>1d board`. A search box takes it, filter chips write it, an address carries it. Each page has its keys
//! ([`Key::of`]); one of another page is refused like one that there is nowhere.
//!
//! A filter is a list of terms, and all of them must hold. A term is a key with values that are alternatives (`sev:important,critical`, or the key
//! again), a bound on an age (`age<2h`, `seen>3d`), or a word that is searched for. A value or a word with spaces stands in quotes. Names are found by
//! their words ([`search`](crate::search)), or, behind `=`, as a whole; of several customers of one name, `cust:="Contoso"#4f1c09d2a7b3` is one. Keys and values are the same in every language, so that a filter can be handed on.
//! What is not understood is an error with its place: nothing is left out unasked.
//!
//! 1. [`Filter`]: what a text says. 2. [`Key`], [`Flag`]: the words of the language; one more flag is a line there, and a line in `query`. 3. `parse`
//!    and `write`: from the text and back. 4. [`FilterError`]: what is wrong, and what would be right. 5. [`complete`], [`BegunName`]: what can stand at the end.
//!    6. `query`: what the lists are asked.

mod complete;
mod error;
mod expression;
mod parse;
mod query;
mod tokens;
mod vocabulary;
mod write;

pub use complete::{BegunName, Completion, complete, has_keys};
pub use error::{FilterError, FilterProblem};
pub use expression::{Age, Filter, Holder, Name};
pub use parse::LONGEST_FILTER;
pub use vocabulary::{Flag, Key};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_rooms;
