//! What becomes of a file once all of it has arrived: checked, kept, and only then said to be there.

use tenantry_model::api::attachments::Upload;
use tenantry_model::attachment::{Attachment, FileName, FileType, Head};
use tenantry_model::problem::FieldCode;

use super::attempt;
use crate::attachments::{Content, Staged};
use crate::domain::incidents::attachments::{self, Place};
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::WriteRequest;

/// Nothing else adds to the file until this is done: it is `staged`'s alone.
pub(super) async fn keep(
    state: AppState,
    request: WriteRequest,
    place: Place,
    attachment: Attachment,
    mut staged: Staged,
) -> Result<Upload> {
    let content = staged.content().await?;
    if content.sha256 != attachment.sha256 {
        staged.clear().await?;
        let why = "what arrived is not what was announced: send it again from its beginning";
        return request.open(attempt(place)).await?.finish(Err(Error::field(FieldCode::FileDamaged, "#", why))).await;
    }
    let file_type = match claimed(&attachment.file_name, &content) {
        Ok(file_type) => file_type,
        Err(refused) => return give_up(&state, request, place, refused).await,
    };
    state.objects().put(place.id, staged.file()?, staged.path()).await?;
    match finish(request, place, file_type).await {
        Ok(upload) => {
            drop(staged);
            // What stays of it is swept away later.
            if let Err(error) = state.staging().remove(place.id).await {
                tracing::warn!(%error, "a file that is kept could not be deleted where it arrived");
            }
            Ok(upload)
        }
        Err(refused @ Error::Refused { .. }) => {
            // After any other error it is put there again with the next attempt, or is there already.
            if let Err(error) = delete_unless_ready(&state, place).await {
                tracing::warn!(%error, attachment = %place.id, "the content of an attachment that did not come to be stays in the store");
            }
            Err(refused)
        }
        Err(error) => Err(error),
    }
}

async fn finish(request: WriteRequest, place: Place, file_type: FileType) -> Result<Upload> {
    let mut write = request.open(attempt(place)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = attachments::finish(tx, caller, place, file_type).await;
    write.finish(outcome).await
}

/// What was put there belongs to nobody, unless an earlier request has ended the same upload: this one asked for the row before that.
async fn delete_unless_ready(state: &AppState, place: Place) -> Result<()> {
    if attachments::is_ready(state.store().read().await?.conn(), place.id).await? {
        return Ok(());
    }
    state.objects().delete(place.id).await
}

/// It is nothing that an attachment may be: it makes room for another one. Answers the refusal.
async fn give_up(state: &AppState, request: WriteRequest, place: Place, refused: Error) -> Result<Upload> {
    let mut write = request.open(attempt(place)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = match attachments::give_up(tx, caller, place).await {
        Ok(()) => write.ended(refused).await,
        Err(error) => write.finish(Err(error)).await,
    };
    // What stays of it is swept away later.
    if let Err(Error::Refused { .. }) = outcome
        && let Err(error) = state.staging().remove(place.id).await
    {
        tracing::warn!(%error, "what had arrived of a file that was refused could not be deleted yet");
    }
    outcome
}

/// The type by content, where that is what the name claims. Text that is called so is text, whatever its beginning looks like: logs begin with any
/// letters. A name without an extension claims nothing.
fn claimed(name: &str, content: &Content) -> Result<FileType> {
    const POINTER: &str = "#/fileName";
    let refused = |code, why: &str| Err(Error::field(code, POINTER, why));
    let extension = name.parse::<FileName>().ok().and_then(|name| name.extension());
    let claimed = extension.as_deref().map(FileType::claimed_by);
    let is_called_text = claimed == Some(Some(FileType::Text));
    let by_content = match content.head {
        _ if is_called_text && content.is_text => FileType::Text,
        Head::Is(kind) => kind,
        Head::SaysNothing | Head::IsOther if content.is_text => FileType::Text,
        Head::SaysNothing | Head::IsOther => {
            return refused(FieldCode::FileTypeRefused, "by its content it is neither a picture nor a video nor a log");
        }
    };
    match claimed {
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
        let code = |name: &str, head, is_text| match claimed(name, &Content { sha256: String::new(), head, is_text }) {
            Ok(kind) => kind.as_str(),
            Err(Error::Refused { errors, .. }) => errors[0].code().unwrap().as_str(),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(code("a.JPG", Head::Is(FileType::Jpeg), false), "jpeg");
        assert_eq!(code("pasted", Head::Is(FileType::Png), false), "png");
        assert_eq!(code("teams.log.4", Head::SaysNothing, true), "text");
        assert_eq!(code("a.png", Head::Is(FileType::Jpeg), false), "file-type-differs");
        assert_eq!(code("a.png", Head::SaysNothing, true), "file-type-differs");
        assert_eq!(code("a.exe", Head::SaysNothing, true), "file-type-differs");
        assert_eq!(code("a.png", Head::SaysNothing, false), "file-type-refused");
        assert_eq!(code("a.log", Head::IsOther, false), "file-type-refused");
        // A log whose first letters are the mark of something else.
        assert_eq!(code("bmc.log", Head::Is(FileType::Bmp), true), "text");
        assert_eq!(code("mz.txt", Head::IsOther, true), "text");
        assert_eq!(code("messages", Head::IsOther, true), "text");
        assert_eq!(code("a.log", Head::Is(FileType::Bmp), false), "file-type-differs");
        assert_eq!(code("a.bmp", Head::Is(FileType::Bmp), true), "bmp");
    }
}
