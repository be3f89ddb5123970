//! Text that people and devices write, within bounds.

use tenantry_model::name::{LONGEST_DESCRIPTION, LONGEST_NAME, is_name};
use tenantry_model::problem::FieldCode;
use unicode_normalization::UnicodeNormalization as _;

use crate::error::{Error, Result};

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
    short_name_at(pointer, value, LONGEST_NAME)
}

/// As [`name_at`], of at most `most` characters.
pub(crate) fn short_name_at(pointer: &str, value: &str, most: usize) -> Result<String> {
    checked(value, most).map_err(|rule| Error::field(FieldCode::NameInvalid, pointer, rule))
}

/// The text as it is kept, or what it would have to be.
fn checked(value: &str, most: usize) -> std::result::Result<String, String> {
    let value = tidied(value);
    if is_name(&value, most) {
        return Ok(value);
    }
    Err(format!("1 to {most} characters with something to be seen, and no control characters, also none that turn the direction of text"))
}

/// Several lines as they are kept: 1 to `most` characters, line ends being line feeds. A refusal names the field by its place in the request.
pub(crate) fn lines_at(pointer: &str, value: &str, most: usize) -> Result<String> {
    let value = tidied(&value.replace("\r\n", "\n"));
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    let refused = |code, why: String| Err(Error::field(code, pointer, why));
    match value.chars().count() {
        0 => refused(FieldCode::TextEmpty, "something must be written here".to_owned()),
        long if long > most => refused(FieldCode::TextTooLong, format!("at most {most} characters, not {long}")),
        _ if value.chars().any(control) => refused(FieldCode::TextInvalid, "no control characters but line ends and tabs".to_owned()),
        _ => Ok(value),
    }
}

/// What something is for, of as many lines as it takes, or of none. A refusal names the field by its place in the request.
pub(crate) fn description_at(pointer: &str, text: &str) -> Result<()> {
    if text.chars().count() > LONGEST_DESCRIPTION || text.chars().any(|c| c.is_control() && c != '\n') {
        let why = format!("at most {LONGEST_DESCRIPTION} characters, and no control characters");
        return Err(Error::field(FieldCode::DescriptionInvalid, pointer, why));
    }
    Ok(())
}

/// The first names of so many, and how many more there are, as the log says them; none where there are none.
pub(crate) fn some_names(mut names: Vec<String>, of: usize) -> Option<String> {
    if of > names.len() {
        names.push(format!("+ {}", of - names.len()));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// A name that comes from elsewhere and cannot be refused, such as that of a token: without what no name may have.
pub(crate) fn without_controls(value: &str) -> String {
    tidied(&value.chars().filter(|c| !c.is_control() && !tenantry_model::name::steers(*c)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r83_lines_are_kept_within_bounds_and_a_refusal_says_what_is_wrong() {
        assert_eq!(lines_at("#/text", " a\r\nb\tc ", 5).unwrap(), "a\nb\tc");
        let refused = |value: &str| match lines_at("#/text", value, 5).unwrap_err() {
            Error::Refused { errors, .. } => (errors[0].code().unwrap(), errors[0].pointer.clone()),
            error => panic!("{error}"),
        };
        for (value, code) in [
            ("", FieldCode::TextEmpty),
            (" \n\t ", FieldCode::TextEmpty),
            ("123456", FieldCode::TextTooLong),
            ("a\u{0}b", FieldCode::TextInvalid),
            ("a\rb", FieldCode::TextInvalid),
        ] {
            assert_eq!(refused(value), (code, "#/text".to_owned()), "{value:?}");
        }
        assert_eq!(lines_at("#/text", "👩‍🔧👩‍🔧", 6).unwrap(), "👩‍🔧👩‍🔧", "characters, not bytes");
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(name("x", " Mu\u{308}ller ").unwrap(), "Müller");
        assert_eq!(without_controls("Ada\u{202e} Lovelace\n"), "Ada Lovelace");
    }
}
