//! The eight-column export as RFC 4180 text (R111), safe to be opened in a spreadsheet (A26).

use tenantry_model::audit::{AUDIT_COLUMNS, AuditRecord};
use tenantry_model::name::is_visible;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

pub fn header() -> String {
    joined(&AUDIT_COLUMNS.map(str::to_owned))
}

/// A record's line. It is one line whatever a name holds: readers that split at line ends before they look at quotes agree with those that do
/// not.
pub fn line(record: &AuditRecord) -> String {
    let or_empty = |id: Option<String>| id.unwrap_or_default();
    joined(&[
        record.category.to_string(),
        record.object_name.clone(),
        record.operation.to_string(),
        record.result_status.to_string(),
        record.tenant_id.to_string(),
        record.creation_time.to_string(),
        or_empty(record.user_id.map(|id| id.to_string())),
        or_empty(record.user_tenant_id.map(|id| id.to_string())),
    ])
}

/// A line of these cells, whatever they hold.
pub(in crate::domain) fn joined(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| quoted(&neutral(text))).collect();
    cells.join(",") + "\r\n"
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', ';']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The text as a cell that is only ever text: a spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula, and an apostrophe in
/// front tells it not to. Line ends and tabs become spaces, other control characters and those that turn the direction of writing
/// around become `�`.
///
/// In countries where the comma is for decimals, spreadsheets split lines at semicolons, whatever the quotes say: so what follows one is
/// treated as the beginning of a cell too.
fn neutral(text: &str) -> String {
    let parts: Vec<String> = text.split(';').map(|part| format!("{}{}", if is_formula(part) { "'" } else { "" }, part)).collect();
    parts.join(";").chars().map(printable).collect()
}

/// Whether a spreadsheet may take it for a formula; what it may skip or trim on the way there does not help.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r']) || text.trim_start_matches(is_skipped).starts_with(is_trigger)
}

/// Whether it begins a formula, or does so once it is brought to its plain form (NFKC), as full-width, small and raised ones are; and the minus
/// sign, which some take for a hyphen.
fn is_trigger(c: char) -> bool {
    std::iter::once(c).nfkc().next().is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\u{2212}'))
}

/// Whether nothing is to be seen of it where it stands first. Marks are drawn onto what comes before them.
fn is_skipped(c: char) -> bool {
    c == '"' || !is_visible(c) || is_combining_mark(c) || matches!(c, '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}')
}

const fn turns_around(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn printable(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() || turns_around(c) => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
