//! The files that are on their way.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tenantry_model::attachment::{Attachment, HEAD, LARGEST_ATTACHMENT, lack_of_head};
use tenantry_model::id::AttachmentId;
use tenantry_model::ipc::{AttachmentRef, FormId, IncidentRef, IpcError, Transfer, TransferDirection, TransferState};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::hashed::Hashed;
use crate::error::Error;
use crate::outbox::{Files, NewFile, StoredFile};

/// So many that have arrived are remembered, so that their rows do not vanish before the incident has them.
const MOST_DONE: usize = 50;

/// What of an account is on its way, and what of it waits on the disk.
pub(in crate::app) struct Transfers {
    all: Mutex<Vec<Entry>>,
    files: Files,
    due: Arc<Notify>,
    /// What was dropped on the window last, and where it lies.
    offered: Mutex<Option<(FormId, Vec<PathBuf>)>>,
}

struct Entry {
    transfer: Transfer,
    /// What the window has handed over.
    handed: Hashed,
    ended: CancellationToken,
}

impl Transfers {
    /// With what was kept before.
    pub(in crate::app) async fn load(files: Files) -> Result<Self, Error> {
        let all = files.run(|files| files.all()).await?;
        let all = all.into_iter().filter_map(|file| Some(Entry::new(kept(&file)?))).collect();
        Ok(Self { all: Mutex::new(all), files, due: Arc::default(), offered: Mutex::default() })
    }

    pub(super) fn files(&self) -> Files {
        self.files.clone()
    }

    /// There may be something to send.
    pub(super) fn due(&self) {
        self.due.notify_one();
    }

    pub(super) fn when_due(&self) -> Arc<Notify> {
        Arc::clone(&self.due)
    }

    /// Whether a file was chosen and has not arrived, or cannot be known to have.
    pub(in crate::app) async fn has_unsent(&self) -> bool {
        self.files.run(|files| Ok(!files.all()?.is_empty())).await.unwrap_or(true)
    }

    /// Ends what is fetched; what is sent goes on with whoever opens this next.
    pub(in crate::app) async fn stop(&self) {
        self.all().drain(..).filter(|entry| entry.transfer.direction == TransferDirection::Down).for_each(|entry| entry.ended.cancel());
        self.files.close().await;
    }

    pub(super) fn offer(&self, offer: FormId, paths: Vec<PathBuf>) {
        *self.offered.lock().unwrap_or_else(PoisonError::into_inner) = Some((offer, paths));
    }

    /// What was dropped under this name, once.
    pub(super) fn take_offer(&self, offer: FormId) -> Option<Vec<PathBuf>> {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        offered.take_if(|(known, _)| *known == offer).map(|(_, paths)| paths)
    }

    /// Takes a file that is still to be handed over.
    pub(super) async fn open(&self, new: NewFile) -> Result<(), Error> {
        if new.size == 0 || new.size > LARGEST_ATTACHMENT {
            return Err(Error::Invalid(format!("a file has 1 to {LARGEST_ATTACHMENT} bytes")));
        }
        let NewFile { form, incident, ref name, size, .. } = new;
        let transfer = Transfer {
            form,
            incident,
            direction: TransferDirection::Up,
            attachment: None,
            file_name: name.clone(),
            size,
            done: 0,
            state: TransferState::Reading,
            failure: None,
        };
        self.files.run(move |files| files.begin(&new)).await?;
        insert(&mut self.all(), Entry::new(transfer));
        Ok(())
    }

    /// Takes what comes next. Whether that was the last: then all of it is kept.
    pub(super) async fn add(&self, form: FormId, offset: u64, part: Vec<u8>) -> Result<bool, Error> {
        let sha256 = {
            let mut all = self.all();
            let entry = all.iter_mut().find(|entry| entry.transfer.form == form && entry.transfer.state == TransferState::Reading);
            let Entry { transfer, handed, .. } = entry.ok_or(Error::NotFound)?;
            if offset != handed.len() || handed.len() + part.len() as u64 > transfer.size {
                return Err(Error::FileChanged);
            }
            let is_head = offset == 0 && part.len() as u64 >= transfer.size.min(HEAD as u64);
            if let Some(code) = lack_of_head(&transfer.file_name, &part).filter(|_| is_head) {
                return Err(Error::NoAttachment(code));
            }
            handed.take(&part);
            (handed.len() == transfer.size).then(|| handed.sha256())
        };
        let is_last = sha256.is_some();
        self.files.run(move |files| files.add(form, offset, &part, sha256.as_deref())).await?;
        if is_last {
            self.waits(form);
            self.due();
        }
        Ok(is_last)
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
        insert(&mut self.all(), Entry { ended: ended.clone(), ..Entry::new(transfer) });
        ended
    }

    /// What ends the sending of a file that is kept: that it is discarded. None where it is not to be sent: it has arrived, was refused or is being discarded,
    /// also where the disk did not let that be noted down.
    pub(super) fn to_send(&self, file: &StoredFile) -> Option<CancellationToken> {
        let mut all = self.all();
        let Some(entry) = all.iter().find(|entry| entry.transfer.form == file.form) else {
            let entry = Entry::new(kept(file)?);
            let ended = entry.ended.clone();
            insert(&mut all, entry);
            return Some(ended);
        };
        let is_over = matches!(entry.transfer.state, TransferState::Done | TransferState::Failed);
        Some(entry.ended.clone()).filter(|ended| !is_over && !ended.is_cancelled())
    }

    /// One that was refused is to be sent again. Whether it was.
    pub(super) fn again(&self, file: &StoredFile) -> bool {
        let Some(transfer) = kept(file) else { return false };
        let mut all = self.all();
        if all.iter().any(|entry| entry.transfer.form == file.form && entry.transfer.state != TransferState::Failed) {
            return false;
        }
        insert(&mut all, Entry::new(Transfer { state: TransferState::Waiting, failure: None, ..transfer }));
        true
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

    /// Nothing more is done for it; how it stood is still shown.
    pub(super) fn cancel(&self, form: FormId) {
        self.all().iter().filter(|entry| entry.transfer.form == form).for_each(|entry| entry.ended.cancel());
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

    fn change(&self, form: FormId, change: impl FnOnce(&mut Transfer)) {
        if let Some(entry) = self.all().iter_mut().find(|entry| entry.transfer.form == form) {
            change(&mut entry.transfer);
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn new(transfer: Transfer) -> Self {
        Self { transfer, handed: Hashed::default(), ended: CancellationToken::new() }
    }

    fn is_done(&self) -> bool {
        self.transfer.state == TransferState::Done
    }
}

/// A file that was kept, as the incident's pane shows it; none once the right to that was lost.
fn kept(file: &StoredFile) -> Option<Transfer> {
    let state = if file.failure.is_some() { TransferState::Failed } else { TransferState::Waiting };
    Some(Transfer {
        form: file.form,
        incident: file.incident?,
        direction: TransferDirection::Up,
        attachment: None,
        file_name: file.name.clone(),
        size: file.size,
        done: 0,
        state,
        failure: file.failure.clone(),
    })
}

/// Adds one; the same, begun anew, takes its own place. The oldest of too many that have arrived is forgotten; one that was refused is there still.
fn insert(all: &mut Vec<Entry>, entry: Entry) {
    all.retain(|known| known.transfer.form != entry.transfer.form);
    let mut done = all.iter().filter(|entry| entry.is_done()).count();
    all.retain(|entry| {
        let goes = entry.is_done() && done > MOST_DONE;
        done -= usize::from(goes);
        !goes
    });
    all.push(entry);
}
