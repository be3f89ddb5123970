//! The files that are on their way.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tenantry_model::attachment::{Attachment, HEAD, LARGEST_ATTACHMENT, lack_of_head};
use tenantry_model::id::AttachmentId;
use tenantry_model::ipc::{AttachmentRef, FormId, IncidentRef, IpcError, Transfer, TransferDirection, TransferState};
use tenantry_model::time::Timestamp;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::hashed::Hashed;
use crate::error::Error;
use crate::outbox::{Files, NewFile, StoredFile};

/// What is handed over goes on within this time: who hands it over is gone otherwise, as a page is that was closed. A drive that has to fetch what it holds
/// takes a while.
pub(super) const SILENCE: Duration = Duration::from_secs(5 * 60);
/// Found silent, it is looked at once more after this long: a machine that slept finds everything silent when it wakes, and goes on with it just then.
const DOUBT: Duration = Duration::from_secs(15);
/// So many that have arrived are remembered, so that their rows do not vanish before the incident has them.
const MOST_DONE: usize = 50;

/// What of an account is on its way, and what of it waits on the disk.
pub(in crate::app) struct Transfers {
    all: Mutex<Vec<Entry>>,
    files: Files,
    due: Arc<Notify>,
    /// What was dropped on the window last, and where it lies.
    offered: Mutex<Option<(FormId, Vec<PathBuf>)>>,
    /// What was given up because nothing came of it: whoever goes on with it after all is told.
    given_up: Mutex<Vec<FormId>>,
}

struct Entry {
    transfer: Transfer,
    /// What has been handed over; none of what was kept before.
    reading: Option<Reading>,
    ended: CancellationToken,
}

/// A file that is being handed over.
struct Reading {
    handed: Hashed,
    /// When it was chosen.
    at: Timestamp,
    /// When something of it came last.
    heard: Instant,
    /// When it was found silent since then.
    doubted: Option<Instant>,
}

impl Transfers {
    /// With what was kept before.
    pub(in crate::app) async fn load(files: Files) -> Result<Self, Error> {
        let all = files.run(|files| files.all()).await?;
        let all = all.into_iter().filter_map(|file| Some(Entry::new(kept(&file)?))).collect();
        Ok(Self { all: Mutex::new(all), files, due: Arc::default(), offered: Mutex::default(), given_up: Mutex::default() })
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
        if self.all().iter().any(Entry::is_reading) {
            return true;
        }
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
        let NewFile { form, incident, ref name, size, at, .. } = new;
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
        let reading = Reading { handed: Hashed::default(), at, heard: Instant::now(), doubted: None };
        insert(&mut self.all(), Entry { reading: Some(reading), ..Entry::new(transfer) });
        // It may be silent one day.
        self.due();
        Ok(())
    }

    /// Takes what comes next. Whether that was the last: then all of it is kept.
    pub(super) async fn add(&self, form: FormId, offset: u64, part: Vec<u8>) -> Result<bool, Error> {
        let sha256 = {
            let mut all = self.all();
            let entry = all.iter_mut().find(|entry| entry.transfer.form == form && entry.is_reading());
            let Some(Entry { transfer, reading: Some(Reading { handed, heard, doubted, .. }), .. }) = entry else {
                return Err(self.why_not(form));
            };
            if offset != handed.len() || handed.len() + part.len() as u64 > transfer.size {
                return Err(Error::FileChanged);
            }
            let is_head = offset == 0 && part.len() as u64 >= transfer.size.min(HEAD as u64);
            if let Some(code) = lack_of_head(&transfer.file_name, &part).filter(|_| is_head) {
                return Err(Error::NoAttachment(code));
            }
            handed.take(&part);
            (transfer.done, *heard, *doubted) = (handed.len(), Instant::now(), None);
            (handed.len() == transfer.size).then(|| handed.sha256())
        };
        let is_last = sha256.is_some();
        let added = self.files.run(move |files| files.add(form, offset, &part, sha256.as_deref())).await;
        added.map_err(|error| if matches!(error, Error::NotFound) { self.why_not(form) } else { error })?;
        if is_last {
            // Of this the service has nothing yet.
            self.change(form, |transfer| (transfer.done, transfer.state) = (0, TransferState::Waiting));
            self.due();
        }
        Ok(is_last)
    }

    /// Why nothing more is taken of a file: it was given up, or whoever chose it has ended it.
    fn why_not(&self, form: FormId) -> Error {
        if self.given_up().contains(&form) { Error::FileStalled } else { Error::NotFound }
    }

