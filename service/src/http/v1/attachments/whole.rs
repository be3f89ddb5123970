//! What becomes of a file once all of it has arrived: checked, kept, and only then said to be there.

use tenantry_model::api::attachments::Upload;
use tenantry_model::attachment::{Attachment, FileName, FileType};
use tenantry_model::problem::FieldCode;

use super::attempt;
use crate::attachments::{Content, Staged, Untaken, inspect};
use crate::domain::incidents::attachments::{self, Place};
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::WriteRequest;

/// Nothing else adds to the file until this is done: it is `staged`'s alone.
pub(super) async fn keep(state: AppState, request: WriteRequest, place: Place, attachment: Attachment, staged: Staged) -> Result<Upload> {
    let file = staged.file()?;
    let inspected = tokio::task::spawn_blocking(move || inspect(file)).await;
    let content = inspected.map_err(std::io::Error::from).and_then(|done| done);
    let Content { sha256, file_type } = content.map_err(|error| Error::Internal(format!("a file that arrived cannot be read: {error}")))?;
    if sha256 != attachment.sha256 {
        staged.clear().await?;
        return Err(Error::field(FieldCode::FileDamaged, "#", "what arrived is not what was announced: send it again from its beginning"));
    }
    let file_type = match claimed(&attachment.file_name, file_type) {
        Ok(file_type) => file_type,
        Err(refused) => {
            give_up(&state, request, place).await?;
            return Err(refused);
        }
    };
    state.objects().put(place.id, staged.file()?).await?;
    let mut write = request.open(attempt(place)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = attachments::finish(tx, caller, place, file_type).await;
    match write.finish(outcome).await {
        Ok(upload) => {
            drop(staged);
            // What stays of it is swept away later.
            if let Err(error) = state.staging().remove(place.id).await {
                tracing::warn!(%error, "a file that is kept could not be deleted where it arrived");
            }
            Ok(upload)
        }
        Err(refused @ Error::Refused { .. }) => {
            // It will not come to be. After any other error it is put there again with the next attempt, or is there already.
            if let Err(error) = state.objects().delete(place.id).await {
                tracing::warn!(%error, attachment = %place.id, "the content of an attachment that did not come to be stays in the store");
            }
            Err(refused)
        }
        Err(error) => Err(error),
    }
}

/// It is nothing that an attachment may be: it makes room for another one.
async fn give_up(state: &AppState, request: WriteRequest, place: Place) -> Result<()> {
    let mut write = request.open(attempt(place)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = attachments::give_up(tx, caller, place).await;
    write.finish(outcome).await?;
    state.staging().remove(place.id).await
}

/// The type by content, where that is what the name claims; a name without an extension claims nothing.
fn claimed(name: &str, by_content: Result<FileType, Untaken>) -> Result<FileType> {
    const POINTER: &str = "#/fileName";
    let refused = |code, why: &str| Err(Error::field(code, POINTER, why));
    let Ok(by_content) = by_content else {
        return refused(FieldCode::FileTypeRefused, "by its content it is neither a picture nor a video nor a log");
    };
    let extension = name.parse::<FileName>().ok().and_then(|name| name.extension());
    match extension.as_deref().map(FileType::claimed_by) {
        None => Ok(by_content),
        Some(Some(claimed)) if claimed == by_content => Ok(by_content),
        Some(_) => refused(FieldCode::FileTypeDiffers, "its content is of another type than its name says"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r82_a_name_must_claim_what_the_content_is() {
        let code = |name: &str, by_content| match claimed(name, by_content) {
            Ok(kind) => kind.as_str(),
            Err(Error::Refused { errors, .. }) => errors[0].code().unwrap().as_str(),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(code("a.JPG", Ok(FileType::Jpeg)), "jpeg");
        assert_eq!(code("pasted", Ok(FileType::Png)), "png");
        assert_eq!(code("teams.log.4", Ok(FileType::Text)), "text");
        assert_eq!(code("a.png", Ok(FileType::Jpeg)), "file-type-differs");
        assert_eq!(code("a.exe", Ok(FileType::Text)), "file-type-differs");
        assert_eq!(code("a.png", Err(Untaken)), "file-type-refused");
    }
}
