//! What an attachment may be called: a name, and never a path.

use std::str::FromStr;

use crate::name::is_name;

/// The longest name of an attachment, in bytes of UTF-8: every system can store it, also with a number behind it.
pub const LONGEST_FILE_NAME: usize = 200;

/// What Windows gives to devices, whatever the extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// What Windows reads to show a folder.
const FOLDER_SETTINGS: &str = "desktop.ini";

/// Why a text cannot be the name of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a file's name has 1 to 200 bytes with something to be seen, no slash or backslash, and no control characters, also none that turn the direction of text"
)]
pub struct NotAFileName;

/// The name of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// The name as its sender wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it says its content is: what follows the last point, in small letters. Log files that were put aside are numbered behind that
    /// (`teams.log.3`): a number is no extension.
    pub fn extension(&self) -> Option<String> {
        let parts =
            self.0.split('.').skip(1).filter(|part| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
        parts.last().map(str::to_lowercase)
    }

    /// The name as a file of any system can have it: without what Windows keeps for itself, and hidden nowhere.
    pub fn for_disk(&self) -> String {
        let kept: String = self.0.chars().map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }).collect();
        let kept = kept.trim_end_matches(['.', ' ']);
        let stem = kept.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        // Windows takes these three superscripts for digits.
        let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
        let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(is_digit));
        let is_reserved =
            DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") || kept.eq_ignore_ascii_case(FOLDER_SETTINGS);
        if is_reserved || kept.starts_with('.') || kept.is_empty() { format!("_{kept}") } else { kept.to_owned() }
    }
}

impl FromStr for FileName {
    type Err = NotAFileName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let is_path = text.contains(['/', '\\']) || text.chars().all(|c| c == '.');
        if is_path || text.len() > LONGEST_FILE_NAME || !is_name(text, LONGEST_FILE_NAME) {
            Err(NotAFileName)
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> FileName {
        text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
    }

    #[test]
    fn r82_a_name_is_never_a_path_and_nothing_in_it_is_hidden() {
        for good in ["a.png", " Büro 3 – links.JPG ", "日本.log", "no extension", &"x".repeat(200)] {
            assert!(good.parse::<FileName>().is_ok(), "{good:?}");
        }
        let too_long = ["x".repeat(201), "ä".repeat(101)];
        let bad = ["", " ", ".", "..", "...", "../a.png", "a/b.png", "C:\\a.png", "a\u{0}.png", "a\nb.png", "a\u{202e}gnp.exe", "\u{200b}"];
        for bad in bad.into_iter().chain(too_long.iter().map(String::as_str)) {
            assert_eq!(bad.parse::<FileName>(), Err(NotAFileName), "{bad:?}");
        }
    }

    #[test]
    fn r82_the_extension_is_what_the_name_claims_and_a_number_claims_nothing() {
        for (text, extension) in [
            ("a.PNG", Some("png")),
            ("a.tar.gz", Some("gz")),
            ("teams.log.3", Some("log")),
            ("teams.log.2026-03-01", Some("log")),
            ("messages", None),
            ("messages.1", None),
            ("a.", None),
            ("photo.png.exe", Some("exe")),
        ] {
            assert_eq!(name(text).extension().as_deref(), extension, "{text}");
        }
    }

    #[test]
    fn r82_what_windows_keeps_for_itself_is_no_name_on_any_disk() {
        for (text, on_disk) in [
            ("a.png", "a.png"),
            ("a:b?.png", "a_b_.png"),
            ("con.log", "_con.log"),
            ("COM1", "_COM1"),
            ("LPT9.log", "_LPT9.log"),
            ("COM¹.log", "_COM¹.log"),
            ("lpt³", "_lpt³"),
            ("COM12.log", "COM12.log"),
            ("CONIN$.log", "_CONIN$.log"),
            ("conout$", "_conout$"),
            ("Desktop.ini", "_Desktop.ini"),
            ("desktop.ini.log", "desktop.ini.log"),
            ("comma.log", "comma.log"),
            (".bashrc", "_.bashrc"),
            ("a.log. .", "a.log"),
        ] {
            assert_eq!(name(text).for_disk(), on_disk, "{text}");
        }
    }
}
