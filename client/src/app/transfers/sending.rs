//! A file on its way to the service: announced once, sent in parts, and gone on with after each cut where the service says it is.

use std::time::{Duration, Instant};

use tenantry_model::api::attachments::{AddAttachment, Upload};
use tenantry_model::api::incidents::IncidentChanged;
use tenantry_model::attachment::AttachmentState;
use tenantry_model::id::AttachmentId;
use tenantry_model::incident::Incident;
use tenantry_model::ipc::{FormId, IncidentRef};
use tenantry_model::problem::{FieldCode, ProblemKind};

use super::fetching::path_of;
use crate::app::account::Account;
use crate::app::adapters::with_token;
use crate::app::delivery::{LONGEST_HOLD, asked_to_wait, is_refusal};
use crate::app::shared::Shared;
use crate::error::Error;
use crate::outbox::StoredFile;
use crate::random::uuid_v4;
use crate::service::Draft;

/// How much goes at once: on a slow line less, so that each part arrives within the time that it has.
const PART: usize = 1024 * 1024;
const LEAST_PART: usize = 64 * 1024;
const LARGEST_PART: usize = 16 * 1024 * 1024;
/// A part that has arrived by then is followed by one that is longer than usual: each is a request whose rights are looked at, and what is shown of it moves with each.
const BRISK: Duration = Duration::from_secs(2);
/// The pauses after cuts: each twice as long as the one before, up to this.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// How often a file that did not arrive as it was sent is sent anew.
const DAMAGES: u32 = 2;
/// How often in a row the service may say that it is elsewhere.
const DISAGREEMENTS: u32 = 5;
/// How often in a row the service may have given up what it had taken.
const RENEWALS: u32 = 3;

/// How often in a row one may fail before others go before it.
const FAILURES: u32 = 4;

/// What is known of how far a file is.
pub(super) struct Progress {
    id: Option<AttachmentId>,
    /// None where the service must be asked.
    offset: Option<u64>,
    /// Under which name it is announced.
    sent_as: FormId,
    part: usize,
    /// No part may be longer, as far as is known.
    longest_part: usize,
    pause: Duration,
    damages: u32,
    disagreements: u32,
    renewals: u32,
    failures: u32,
    /// Of its incident, as its announcement made it.
    version: Option<u64>,
}

/// How a file stands after a step, or an error.
pub(super) enum Stands {
    Arrived,
    /// There is more to do at once.
    Goes,
    /// After this long, or, unless the service has asked for that, once there is contact.
    Waits(Pause),
}

/// How long nothing is done for a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pause {
    pub(super) length: Duration,
    /// By the service.
    pub(super) is_asked_for: bool,
    /// Whether it has failed so often in a row that others go before it.
    pub(super) is_passed_over: bool,
}

impl Pause {
    const fn of(length: Duration) -> Self {
        Self { length, is_asked_for: false, is_passed_over: false }
    }
}

impl Progress {
    /// Of what is to be announced under this name.
    pub(super) const fn new(sent_as: FormId) -> Self {
        Self {
            id: None,
            offset: None,
            sent_as,
            part: PART,
            longest_part: LARGEST_PART,
            pause: FIRST_PAUSE,
            damages: 0,
            disagreements: 0,
            renewals: 0,
            failures: 0,
            version: None,
        }
    }
}

/// The next thing to do, and how it stands then.
///
/// # Errors
/// Why it makes no sense to go on: [`is_lost`] says whether the right to it is gone.
pub(super) async fn go_on(account: &Account, shared: &Shared, file: &StoredFile, progress: &mut Progress) -> Result<Stands, Error> {
    let error = match step(account, shared, file, progress).await {
        Ok(true) => return Ok(Stands::Arrived),
        Ok(false) => return Ok(Stands::Goes),
        Err(error) => error,
    };
    // What it had taken is given up after a day: this device may have been off line for longer.
    if error.is(ProblemKind::NotFound) && progress.id.is_some() && progress.renewals < RENEWALS {
        return match renew(account, shared, file.form).await {
            Ok(sent_as) => {
                *progress = Progress { renewals: progress.renewals + 1, ..Progress::new(sent_as) };
                Ok(Stands::Waits(Pause::of(FIRST_PAUSE)))
            }
            // Of this device: no word of the service's.
            Err(error) => again(progress, error).map(Stands::Waits),
        };
    }
    again(progress, error).map(Stands::Waits)
}

/// Another name for a file, which the service does not know.
async fn renew(account: &Account, shared: &Shared, form: FormId) -> Result<FormId, Error> {
    let sent_as = FormId(uuid_v4(&*shared.random)?);
    account.transfers.files().run(move |files| files.rename(form, sent_as)).await?;
    Ok(sent_as)
}

