//! The content of attachments: received in parts, checked, kept and read back. Rows and rights are [`crate::domain::incidents::attachments`]'s.
//!
//! 1. [`staging`]: what has arrived of a file that is not whole yet. 2. [`content`]: what a whole file is, by its content. 3. [`objects`]: where
//!    whole files are kept: a folder, or anything that speaks S3.

mod content;
mod objects;
mod staging;

pub(crate) use content::{Content, Untaken, inspect};
pub use objects::Objects;
pub(crate) use staging::{Staged, Staging};
