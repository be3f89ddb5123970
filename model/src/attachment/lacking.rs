//! Which files are no attachments, by their name and length alone.

use super::{FileName, FileType, LARGEST_ATTACHMENT};
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