/// Whether what was said means that nothing may be added to this incident any more.
pub(super) fn is_lost(refused: &Error, progress: &Progress) -> bool {
    refused.is(ProblemKind::NotFound) && progress.id.is_none()
}

async fn step(account: &Account, shared: &Shared, file: &StoredFile, progress: &mut Progress) -> Result<bool, Error> {
    let Some(incident) = file.incident else { return Err(Error::NotFound) };
    let IncidentRef { customer_id: customer, number } = incident;
    let files = account.transfers.files();
    let Some(id) = progress.id else {
        let (form, now) = (file.form, shared.config.clock.now());
        if !files.run(move |files| files.try_first(form, now)).await? {
            return Err(Error::Cancelled);
        }
        let new = AddAttachment { file_name: file.name.clone(), size: file.size, sha256: file.sha256.clone() };
        let path = format!("customers/{customer}/incidents/{number}/attachments");
        let upload: Upload = account.send(&Draft::post(path).at(customer).by_form(progress.sent_as).body(&new).call()).await?;
        note(account, file.form, incident, progress, &upload).await;
        // Where this was sent before, more may have arrived than that answer says.
        progress.offset = None;
        return Ok(false);
    };
    let path = path_of(incident, id);
    let Some(offset) = progress.offset else {
        let upload: Upload = account.send(&Draft::get(format!("{path}/upload")).at(customer).call()).await?;
        note(account, file.form, incident, progress, &upload).await;
        return Ok(upload.attachment.state == AttachmentState::Ready);
    };
    let (form, len) = (file.form, progress.part);
    let part = files.run(move |files| files.content(form, offset, len)).await?;
    let began = Instant::now();
    let upload = with_token(&account.tokens, |token| {
        let (service, path, part) = (account.service.clone(), path.clone(), part.clone());
        async move { service.send_part(&token, (&path, customer), offset, part).await }
    });
    let upload = upload.await.inspect_err(|error| account.note_access_ended(error))?;
    note(account, file.form, incident, progress, &upload).await;
    (progress.pause, progress.disagreements, progress.renewals, progress.failures) = (FIRST_PAUSE, 0, 0, 0);
    if progress.part < PART || began.elapsed() < BRISK {
        progress.part = (progress.part * 2).min(progress.longest_part);
    }
    Ok(upload.attachment.state == AttachmentState::Ready)
}

/// What the service said of it.
async fn note(account: &Account, form: FormId, incident: IncidentRef, progress: &mut Progress, upload: &Upload) {
    (progress.id, progress.offset) = (Some(upload.attachment.id), Some(upload.offset));
    account.transfers.moved(form, progress.id, upload.offset);
    let changed = match upload.incident {
        None if upload.attachment.state == AttachmentState::Ready => lost_change(account, incident, progress).await,
        changed => changed,
    };
    let Some(changed) = changed else { return };
    progress.version = Some(changed.version);
    // One's own files are no news: neither to what is sent from now on, nor to what waits.
    let raised = account.outgoing.raise(incident, changed);
    if let Err(error) = account.outgoing.outbox().run(move |entries| entries.raise(incident, raised)).await {
        tracing::warn!(%error, "what waits could not be told of one's own file: it may be found to be stale");
    }
}

/// What the last part of a file made of its incident, where the answer that said so was lost: known only where nobody else has changed it since.
async fn lost_change(account: &Account, incident: IncidentRef, progress: &Progress) -> Option<IncidentChanged> {
    let was = progress.version?;
    let IncidentRef { customer_id: customer, number } = incident;
    let path = format!("customers/{customer}/incidents/{number}");
    match account.send::<Incident>(&Draft::get(path).at(customer).call()).await {
        Ok(now) => Some(IncidentChanged { number, was, version: was + 1 }).filter(|changed| now.row.version == changed.version),
        Err(error) => {
            tracing::debug!(%error, "what a file made of its incident is not known");
            None
        }
    }
}

