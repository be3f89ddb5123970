//! Text that people and devices write, within bounds.

use tenantry_model::name::is_name;
use tenantry_model::problem::FieldCode;
use unicode_normalization::UnicodeNormalization as _;

use crate::error::{Error, Result};

/// How long the name of anything may be, in characters.
const LONGEST_NAME: usize = 120;
const LONGEST_TEXT: usize = 10_000;

/// The text as it is kept: composed (NFC), so that what looks the same is the same, and without space around it.
pub(crate) fn tidied(value: &str) -> String {
    value.trim().nfc().collect()
}

/// The text as it is kept, if it can be the name of something and has at most `most` characters.
pub(crate) fn line(what: &str, value: &str, most: usize) -> Result<String> {
    checked(value, most).map_err(|rule| Error::bad_request(format!("{what} must be {rule}")))
}

/// As [`line`], of the length that any name may have.
pub(crate) fn name(what: &str, value: &str) -> Result<String> {
    line(what, value, LONGEST_NAME)
}

/// As [`name`]; a refusal names the field by its place in the request.
pub(crate) fn name_at(pointer: &str, value: &str) -> Result<String> {
    checked(value, LONGEST_NAME).map_err(|rule| Error::field(FieldCode::NameInvalid, pointer, rule))
}

/// The text as it is kept, or what it would have to be.
fn checked(value: &str, most: usize) -> std::result::Result<String, String> {
    let value = tidied(value);
    if is_name(&value, most) {
        return Ok(value);
    }
    Err(format!("1 to {most} characters with something to be seen, and no control characters, also none that turn the direction of text"))
}

/// As [`line`], for what may be several lines.
pub(crate) fn lines(what: &str, value: &str) -> Result<String> {
    let value = tidied(value);
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    if value.is_empty() || value.chars().count() > LONGEST_TEXT || value.chars().any(control) {
        return Err(Error::bad_request(format!("{what} must be 1 to {LONGEST_TEXT} characters, with no control characters but line ends")));
    }
    Ok(value)
}

/// A name that comes from elsewhere and cannot be refused, such as that of a token: without what no name may have.
pub(crate) fn without_controls(value: &str) -> String {
    tidied(&value.chars().filter(|c| !c.is_control() && !tenantry_model::name::steers(*c)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(name("x", " Mu\u{308}ller ").unwrap(), "Müller");
        assert_eq!(without_controls("Ada\u{202e} Lovelace\n"), "Ada Lovelace");
    }
}