    /// Gives up what nobody hands over any more: it has a place that others could have. Whether there was some.
    pub(super) async fn end_silent(&self, now: Instant) -> bool {
        let silent: Vec<FormId> = {
            let mut all = self.all();
            let silent = all.extract_if(.., |entry| entry.is_given_up(now)).map(|entry| entry.transfer.form).collect::<Vec<_>>();
            // Under the same lock: from here on nothing more is taken of them, and whoever goes on is told.
            self.given_up().extend(&silent);
            silent
        };
        for form in &silent {
            let form = *form;
            if let Err(error) = self.files.run(move |files| files.abandon(form)).await {
                // The next start does it.
                tracing::warn!(%error, "what nobody hands over any more could not be deleted yet");
            }
        }
        !silent.is_empty()
    }

    /// When there may be something to give up.
    pub(super) fn next_silence(&self) -> Option<Instant> {
        let all = self.all();
        all.iter().filter(|entry| entry.is_reading()).filter_map(|entry| entry.reading.as_ref()).map(Reading::looked_at).min()
    }

    /// The files that are kept; then those that are being handed over, and when each was chosen. Each is in one of both: what comes to its end meanwhile is
    /// in the first.
    pub(super) async fn kept_and_reading(&self) -> Result<(Vec<StoredFile>, Vec<(Transfer, Timestamp)>), Error> {
        let mut reading = self.reading();
        let kept = self.files.run(|files| files.all()).await?;
        reading.retain(|(transfer, _)| kept.iter().all(|file| file.form != transfer.form));
        Ok((kept, reading))
    }

