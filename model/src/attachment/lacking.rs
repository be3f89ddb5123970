//! Which files are no attachments, by their name and length alone.

use super::{FileName, FileType, Head, LARGEST_ATTACHMENT};
use crate::problem::FieldCode;

/// Why a file of this name and length, in bytes, cannot be an attachment; none where that says nothing against it.
pub fn lack(name: &str, size: u64) -> Option<FieldCode> {
    let Ok(name) = name.parse::<FileName>() else { return Some(FieldCode::FileNameInvalid) };
    if name.extension().is_some_and(|extension| FileType::claimed_by(&extension).is_none()) {
        Some(FieldCode::FileTypeRefused)
    } else if size == 0 {
        Some(FieldCode::FileEmpty)
    } else if size > LARGEST_ATTACHMENT {
        Some(FieldCode::FileTooLarge)
    } else {
        None
    }
}

/// Why a file of this name that begins so cannot be an attachment. Of text all must be looked at, and a name without an extension claims nothing: neither is
/// judged here. Up to [`HEAD`] bytes are looked at.
pub fn lack_of_head(name: &str, head: &[u8]) -> Option<FieldCode> {
    let head = &head[..head.len().min(HEAD)];
    let claimed = name.parse::<FileName>().ok()?.extension().and_then(|extension| FileType::claimed_by(&extension))?;
    match FileType::of_head(head) {
        _ if claimed == FileType::Text => None,
        Head::Is(kind) if kind == claimed => None,
        Head::Is(_) => Some(FieldCode::FileTypeDiffers),
        // Nothing that can be read has these.
        Head::SaysNothing | Head::IsOther if head.contains(&0) => Some(FieldCode::FileTypeRefused),
        Head::SaysNothing | Head::IsOther => Some(FieldCode::FileTypeDiffers),
    }
}

/// How many bytes the beginning of a file is judged by, as the service does.
pub const HEAD: usize = 256 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r82_a_file_that_lies_about_its_type_is_known_by_its_beginning() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        for (name, head, lack) in [
            ("a.png", &png[..], None),
            ("a.jpg", png, Some(FieldCode::FileTypeDiffers)),
            ("a.png", b"<script>alert(1)</script>", Some(FieldCode::FileTypeDiffers)),
            ("a.png", b"MZ\x90\0\x03\0\0\0", Some(FieldCode::FileTypeRefused)),
            ("a.log", b"MZ and more", None),
            ("pasted", png, None),
        ] {
            assert_eq!(lack_of_head(name, head), lack, "{name}");
        }
    }
}