/// When to go on after an error; the error itself where that makes no sense.
fn again(progress: &mut Progress, error: Error) -> Result<Pause, Error> {
    if says(&error, FieldCode::FileDamaged) {
        progress.damages += 1;
        if progress.damages > DAMAGES {
            return Err(error);
        }
    } else if disagrees(&error) && progress.id.is_some() {
        progress.disagreements += 1;
        if progress.disagreements > DISAGREEMENTS {
            return Err(error);
        }
    } else if is_refusal(&error) || matches!(error, Error::Cancelled) {
        return Err(error);
    } else {
        progress.failures += 1;
    }
    // Something before the service may let no part of this length through, and say so, or hang up.
    let least = if matches!(error, Error::Intercepted { status: 413 }) { LEAST_PART } else { PART };
    if progress.part > least {
        progress.longest_part = (progress.part / 2).max(least);
    }
    progress.offset = None;
    progress.part = (progress.part / 2).max(LEAST_PART);
    let pause = progress.pause;
    progress.pause = (pause * 2).min(LONGEST_PAUSE);
    let asked = asked_to_wait(&error).map(|asked| asked.min(LONGEST_HOLD)).filter(|asked| *asked > pause);
    Ok(Pause { length: asked.unwrap_or(pause), is_asked_for: asked.is_some(), is_passed_over: progress.failures >= FAILURES })
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

/// The service need not wait for it, unless it knows of no upload any more. Where it cannot be told, it gives it up by itself after a day.
pub(super) async fn give_up(account: &Account, file: &StoredFile, progress: &Progress, refused: Option<&Error>) {
    let (Some(id), Some(incident)) = (progress.id, file.incident) else { return };
    if refused.is_some_and(is_gone) {
        return;
    }
    let call = Draft::delete(path_of(incident, id)).at(incident.customer_id).call::<()>();
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
        Progress { id, offset: Some(7), ..Progress::new(FormId(uuid::Uuid::nil())) }
    }

    #[test]
    fn r82_a_cut_is_gone_on_with_and_a_refusal_is_not() {
        for cut in
            [Error::Unreachable("x".into()), Error::Cut, service(503, None), service(429, None), service(408, None), service(500, None)]
        {
            let mut progress = progress();
            assert_eq!(again(&mut progress, cut).unwrap(), Pause::of(FIRST_PAUSE));
            assert_eq!((progress.offset, progress.part, progress.pause), (None, PART / 2, FIRST_PAUSE * 2));
        }
        for refused in [service(400, Some(FieldCode::FileTypeDiffers)), service(404, None), service(409, Some(FieldCode::FilesTooMany))] {
            assert!(again(&mut progress(), refused).is_err());
        }
    }

    #[test]
    fn r82_a_gateway_that_lets_no_long_part_through_gets_shorter_ones() {
        let mut progress = Progress { part: 4 * LEAST_PART, ..progress() };
        assert!(again(&mut progress, Error::Intercepted { status: 413 }).is_ok());
        assert_eq!((progress.part, progress.longest_part, progress.offset), (2 * LEAST_PART, 2 * LEAST_PART, None));
        assert!(again(&mut progress, Error::Cut).is_ok());
        assert_eq!((progress.part, progress.longest_part), (LEAST_PART, 2 * LEAST_PART), "of the line, which may be better later");
        for (before, after) in [(LARGEST_PART, LARGEST_PART / 2), (2 * PART, PART), (PART, LARGEST_PART)] {
            let mut cut = Progress { part: before, ..self::progress() };
            assert!(again(&mut cut, Error::Cut).is_ok());
            assert_eq!(cut.longest_part, after, "one that hangs up over a long part would do so again");
        }
        // The service's own word is about the file.
        assert!(again(&mut progress, service(413, None)).is_err());
    }

    #[test]
    fn r82_the_service_is_left_alone_as_long_as_it_asks_for_and_what_fails_often_lets_others_go_first() {
        let asks = |seconds| Error::Service {
            kind: None,
            status: 503,
            detail: None,
            fields: vec![],
            retry_after: Some(Duration::from_secs(seconds)),
        };
        let mut progress = progress();
        let pause = again(&mut progress, asks(30)).unwrap();
        assert_eq!((pause.length, pause.is_asked_for), (Duration::from_secs(30), true));
        assert_eq!(again(&mut progress, asks(86_400)).unwrap().length, LONGEST_HOLD);
        assert!(!again(&mut progress, asks(0)).unwrap().is_passed_over);
        let fourth = again(&mut progress, Error::Cut).unwrap();
        assert_eq!((fourth.is_passed_over, fourth.is_asked_for), (true, false));
    }

    #[test]
    fn r82_what_does_not_arrive_as_it_was_sent_is_sent_anew_and_not_for_ever() {
        let mut damaged = progress();
        for _ in 0..DAMAGES {
            assert!(again(&mut damaged, service(409, Some(FieldCode::FileDamaged))).is_ok());
        }
        assert!(matches!(again(&mut damaged, service(409, Some(FieldCode::FileDamaged))), Err(Error::Service { status: 409, .. })));
        let mut elsewhere = progress();
        for _ in 0..DISAGREEMENTS {
            assert!(again(&mut elsewhere, service(409, None)).is_ok());
        }
        assert!(again(&mut elsewhere, service(409, None)).is_err());
    }
}
