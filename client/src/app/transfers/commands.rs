//! The window's commands about files that incidents have.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tenantry_model::attachment::{Attachment, AttachmentState, FileType, Head};
use tenantry_model::ipc::{AttachmentRef, IpcError, LARGEST_SHOWN, SaveArgs, SavedAttachment, ShownPicture};

use super::fetching::{self, Sink, fetch};
use crate::app::draft_file::{DraftFile, blocking};
use crate::app::engine::Engine;
use crate::error::Error;

impl Engine {
    pub async fn save_attachment(&self, SaveArgs { form, attachment: at }: SaveArgs) -> Result<SavedAttachment, IpcError> {
        let (account, folder) = (self.shared.account().await?, self.downloads()?);
        let attachment = self.attachment(at).await?;
        let ended = account.transfers.fetch(form, at, &attachment);
        self.shared.transfers_changed();
        let saved = async {
            // All that is written goes there: what fails is that folder's.
            let in_folder = |error| match error {
                Error::Io(cause) => Error::Downloads { folder: folder.clone(), cause },
                error => error,
            };
            let place = folder.clone();
            let draft = blocking(move || DraftFile::new(&place)).await.map_err(in_folder)?;
            // Each percent is told, and not each of many thousand parts.
            let percent = AtomicU64::new(0);
            let told = |arrived: u64| {
                account.transfers.moved(form, None, arrived);
                let now = arrived.saturating_mul(100) / attachment.size.max(1);
                if percent.swap(now, Ordering::Relaxed) != now {
                    self.shared.transfers_changed();
                }
            };
            match fetch(&account, (at.incident, &attachment), Sink::File(draft), told).await.map_err(in_folder)? {
                Sink::File(draft) => fetching::save(draft, &folder, &attachment.file_name).await.map_err(in_folder),
                Sink::Memory(_) => Err(Error::Cut),
            }
        };
        let saved = tokio::select! {
            saved = saved => saved,
            () = ended.cancelled() => Err(Error::Cancelled),
        };
        account.transfers.end(form);
        self.shared.transfers_changed();
        let path = saved?;
        self.shared.state().export_folder = Some(folder);
        Ok(SavedAttachment { path: path.display().to_string() })
    }

    pub async fn show_attachment(&self, at: AttachmentRef) -> Result<ShownPicture, IpcError> {
        let account = self.shared.account().await?;
        let attachment = self.attachment(at).await?;
        let shown = attachment.file_type.and_then(|kind| Some((kind, kind.shown_as()?))).filter(|_| attachment.size <= LARGEST_SHOWN);
        let (kind, media_type) = shown.ok_or_else(|| Error::Invalid("this file is no picture that can be shown: save it".into()))?;
        match fetch(&account, (at.incident, &attachment), Sink::Memory(vec![]), |_| {}).await? {
            // By its content, whatever the service calls it.
            Sink::Memory(content) if FileType::of_head(&content) == Head::Is(kind) => {
                Ok(ShownPicture { media_type: media_type.to_owned(), base64: BASE64.encode(content) })
            }
            _ => Err(Error::FileDamaged.into()),
        }
    }

    /// An attachment that can be read, as this device knows it: the window names it, and says nothing about it.
    async fn attachment(&self, at: AttachmentRef) -> Result<Attachment, IpcError> {
        let detail = self.get_incident(at.incident).await?;
        let found = detail.incident.attachments.into_iter().find(|attachment| attachment.id == at.id);
        found.filter(|attachment| attachment.state == AttachmentState::Ready).ok_or_else(|| Error::NotFound.into())
    }
}
