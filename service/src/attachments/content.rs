//! What a whole file is: its hash, and its type by its content.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use sha2::{Digest as _, Sha256};
use tenantry_model::attachment::{FileType, Head};

/// How much is read at once; types are told by less.
const BLOCK: usize = 256 * 1024;

/// Why no attachment has such content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Untaken;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) sha256: String,
    pub(crate) file_type: Result<FileType, Untaken>,
}

/// Reads all of a file. It blocks.
pub(crate) fn inspect(mut file: File) -> io::Result<Content> {
    file.rewind()?;
    let (mut hash, mut text, mut head) = (Sha256::new(), TextCheck::default(), None);
    let mut block = vec![0; BLOCK];
    loop {
        let read = read_full(&mut file, &mut block)?;
        if read == 0 {
            break;
        }
        hash.update(&block[..read]);
        let head = *head.get_or_insert_with(|| FileType::of_head(&block[..read]));
        if head == Head::SaysNothing {
            text.take(&block[..read]);
        }
    }
    let file_type = match head.unwrap_or(Head::IsOther) {
        Head::Is(kind) => Ok(kind),
        Head::SaysNothing if text.is_text() => Ok(FileType::Text),
        Head::SaysNothing | Head::IsOther => Err(Untaken),
    };
    Ok(Content { sha256: hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), file_type })
}

fn read_full(file: &mut File, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < block.len() {
        match file.read(&mut block[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// Whether what is read, block by block, is text all through: UTF-8, or UTF-16 that says so at its beginning, as logs of Windows are. No control
/// characters but those that logs have.
#[derive(Debug, Default)]
struct TextCheck {
    encoding: Option<Encoding>,
    /// The beginning of a character whose rest is in the next block.
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
            _ => Encoding::Utf8,
        });
        let mut bytes = std::mem::take(&mut self.begun);
        bytes.extend_from_slice(block);
        let rest = match encoding {
            Encoding::Utf8 => utf8(&bytes),
            Encoding::Utf16Le => utf16(&bytes, u16::from_le_bytes),
            Encoding::Utf16Be => utf16(&bytes, u16::from_be_bytes),
        };
        match rest {
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
fn utf8(bytes: &[u8]) -> Option<usize> {
    let whole = match std::str::from_utf8(bytes) {
        Ok(_) => bytes.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return None,
    };
    let text = std::str::from_utf8(bytes.get(..whole)?).ok()?;
    text.chars().all(is_of_text).then_some(whole)
}

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

    fn file_type(bytes: &[u8]) -> Result<FileType, Untaken> {
        inspected(bytes).file_type
    }

    fn in_utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn r82_text_is_what_is_text_to_its_end() {
        let long = format!("{}ä€👩‍🔧\r\n", "x".repeat(BLOCK - 1)).repeat(3);
        for good in ["a", "Kamera 2 fehlt\n", "\u{feff}with a mark", "\u{1b}[31mred\u{1b}[0m", "<script>alert(1)</script>", &long] {
            assert_eq!(file_type(good.as_bytes()), Ok(FileType::Text), "{:.40?}", good);
            assert_eq!(file_type(&in_utf16(good, u16::to_le_bytes)), Ok(FileType::Text), "{:.40?} in UTF-16", good);
            assert_eq!(file_type(&in_utf16(good, u16::to_be_bytes)), Ok(FileType::Text), "{:.40?} in UTF-16", good);
        }
        // A pair of UTF-16 on both sides of a block's end.
        let split = format!("{}👩‍🔧", "x".repeat(BLOCK / 2 - 2));
        assert_eq!(file_type(&in_utf16(&split, u16::to_le_bytes)), Ok(FileType::Text));

        let mut late = vec![b'x'; BLOCK * 2];
        late.push(0);
        let mut cut = "ä".repeat(BLOCK).into_bytes();
        cut.pop();
        let lone: Vec<u8> = [0xfeff, 0x61, 0xdc00].into_iter().flat_map(u16::to_le_bytes).collect();
        let mut odd = in_utf16("ab", u16::to_le_bytes);
        odd.push(b'x');
        for bad in [&b"\x01\x02"[..], b"a\0b", b"caf\xe9", &late, &cut, &lone, &odd, b""] {
            assert_eq!(file_type(bad), Err(Untaken), "{} bytes", bad.len());
        }
    }

    #[test]
    fn r82_what_a_head_says_counts_whatever_follows() {
        assert_eq!(file_type(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"), Ok(FileType::Png));
        assert_eq!(file_type(b"MZ\x90\0\x03\0\0\0"), Err(Untaken));
        let content = inspected(b"abc");
        assert_eq!(content.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