    /// What is being handed over, and when it was chosen.
    fn reading(&self) -> Vec<(Transfer, Timestamp)> {
        let all = self.all();
        let reading = all.iter().filter(|entry| entry.is_reading());
        reading.filter_map(|entry| Some((entry.transfer.clone(), entry.reading.as_ref()?.at))).collect()
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

    fn given_up(&self) -> MutexGuard<'_, Vec<FormId>> {
        self.given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn new(transfer: Transfer) -> Self {
        Self { transfer, reading: None, ended: CancellationToken::new() }
    }

    fn is_reading(&self) -> bool {
        self.transfer.state == TransferState::Reading
    }

    /// Whether it is handed over no more; found so for the first time, it is looked at once more before that is believed.
    fn is_given_up(&mut self, now: Instant) -> bool {
        let is_reading = self.is_reading();
        let Some(reading) = self.reading.as_mut().filter(|_| is_reading) else { return false };
        let is_silent = now.saturating_duration_since(reading.heard) >= SILENCE;
        let doubted = reading.doubted.filter(|_| is_silent).map(|doubted| now.saturating_duration_since(doubted));
        // Found so now, or the machine slept again since.
        if is_silent && doubted.is_none_or(|doubted| doubted >= SILENCE) {
            reading.doubted = Some(now);
            return false;
        }
        doubted.is_some_and(|doubted| doubted >= DOUBT)
    }

    fn is_done(&self) -> bool {
        self.transfer.state == TransferState::Done
    }
}

impl Reading {
    /// When it is looked at for silence.
    fn looked_at(&self) -> Instant {
        self.doubted.map_or(self.heard + SILENCE, |doubted| doubted + DOUBT)
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

#[cfg(test)]
mod tests {
    use tenantry_model::id::TenantId;
    use uuid::Uuid;

    use super::*;
    use crate::db::Location;

    const SIZE: u64 = LARGEST_ATTACHMENT;

    fn new(n: u128) -> NewFile {
        let customer_id = TenantId::from_uuid(Uuid::from_u128(7));
        let incident = IncidentRef { customer_id, number: "LBT9KC-XDBORS".parse().unwrap() };
        NewFile { form: FormId(Uuid::from_u128(n)), incident, name: "a.log".into(), size: SIZE, at: Timestamp::from_micros(5), behind: 0 }
    }

    #[tokio::test]
    async fn a35_a_file_that_is_handed_over_no_more_gives_its_place_to_others() {
        let transfers = Transfers::load(Files::open(Location::Memory, None).await.unwrap().0).await.unwrap();
        // As many as a device without a disk takes.
        for n in 1..=4 {
            transfers.open(new(n)).await.unwrap();
        }
        assert!(matches!(transfers.open(new(5)).await, Err(Error::WaitingFull)));
        assert!(transfers.has_unsent().await, "whoever signs out loses it");
        let begun = Instant::now();
        assert!(transfers.next_silence().unwrap() <= begun + SILENCE && !transfers.end_silent(begun).await);
        // Of one something comes.
        transfers.add(new(1).form, 0, b"Nebel".to_vec()).await.unwrap();
        assert_eq!(transfers.get(new(1).form).unwrap().done, 5);
        assert!(!transfers.end_silent(begun + SILENCE).await, "the machine may have slept: it is looked at once more");
        assert!(transfers.end_silent(begun + SILENCE + DOUBT).await);
        assert_eq!(transfers.reading().iter().map(|(one, at)| (one.form, at.micros())).collect::<Vec<_>>(), [(new(1).form, 5)]);
        let late = transfers.add(new(2).form, 0, b"Nebel".to_vec()).await;
        assert!(matches!(late, Err(Error::FileStalled)), "it was not taken, and says so: {late:?}");
        for n in 5..=7 {
            transfers.open(new(n)).await.unwrap();
        }
        transfers.add(new(1).form, 5, b"horn".to_vec()).await.unwrap();
        for n in [1, 5, 6, 7] {
            transfers.end(new(n).form);
        }
        assert!(!transfers.has_unsent().await && transfers.next_silence().is_none());
    }

    #[tokio::test]
    async fn a35_a_file_is_told_once_while_its_last_part_comes_to_the_disk() {
        let transfers = Transfers::load(Files::open(Location::Memory, None).await.unwrap().0).await.unwrap();
        let told = || async {
            let (kept, reading) = transfers.kept_and_reading().await.unwrap();
            (kept.into_iter().map(|file| file.form).collect::<Vec<_>>(), reading.into_iter().map(|(file, _)| file.form).collect::<Vec<_>>())
        };
        transfers.open(NewFile { size: 5, ..new(1) }).await.unwrap();
        assert_eq!(told().await, (vec![], vec![new(1).form]));
        let (go, until) = std::sync::mpsc::channel();
        let mut before = std::pin::pin!(busy(transfers.files(), until));
        let mut added = std::pin::pin!(transfers.add(new(1).form, 0, b"Nebel".to_vec()));
        // It is on its way to the disk, and goes on only once that was asked: what is before it there waits.
        tokio::select! {
            biased;
            () = &mut before => panic!("nothing was said"),
            done = &mut added => panic!("{done:?}"),
            () = std::future::ready(()) => {}
        }
        go.send(()).unwrap();
        assert_eq!(told().await, (vec![new(1).form], vec![]));
        before.await;
        assert!(added.await.unwrap());
        assert_eq!(told().await, (vec![new(1).form], vec![]));
        let (go, until) = std::sync::mpsc::channel();
        transfers.open(NewFile { size: 5, ..new(2) }).await.unwrap();
        // It comes to the disk behind the question.
        let ((), told, _, ()) =
            tokio::join!(busy(transfers.files(), until), told(), transfers.add(new(2).form, 0, b"Nebel".to_vec()), async {
                go.send(()).unwrap()
            });
        assert_eq!(told, (vec![new(1).form], vec![new(2).form]), "somewhere, so that nobody signs out without it");
    }

    /// Keeps the files' worker busy until the sender says something.
    async fn busy(files: Files, until: std::sync::mpsc::Receiver<()>) {
        let waits = move |_: &mut _| {
            until.recv().unwrap();
            Ok(())
        };
        files.run(waits).await.unwrap();
    }

    #[tokio::test]
    async fn a35_a_file_that_comes_to_its_end_while_others_are_given_up_is_kept_or_said_not_to_be() {
        let transfers = Transfers::load(Files::open(Location::Memory, None).await.unwrap().0).await.unwrap();
        for n in [1, 2] {
            transfers.open(NewFile { size: 9, ..new(n) }).await.unwrap();
            transfers.add(new(n).form, 0, b"Nebel".to_vec()).await.unwrap();
        }
        let woken = Instant::now() + 2 * SILENCE;
        assert!(!transfers.end_silent(woken - SILENCE).await);
        assert!(!transfers.end_silent(woken).await, "the machine slept again");
        assert_eq!(transfers.next_silence(), Some(woken + DOUBT));
        let (go, until) = std::sync::mpsc::channel();
        // While the disk deletes the first, the page of the second goes on.
        let ((), _, added, ()) = tokio::join!(
            busy(transfers.files(), until),
            transfers.end_silent(woken + DOUBT),
            transfers.add(new(2).form, 5, b"horn".to_vec()),
            async { go.send(()).unwrap() }
        );
        let kept = transfers.files().run(|files| files.find(new(2).form)).await.unwrap();
        assert_eq!(added.is_ok(), kept.is_some(), "{added:?}");
        assert!(matches!(added, Err(Error::FileStalled)), "{added:?}");
    }
}
