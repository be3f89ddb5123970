//! A file on its way to the service: announced once, sent in parts, and gone on with after each cut where the service says it is.

use std::sync::{Arc, Weak};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tenantry_model::api::attachments::{AddAttachment, Upload};
use tenantry_model::attachment::AttachmentState;
use tenantry_model::id::AttachmentId;
use tenantry_model::ipc::{FormId, IncidentRef};
use tenantry_model::problem::FieldCode;
use tokio_util::sync::CancellationToken;

use super::fetching::path_of;
use crate::app::account::Account;
use crate::app::adapters::with_token;
use crate::app::delivery::is_refusal;
use crate::app::event::EngineEvent;
use crate::app::shared::Shared;
use crate::error::Error;
use crate::service::Draft;

/// How much goes at once: on a slow line less, so that each part arrives within the time that it has.
const PART: usize = 1024 * 1024;
const LEAST_PART: usize = 64 * 1024;
const LARGEST_PART: usize = 4 * 1024 * 1024;
/// The pauses after cuts: each twice as long as the one before, up to this.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// How often a file that did not arrive as it was sent is sent anew.
const DAMAGES: u32 = 2;
/// How often in a row the service may say that it is elsewhere.
const DISAGREEMENTS: u32 = 5;

/// What is sent.
pub(super) struct File {
    pub(super) form: FormId,
    pub(super) incident: IncidentRef,
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// What is known of how far it is.
struct Progress {
    id: Option<AttachmentId>,
    /// None where the service must be asked.
    offset: Option<u64>,
    part: usize,
    pause: Duration,
    damages: u32,
    disagreements: u32,
}

/// Sends it to its end, unless it is ended or refused before.
pub(super) async fn send(account: Weak<Account>, shared: Weak<Shared>, file: File, ended: CancellationToken) {
    let file = Arc::new(file);
    let mut progress = Progress { id: None, offset: None, part: PART, pause: FIRST_PAUSE, damages: 0, disagreements: 0 };
    loop {
        let Some((held, told)) = account.upgrade().zip(shared.upgrade()) else { return };
        let step = tokio::select! {
            step = step(&held, &file, &mut progress) => step,
            () = ended.cancelled() => return give_up(&held, &file, progress.id).await,
        };
        let wait = match step {
            Ok(true) => {
                held.transfers.arrived(file.form);
                // One that is not kept here is asked for again, too.
                held.unkept.forget_if(|last| last == file.incident);
                held.wake.now();
                told.emit(EngineEvent::Transfers);
                told.data_changed(&held).await;
                return;
            }
            Ok(false) => None,
            Err(error) => match again(&mut progress, error) {
                Ok(pause) => {
                    held.transfers.waits(file.form);
                    Some(pause)
                }
                Err(refused) => {
                    tracing::debug!(%refused, "a file was refused");
                    if !is_gone(&refused) {
                        give_up(&held, &file, progress.id).await;
                    }
                    held.transfers.failed(file.form, refused.into());
                    told.emit(EngineEvent::Transfers);
                    return;
                }
            },
        };
        told.emit(EngineEvent::Transfers);
        drop((held, told));
        if let Some(pause) = wait {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = ended.cancelled() => {}
            }
        }
    }
}

/// The next thing to do. Whether that was the last.
async fn step(account: &Account, file: &File, progress: &mut Progress) -> Result<bool, Error> {
    let IncidentRef { customer_id: customer, number } = file.incident;
    let Some(id) = progress.id else {
        let sha256 = Sha256::digest(&file.content).iter().map(|byte| format!("{byte:02x}")).collect();
        let new = AddAttachment { file_name: file.name.clone(), size: file.content.len() as u64, sha256 };
        let call =
            Draft::post(format!("customers/{customer}/incidents/{number}/attachments")).at(customer).by_form(file.form).body(&new).call();
        let upload: Upload = account.send(&call).await?;
        note(account, file, progress, &upload);
        // Where this was sent before, more may have arrived than that answer says.
        progress.offset = None;
        return Ok(false);
    };
    let path = path_of(file.incident, id);
    let Some(offset) = progress.offset else {
        let upload: Upload = account.send(&Draft::get(format!("{path}/upload")).at(customer).call()).await?;
        note(account, file, progress, &upload);
        return Ok(upload.attachment.state == AttachmentState::Ready);
    };
    let from = usize::try_from(offset).unwrap_or(usize::MAX).min(file.content.len());
    let part = &file.content[from..file.content.len().min(from.saturating_add(progress.part))];
    let upload = with_token(&account.tokens, |token| {
        let (service, path, part) = (account.service.clone(), path.clone(), part.to_vec());
        async move { service.send_part(&token, (&path, customer), offset, part).await }
    });
    let upload = upload.await.inspect_err(|error| account.note_access_ended(error))?;
    note(account, file, progress, &upload);
    (progress.pause, progress.disagreements) = (FIRST_PAUSE, 0);
    progress.part = (progress.part * 2).min(LARGEST_PART);
    Ok(upload.attachment.state == AttachmentState::Ready)
}

