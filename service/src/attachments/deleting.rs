//! Deletes content whose row is gone.

use tenantry_model::id::AttachmentId;

use super::{Objects, Staging};
use crate::error::Result;

/// Deletes all that there is of an attachment that did not come to be: an attempt to keep it may have put its content into the store and ended before
/// the row said so. What had arrived goes last: while it lies there, the sweep looks at this attachment again.
pub(crate) async fn delete_content(objects: &Objects, staging: &Staging, id: AttachmentId) -> Result<()> {
    objects.delete(id).await?;
    staging.remove(id).await
}
