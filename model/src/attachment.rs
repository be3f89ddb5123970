//! Files that are added to incidents (R82): pictures, videos, logs.

mod file_name;
mod file_type;
mod lacking;

use serde::{Deserialize, Serialize};

pub use self::file_name::{FileName, LONGEST_FILE_NAME, NotAFileName};
pub use self::file_type::{FileKind, FileType, Head};
pub use self::lacking::{HEAD, lack, lack_of_head};
use crate::id::AttachmentId;
use crate::time::Timestamp;
use crate::word::words;

/// The largest attachment, in bytes: 50 MiB.
pub const LARGEST_ATTACHMENT: u64 = 50 * 1024 * 1024;
/// The most attachments of one incident.
pub const MOST_ATTACHMENTS: usize = 20;

words! {
    /// Whether an attachment can be read.
    AttachmentState = "a state of an attachment" {
        /// It is still being sent.
        Uploading = "uploading",
        /// It is whole, and was checked.
        Ready = "ready",
    }
}

/// A file that was added to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// What its sender calls it; never a path.
    pub file_name: String,
    /// How long it is, in bytes.
    pub size: u64,
    /// When it was added.
    pub date: Timestamp,
    /// Whether it can be read.
    pub state: AttachmentState,
    /// What its content is; none while it is still being sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_type: Option<FileType>,
    /// The SHA-256 of its content, in 64 hexadecimal digits.
    pub sha256: String,
    /// Who added it: a name.
    pub author: String,
}

/// Whether this is a SHA-256 as [`Attachment::sha256`] has it.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r82_a_hash_has_one_spelling() {
        assert!(is_sha256(&"0123456789abcdef".repeat(4)));
        for bad in ["", "abc", &"0123456789ABCDEF".repeat(4), &"g".repeat(64), &"0".repeat(65)] {
            assert!(!is_sha256(bad), "{bad}");
        }
    }
}
