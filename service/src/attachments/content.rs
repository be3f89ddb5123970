//! What a file is, by its content: its hash and its type, gathered as it arrives or read from all of it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use sha2::{Digest as _, Sha256};
use tenantry_model::attachment::{FileType, Head};

/// How much is read at once, and how much of a beginning is looked at together; types are told by less.
const BLOCK: usize = 256 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) sha256: String,
    /// What its beginning says.
    pub(crate) head: Head,
    /// Whether all of it can be read, whatever its beginning looks like.
    pub(crate) is_text: bool,
}

/// Reads all of a file. It blocks.
pub(crate) fn inspect(mut file: File) -> io::Result<Content> {
    file.rewind()?;
    let mut inspection = Inspection::default();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok(inspection.finish()),
            Ok(read) => inspection.take(&block[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// What is known of a file as far as it was seen.
#[derive(Debug, Default)]
pub(crate) struct Inspection {
    len: u64,
    hash: Sha256,
    text: TextCheck,
    head: Option<Head>,
    /// The beginning, until enough of it has come to say what it is.
    beginning: Vec<u8>,
}

impl Inspection {
    /// How much was seen.
    pub(crate) const fn len(&self) -> u64 {
        self.len
    }

    /// Takes the bytes that come next.
    pub(crate) fn take(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
        self.hash.update(bytes);
        if self.head.is_some() {
            return self.text.take(bytes);
        }
        self.beginning.extend_from_slice(bytes);
        if self.beginning.len() >= BLOCK {
            self.begin();
        }
    }

    fn begin(&mut self) {
        let beginning = std::mem::take(&mut self.beginning);
        self.head = Some(FileType::of_head(&beginning));
        self.text.take(&beginning);
    }

    /// All of it was seen.
    pub(crate) fn finish(mut self) -> Content {
        if !self.beginning.is_empty() {
            self.begin();
        }
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Content { sha256, head: self.head.unwrap_or(Head::SaysNothing), is_text: self.text.is_text() }
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// UTF-8, or any other in which bytes below 0x80 are ASCII, as Windows-1252: which one, logs do not say.
    Ascii,
    Utf16Le,
    Utf16Be,
}

/// Whether what is read, block by block, is text all through: in an encoding that extends ASCII, or UTF-16 that says so at its beginning, as logs of
/// Windows are. No control characters but those that logs have.
#[derive(Debug, Default)]
struct TextCheck {
    encoding: Option<Encoding>,
    /// The beginning of a character of UTF-16 whose rest is in the next block.
    begun: Vec<u8>,
    is_none: bool,
}

impl TextCheck {
    fn take(&mut self, block: &[u8]) {
        if self.is_none {
            return;
        }
        let encoding = *self.encoding.get_or_insert(match block {
            [0xff, 0xfe, ..] => Encoding::Utf16Le,
            [0xfe, 0xff, ..] => Encoding::Utf16Be,
            _ => Encoding::Ascii,
        });
        match encoding {
            Encoding::Ascii => self.is_none = !block.iter().all(|byte| !byte.is_ascii() || is_of_text(char::from(*byte))),
            Encoding::Utf16Le => self.take_utf16(block, u16::from_le_bytes),
            Encoding::Utf16Be => self.take_utf16(block, u16::from_be_bytes),
        }
    }

    fn take_utf16(&mut self, block: &[u8], unit: fn([u8; 2]) -> u16) {
        let mut bytes = std::mem::take(&mut self.begun);
        bytes.extend_from_slice(block);
        match utf16(&bytes, unit) {
            Some(whole) => self.begun = bytes.split_off(whole),
            None => self.is_none = true,
        }
    }

    fn is_text(&self) -> bool {
        !self.is_none && self.begun.is_empty() && self.encoding.is_some()
    }
}

/// Whether logs have this character: a tab, line ends, a page end, and the escape that terminals colour with, but no other control character.
fn is_of_text(c: char) -> bool {
    !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}')
}

/// How many of these bytes are whole characters of text; none where something else is among them.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<usize> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    let mut whole = units.len();
    // The first half of a pair, whose second is in the next block.
    if units.last().is_some_and(|last| (0xd800..0xdc00).contains(last)) {
        whole -= 1;
    }
    let is_text = char::decode_utf16(units[..whole].iter().copied()).all(|c| c.is_ok_and(is_of_text));
    is_text.then_some(whole * 2)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn inspected(bytes: &[u8]) -> Content {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        inspect(file).unwrap()
    }

    fn is_text(bytes: &[u8]) -> bool {
        inspected(bytes).is_text
    }

    fn in_utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn r82_text_is_what_is_text_to_its_end() {
        let long = format!("{}ä€👩‍🔧\r\n", "x".repeat(BLOCK - 1)).repeat(3);
        for good in ["a", "Kamera 2 fehlt\n", "\u{feff}with a mark", "\u{1b}[31mred\u{1b}[0m", "<script>alert(1)</script>", &long] {
            assert!(is_text(good.as_bytes()), "{good:.40?}");
            assert!(is_text(&in_utf16(good, u16::to_le_bytes)), "{good:.40?} in UTF-16");
            assert!(is_text(&in_utf16(good, u16::to_be_bytes)), "{good:.40?} in UTF-16");
        }
        // A pair of UTF-16 on both sides of a block's end.
        let split = format!("{}👩‍🔧", "x".repeat(BLOCK / 2 - 2));
        assert!(is_text(&in_utf16(&split, u16::to_le_bytes)));
        // Windows-1252, and a log that was cut off within a character of UTF-8.
        let mut cut = "ä".repeat(BLOCK).into_bytes();
        cut.pop();
        for good in [&b"Ger\xe4t \x80 5 \x96 fehlt\r\n"[..], &cut] {
            assert!(is_text(good), "{} bytes", good.len());
        }

        let mut late = vec![b'x'; BLOCK * 2];
        late.push(0);
        let lone: Vec<u8> = [0xfeff, 0x61, 0xdc00].into_iter().flat_map(u16::to_le_bytes).collect();
        let mut odd = in_utf16("ab", u16::to_le_bytes);
        odd.push(b'x');
        for bad in [&b"\x01\x02"[..], b"a\0b", b"caf\xe9\x07", b"a\x7f", &late, &lone, &odd, b""] {
            assert!(!is_text(bad), "{} bytes", bad.len());
        }
    }

    #[test]
    fn r82_what_a_head_says_and_whether_it_is_text_are_two_things() {
        let picture = inspected(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0");
        assert_eq!((picture.head, picture.is_text), (Head::Is(FileType::Png), false));
        let program = inspected(b"MZ\x90\0\x03\0\0\0");
        assert_eq!((program.head, program.is_text), (Head::IsOther, false));
        for log in [&b"BMC 4.1: fan 2 failed\n"[..], b"MZ-1 rebooted\n", b"%PDF export failed\n", b"Rar! is missing\n"] {
            assert!(is_text(log), "{}", String::from_utf8_lossy(log));
        }
        assert_eq!(inspected(b"abc").sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn r82_in_whatever_parts_a_file_arrives_it_is_what_it_is() {
        let long = "ä".repeat(BLOCK);
        let utf16 = in_utf16(&format!("{}👩", "x".repeat(BLOCK)), u16::to_le_bytes);
        let mut late = long.clone().into_bytes();
        late.push(0);
        for content in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"[..], b"", b"a", long.as_bytes(), &utf16, &late] {
            for part in [1, 3, BLOCK - 1, BLOCK, BLOCK + 1] {
                let mut inspection = Inspection::default();
                content.chunks(part).for_each(|part| inspection.take(part));
                assert_eq!((inspection.len(), inspection.finish()), (content.len() as u64, inspected(content)), "in parts of {part}");
            }
        }
    }
}
