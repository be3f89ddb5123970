//! A file on its way from the service: gone on with after cuts, and only handed on where it is what was added.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tenantry_model::attachment::{Attachment, FileName};
use tenantry_model::id::AttachmentId;
use tenantry_model::ipc::IncidentRef;

use super::hashed::Hashed;
use crate::app::account::Account;
use crate::app::adapters::with_token;
use crate::app::draft_file::{DraftFile, blocking};
use crate::error::Error;

/// How often in a row it may be cut off with nothing more having arrived.
const CUTS: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// What a file is called whose own name cannot be a name.
const NAMELESS: &str = "attachment";

/// Where an attachment is, below the service's address.
pub(super) fn path_of(incident: IncidentRef, id: AttachmentId) -> String {
    let IncidentRef { customer_id, number } = incident;
    format!("customers/{customer_id}/incidents/{number}/attachments/{id}")
}

/// Where what arrives goes.
pub(super) enum Sink {
    Memory(Vec<u8>),
    File(DraftFile),
}

impl Sink {
    async fn take(self, part: Vec<u8>) -> Result<Self, Error> {
        match self {
            Self::Memory(mut held) => {
                held.extend_from_slice(&part);
                Ok(Self::Memory(held))
            }
            Self::File(mut draft) => {
                blocking(move || {
                    draft.file.write_all(&part)?;
                    Ok(Self::File(draft))
                })
                .await
            }
        }
    }
}

/// All of it, as it was added. `told` hears how much has arrived.
pub(super) async fn fetch(
    account: &Account,
    (incident, attachment): (IncidentRef, &Attachment),
    mut sink: Sink,
    told: impl Fn(u64),
) -> Result<Sink, Error> {
    let path = path_of(incident, attachment.id);
    let (mut arrived, mut hash, mut cuts, mut pause) = (0, Hashed::default(), 0, FIRST_PAUSE);
    while arrived < attachment.size {
        let before = arrived;
        let answer = with_token(&account.tokens, |token| {
            let (service, path) = (account.service.clone(), path.clone());
            async move { service.content(&token, &path, before).await }
        });
        let cut = match answer.await {
            Ok(mut answer) => {
                // A proxy may take a part for the whole.
                let mut surplus = if before > 0 && answer.status() != 206 { before } else { 0 };
                loop {
                    match answer.chunk().await {
                        Ok(Some(part)) => {
                            let skipped = usize::try_from(surplus).unwrap_or(usize::MAX).min(part.len());
                            surplus -= skipped as u64;
                            let part = part[skipped..].to_vec();
                            arrived += part.len() as u64;
                            if arrived > attachment.size {
                                return Err(Error::FileDamaged);
                            }
                            hash.take(&part);
                            sink = sink.take(part).await?;
                            told(arrived);
                        }
                        Ok(None) => break Error::Cut,
                        Err(error) => break error.into(),
                    }
                }
            }
            Err(error @ (Error::Unreachable(_) | Error::Cut | Error::Service { status: 429 | 500.., .. })) => error,
            Err(error) => {
                account.note_access_ended(&error);
                return Err(error);
            }
        };
        if arrived == attachment.size {
            break;
        }
        (cuts, pause) = if arrived > before { (0, FIRST_PAUSE) } else { (cuts + 1, pause * 2) };
        if cuts >= CUTS {
            return Err(cut);
        }
        tokio::time::sleep(pause).await;
    }
    if hash.sha256() == attachment.sha256 { Ok(sink) } else { Err(Error::FileDamaged) }
}

/// Gives it its name in the folder, or the next one that is free.
pub(super) async fn save(draft: DraftFile, folder: &Path, name: &str) -> Result<PathBuf, Error> {
    let name = name.parse::<FileName>().map_or_else(|_| NAMELESS.to_owned(), |name| name.for_disk());
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem.to_owned(), extension.to_owned()),
        _ => (name, String::new()),
    };
    let folder = folder.to_owned();
    blocking(move || draft.persist(&folder, &stem, &extension)).await
}
