//! The service's CSV as a spreadsheet on this machine opens it in columns: with the mark by which it knows UTF-8, and with the separator that it splits
//! at. What the service made harmless stays so (A26).

use tenantry_model::ipc::CellSeparator;

use crate::error::Error;

/// Without it, a spreadsheet takes the text for one in the machine's old encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// A longer line, in bytes, is none of the service's.
const LONGEST_LINE: usize = 1024 * 1024;

pub(super) struct Spreadsheet {
    separator: CellSeparator,
    has_begun: bool,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
}

impl Spreadsheet {
    pub(super) const fn new(separator: CellSeparator) -> Self {
        Self { separator, has_begun: false, rest: vec![] }
    }

    /// What to write for this part of the service's text. A line that is not whole comes with a later part.
    pub(super) fn take(&mut self, part: &[u8]) -> Result<Vec<u8>, Error> {
        let mut text = if std::mem::replace(&mut self.has_begun, true) { vec![] } else { BYTE_ORDER_MARK.into() };
        if self.separator == CellSeparator::Comma {
            text.extend_from_slice(part);
            return Ok(text);
        }
        self.rest.extend_from_slice(part);
        let whole = memchr::memrchr(b'\n', &self.rest).map_or(0, |end| end + 1);
        for line in self.rest[..whole].split_inclusive(|byte| *byte == b'\n') {
            let line = std::str::from_utf8(line).map_err(|_| Error::NotAService("an export is no UTF-8".into()))?;
            text.extend_from_slice(with_semicolons(line.trim_end_matches(['\r', '\n'])).as_bytes());
        }
        self.rest.drain(..whole);
        if self.rest.len() > LONGEST_LINE {
            return Err(Error::NotAService("an export has a line without an end".into()));
        }
        Ok(text)
    }
}

fn with_semicolons(line: &str) -> String {
    let cells: Vec<String> = cells(line).iter().map(|cell| quoted(&neutral(cell))).collect();
    cells.join(";") + "\r\n"
}

/// The cells of a line of RFC 4180.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut is_quoted) = (vec![], String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            character => cell.push(character),
        }
    }
    cells.push(cell);
    cells
}

/// A spreadsheet that splits at commas all the same, whatever the quotes say, finds no formula behind one. The service has seen to those behind
/// semicolons, and to the beginning of each cell.
fn neutral(cell: &str) -> String {
    let mut parts = cell.split(',');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let is_word = part.strip_prefix(' ').unwrap_or(part).chars().next().is_none_or(char::is_alphanumeric);
        format!("{text},{}{part}", if is_word { "" } else { "'" })
    })
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', ';']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn semicolons(text: &str, part: usize) -> String {
        let mut sheet = Spreadsheet::new(CellSeparator::Semicolon);
        let parts: Vec<u8> = text.as_bytes().chunks(part).flat_map(|part| sheet.take(part).unwrap()).collect();
        String::from_utf8(parts).unwrap()
    }

    #[test]
    fn fault_9_15_cells_come_out_as_they_went_in_however_the_text_arrives() {
        let text = "a,b,c\r\nRole,\"Nacht, dienst\",Größe\r\n\"x;y\",\"say \"\"hi\"\"\",\r\n";
        let expected = "\u{feff}a;b;c\r\nRole;\"Nacht, dienst\";Größe\r\n\"x;y\";\"say \"\"hi\"\"\";\r\n";
        for part in [1, 2, 3, 7, 1_000] {
            assert_eq!(semicolons(text, part), expected, "{part}");
        }
    }

    #[test]
    fn fault_9_15_with_commas_it_is_the_services_text_behind_the_mark_of_utf_8() {
        let mut sheet = Spreadsheet::new(CellSeparator::Comma);
        assert_eq!([sheet.take(b"a,b\r").unwrap(), sheet.take(b"\n").unwrap()].concat(), "\u{feff}a,b\r\n".as_bytes());
    }

    #[test]
    fn a26_a_spreadsheet_that_splits_at_commas_finds_no_formula_behind_one_either() {
        for (cell, neutral_cell) in [
            ("Nord,=1+1", "Nord,'=1+1"),
            ("Nord, =1+1", "Nord,' =1+1"),
            ("Nord,\u{200b}=1", "Nord,'\u{200b}=1"),
            ("Nord,\"=1", "Nord,'\"=1"),
            ("Nord,-1,+2", "Nord,'-1,'+2"),
            ("Nord, Süd,1", "Nord, Süd,1"),
        ] {
            assert_eq!(neutral(cell), neutral_cell);
        }
    }

    #[test]
    fn what_is_no_text_or_has_no_lines_is_no_export() {
        let take = |bytes: &[u8]| Spreadsheet::new(CellSeparator::Semicolon).take(bytes);
        assert!(matches!(take(b"\xff\n"), Err(Error::NotAService(_))));
        assert!(matches!(take(&vec![b'a'; LONGEST_LINE + 1]), Err(Error::NotAService(_))));
    }
}