/// What the service said of it.
fn note(account: &Account, file: &File, progress: &mut Progress, upload: &Upload) {
    (progress.id, progress.offset) = (Some(upload.attachment.id), Some(upload.offset));
    account.transfers.moved(file.form, progress.id, upload.offset);
    if let Some(changed) = upload.incident {
        // One's own files are no news.
        account.outgoing.raise(file.incident, changed);
    }
}

/// When to go on after an error; the error itself where that makes no sense.
fn again(progress: &mut Progress, error: Error) -> Result<Duration, Error> {
    if says(&error, FieldCode::FileDamaged) {
        progress.damages += 1;
        if progress.damages > DAMAGES {
            return Err(Error::FileDamaged);
        }
    } else if disagrees(&error) && progress.id.is_some() {
        progress.disagreements += 1;
        if progress.disagreements > DISAGREEMENTS {
            return Err(error);
        }
    } else if is_refusal(&error) {
        return Err(error);
    }
    progress.offset = None;
    progress.part = (progress.part / 2).max(LEAST_PART);
    let pause = progress.pause;
    progress.pause = (pause * 2).min(LONGEST_PAUSE);
    Ok(pause)
}

/// Whether the service has another part of it than was thought.
fn disagrees(error: &Error) -> bool {
    matches!(error, Error::Service { status: 409, fields, .. } if fields.is_empty())
}

/// Whether the service knows of no upload any more, which it then need not be told to give up: it refused the content, or has nothing there for this user.
fn is_gone(error: &Error) -> bool {
    let is_missing = matches!(error, Error::Service { status: 404, .. });
    is_missing || says(error, FieldCode::FileTypeRefused) || says(error, FieldCode::FileTypeDiffers)
}

fn says(error: &Error, code: FieldCode) -> bool {
    matches!(error, Error::Service { fields, .. } if fields.iter().any(|field| field.code() == Some(code)))
}

/// The service need not wait for it. Where it cannot be told, it gives it up by itself after a day.
async fn give_up(account: &Account, file: &File, id: Option<AttachmentId>) {
    let Some(id) = id else { return };
    let call = Draft::delete(path_of(file.incident, id)).at(file.incident.customer_id).call::<()>();
    if let Err(error) = account.send(&call).await {
        tracing::debug!(%error, "the service could not be told that a file is sent no further");
    }
    account.wake.now();
}

#[cfg(test)]
mod tests {
    use tenantry_model::problem::{FieldError, ProblemKind};

    use super::*;

    fn service(status: u16, code: Option<FieldCode>) -> Error {
        let fields = code.map(|code| FieldError::new(code, "#", "no")).into_iter().collect();
        Error::Service { kind: Some(ProblemKind::Conflict), status, detail: None, fields, retry_after: None }
    }

    fn progress() -> Progress {
        let id = Some(AttachmentId::from_uuid(uuid::Uuid::from_u128(1)));
        Progress { id, offset: Some(7), part: PART, pause: FIRST_PAUSE, damages: 0, disagreements: 0 }
    }

    #[test]
    fn r82_a_cut_is_gone_on_with_and_a_refusal_is_not() {
        for cut in
            [Error::Unreachable("x".into()), Error::Cut, service(503, None), service(429, None), service(408, None), service(500, None)]
        {
            let mut progress = progress();
            assert_eq!(again(&mut progress, cut).unwrap(), FIRST_PAUSE);
            assert_eq!((progress.offset, progress.part, progress.pause), (None, PART / 2, FIRST_PAUSE * 2));
        }
        for refused in [service(400, Some(FieldCode::FileTypeDiffers)), service(404, None), service(409, Some(FieldCode::FilesTooMany))] {
            assert!(again(&mut progress(), refused).is_err());
        }
    }

    #[test]
    fn r82_what_does_not_arrive_as_it_was_sent_is_sent_anew_and_not_for_ever() {
        let mut damaged = progress();
        for _ in 0..DAMAGES {
            assert!(again(&mut damaged, service(409, Some(FieldCode::FileDamaged))).is_ok());
        }
        assert!(matches!(again(&mut damaged, service(409, Some(FieldCode::FileDamaged))), Err(Error::FileDamaged)));
        let mut elsewhere = progress();
        for _ in 0..DISAGREEMENTS {
            assert!(again(&mut elsewhere, service(409, None)).is_ok());
        }
        assert!(again(&mut elsewhere, service(409, None)).is_err());
    }
}
