//! The content of attachments: received in parts, checked, kept and read back. Rows and rights are [`crate::domain::incidents::attachments`]'s.
//!
//! 1. [`staging`]: what has arrived of a file that is not whole yet. 2. [`content`]: what a file is, by its content, seen as it arrives. 3. [`objects`]: where
//!    whole files are kept: a folder, or anything that speaks S3. 4. [`deleting`]: what becomes of content whose row is gone.

mod content;
mod deleting;
mod objects;
mod staging;

pub(crate) use content::Content;
pub(crate) use deleting::delete_content;
pub use objects::Objects;
pub(crate) use staging::{Staged, Staging};
