//! The files that are on their way.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tenantry_model::attachment::{Attachment, LARGEST_ATTACHMENT};
use tenantry_model::id::AttachmentId;
use tenantry_model::ipc::{AttachmentRef, FormId, IncidentRef, IpcError, NewUpload, Transfer, TransferDirection, TransferState};
use tokio_util::sync::CancellationToken;

use crate::error::Error;

/// How much may be held in memory of files that are sent.
const MOST_HELD: u64 = 4 * LARGEST_ATTACHMENT;
/// So many that are over are remembered, so that their rows do not vanish before the incident has them.
const MOST_OVER: usize = 50;

#[derive(Default)]
pub(in crate::app) struct Transfers(Mutex<Vec<Entry>>);

struct Entry {
    transfer: Transfer,
    /// What the window has handed over.
    content: Vec<u8>,
    ended: CancellationToken,
}

impl Transfers {
    /// Takes a file that is still to be handed over.
    pub(super) fn open(&self, new: NewUpload) -> Result<(), Error> {
        let NewUpload { form, incident, file_name, size } = new;
        let mut all = self.all();
        let held: u64 = all.iter().filter(|entry| entry.is_held()).map(|entry| entry.transfer.size).sum();
        if size == 0 || size > LARGEST_ATTACHMENT {
            return Err(Error::Invalid(format!("a file has 1 to {LARGEST_ATTACHMENT} bytes")));
        }
        if held + size > MOST_HELD {
            return Err(Error::Invalid("too many files are on their way: wait until some have arrived".into()));
        }
        let transfer = Transfer {
            form,
            incident,
            direction: TransferDirection::Up,
            attachment: None,
            file_name,
            size,
            done: 0,
            state: TransferState::Reading,
            failure: None,
        };
        insert(&mut all, Entry { transfer, content: vec![], ended: CancellationToken::new() });
        Ok(())
    }

    /// Takes what comes next. All of it, with what ends its sending, where that was the last.
    pub(super) fn add(&self, form: FormId, offset: u64, part: &[u8]) -> Result<Option<(Vec<u8>, CancellationToken)>, Error> {
        let mut all = self.all();
        let entry = all.iter_mut().find(|entry| entry.transfer.form == form && entry.transfer.state == TransferState::Reading);
        let entry = entry.ok_or(Error::NotFound)?;
        let held = entry.content.len() as u64;
        if offset != held || held + part.len() as u64 > entry.transfer.size {
            return Err(Error::Invalid("the file changed while it was read".into()));
        }
        entry.content.extend_from_slice(part);
        if (entry.content.len() as u64) < entry.transfer.size {
            return Ok(None);
        }
        entry.transfer.state = TransferState::Moving;
        Ok(Some((std::mem::take(&mut entry.content), entry.ended.clone())))
    }

    /// Begins to fetch an attachment. What ends it.
    pub(super) fn fetch(&self, form: FormId, at: AttachmentRef, attachment: &Attachment) -> CancellationToken {
        let ended = CancellationToken::new();
        let transfer = Transfer {
            form,
            incident: at.incident,
            direction: TransferDirection::Down,
            attachment: Some(at.id),
            file_name: attachment.file_name.clone(),
            size: attachment.size,
            done: 0,
            state: TransferState::Moving,
            failure: None,
        };
        insert(&mut self.all(), Entry { transfer, content: vec![], ended: ended.clone() });
        ended
    }

    pub(super) fn of(&self, incident: IncidentRef) -> Vec<Transfer> {
        self.all().iter().filter(|entry| entry.transfer.incident == incident).map(|entry| entry.transfer.clone()).collect()
    }

    pub(super) fn get(&self, form: FormId) -> Option<Transfer> {
        self.all().iter().find(|entry| entry.transfer.form == form).map(|entry| entry.transfer.clone())
    }

    /// Says how one stands; nothing happens where it was ended.
    pub(super) fn moved(&self, form: FormId, attachment: Option<AttachmentId>, done: u64) {
        self.change(form, |transfer| {
            transfer.attachment = attachment.or(transfer.attachment);
            (transfer.done, transfer.state) = (done, TransferState::Moving);
        });
    }

    pub(super) fn waits(&self, form: FormId) {
        self.change(form, |transfer| transfer.state = TransferState::Waiting);
    }

    pub(super) fn arrived(&self, form: FormId) {
        self.change(form, |transfer| (transfer.done, transfer.state) = (transfer.size, TransferState::Done));
    }

    pub(super) fn failed(&self, form: FormId, why: IpcError) {
        self.change(form, |transfer| (transfer.state, transfer.failure) = (TransferState::Failed, Some(why)));
    }

    /// Ends one, and forgets it.
    pub(super) fn end(&self, form: FormId) {
        self.all().retain(|entry| {
            let goes = entry.transfer.form == form;
            if goes {
                entry.ended.cancel();
            }
            !goes
        });
    }

    /// Ends all of them.
    pub(in crate::app) fn end_all(&self) {
        self.all().drain(..).for_each(|entry| entry.ended.cancel());
    }

    fn change(&self, form: FormId, change: impl FnOnce(&mut Transfer)) {
        if let Some(entry) = self.all().iter_mut().find(|entry| entry.transfer.form == form) {
            change(&mut entry.transfer);
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Whether memory holds it.
    fn is_held(&self) -> bool {
        self.transfer.direction == TransferDirection::Up && !self.is_over()
    }

    fn is_over(&self) -> bool {
        matches!(self.transfer.state, TransferState::Done | TransferState::Failed)
    }
}

/// Adds one; the same, begun anew, takes its own place. The oldest of too many that are over is forgotten.
fn insert(all: &mut Vec<Entry>, entry: Entry) {
    all.retain(|known| known.transfer.form != entry.transfer.form);
    let mut over = all.iter().filter(|entry| entry.is_over()).count();
    all.retain(|entry| {
        let goes = entry.is_over() && over > MOST_OVER;
        over -= usize::from(goes);
        !goes
    });
    all.push(entry);
}
