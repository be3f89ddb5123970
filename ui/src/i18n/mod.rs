//! Words, numbers and times in the chosen language. Every visible string has a key in `i18n/en.ftl` and `i18n/de.ftl`.

mod day;
mod filter_words;
mod intl;
mod labels;
mod loader;
mod time;
mod words;

#[cfg(test)]
mod keys;

pub use filter_words::filter_error;
pub use labels::{Label, problem, signal_problem, type_titles, type_words};
pub use loader::{I18n, t, use_i18n};
pub use time::{Age, Unit, is_timezone};
pub use words::{Names, Value};
