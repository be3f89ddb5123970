//! Text that people write, within bounds.

use crate::error::{Error, Result};

/// How long the name of anything may be, in characters.
pub(crate) const LONGEST_NAME: usize = 120;
const LONGEST_TEXT: usize = 10_000;

/// The text without space around it, if it is 1 to `most` characters with no control characters.
pub(crate) fn line(what: &str, value: &str, most: usize) -> Result<String> {
    let value = value.trim();
    if value.is_empty() || value.chars().count() > most || value.chars().any(char::is_control) {
        return Err(Error::bad_request(format!("{what} must be 1 to {most} characters without control characters")));
    }
    Ok(value.to_owned())
}

pub(crate) fn name(what: &str, value: &str) -> Result<String> {
    line(what, value, LONGEST_NAME)
}

/// As [`line`], for what may be several lines.
pub(crate) fn lines(what: &str, value: &str) -> Result<String> {
    let value = value.trim();
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    if value.is_empty() || value.chars().count() > LONGEST_TEXT || value.chars().any(control) {
        return Err(Error::bad_request(format!("{what} must be 1 to {LONGEST_TEXT} characters, with no control characters but line ends")));
    }
    Ok(value.to_owned())
}
