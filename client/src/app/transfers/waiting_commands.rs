//! The window's commands about files that are added to incidents.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tenantry_model::attachment::lack;
use tenantry_model::ipc::{FormId, IncidentRef, IpcError, NewUpload, SavedAttachment, Transfer, TransferState, UploadPart, WaitingFile};

use super::fetching::save;
use super::hashed::Hashed;
use crate::app::draft_file::{DraftFile, blocking};
use crate::app::engine::Engine;
use crate::error::Error;
use crate::outbox::NewFile;
use crate::random::uuid_v4;

/// How much of a file is held in memory while it is saved.
const PART: usize = 1024 * 1024;

impl Engine {
    pub async fn open_upload(&self, new: NewUpload) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let NewUpload { form, incident, file_name: name, size } = new;
        if let Some(code) = lack(&name, size) {
            return Err(Error::NoAttachment(code).into());
        }
        let behind = account.outgoing.outbox().run(|entries| entries.last_place()).await?;
        let at = self.shared.config.clock.now();
        account.transfers.open(NewFile { form, incident, name, size, at, behind }).await?;
        self.shared.transfers_changed();
        Ok(())
    }

    pub async fn add_to_upload(&self, part: UploadPart) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let UploadPart { form, offset, base64 } = part;
        let bytes = BASE64.decode(base64).map_err(|_| Error::Invalid("a part of a file is no base64".into()))?;
        account.transfers.add(form, offset, bytes).await?;
        self.shared.transfers_changed();
        Ok(())
    }

    pub async fn get_transfers(&self, incident: IncidentRef) -> Result<Vec<Transfer>, IpcError> {
        Ok(self.shared.account().await?.transfers.of(incident))
    }

    pub async fn cancel_transfer(&self, form: FormId) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        account.transfers.cancel(form);
        if let Err(error) = account.transfers.files().run(move |files| files.forget(form)).await {
            // It is there still, and goes nowhere before its author says so again.
            let why = IpcError::from(error);
            account.transfers.failed(form, why.clone());
            self.shared.transfers_changed();
            return Err(why);
        }
        account.transfers.end(form);
        account.transfers.due();
        self.shared.transfers_changed();
        Ok(())
    }

    pub async fn get_waiting_files(&self) -> Result<Vec<WaitingFile>, IpcError> {
        let account = self.shared.account().await?;
        let (all, reading) = account.transfers.kept_and_reading().await?;
        let about = all.iter().filter_map(|file| file.incident).chain(reading.iter().map(|(transfer, _)| transfer.incident));
        let known = self.customers_of(about.map(|incident| incident.customer_id).collect()).await;
        // A name that may not be read now is not said here either (A28).
        let name_of = |incident: IncidentRef| known.get(&incident.customer_id).map(|row| row.display_name.clone());
        let asked: Vec<_> = all.iter().map(|file| file.incident.filter(|_| file.failure.is_none()).map(|key| (key, file.behind))).collect();
        let outbox = account.outgoing.outbox();
        let held = outbox.run(move |entries| {
            asked
                .into_iter()
                .map(|asked| asked.map_or(Ok(None), |(incident, behind)| entries.holds_up(incident, behind)))
                .collect::<Result<Vec<_>, _>>()
        });
        let mut shown = Vec::with_capacity(all.len());
        for (file, held) in all.into_iter().zip(held.await?) {
            // Where the last part has just come to the disk, that is not told yet.
            let going = account.transfers.get(file.form).filter(|going| going.state != TransferState::Reading);
            let is_over = going.as_ref().is_some_and(|going| going.state == TransferState::Done);
            if is_over {
                continue;
            }
            let state = match &file.failure {
                Some(_) => TransferState::Failed,
                None => going.as_ref().map_or(TransferState::Waiting, |going| going.state),
            };
            let customer_name = file.incident.and_then(name_of);
            shown.push(WaitingFile {
                form: file.form,
                incident: file.incident,
                customer_name,
                file_name: file.name,
                size: file.size,
                done: going.map_or(0, |going| going.done),
                at: file.at,
                state,
                held: held == Some(true),
                failure: file.failure,
            });
        }
        // What is being copied has no place in line yet: whoever signs out loses it all the same.
        shown.extend(reading.into_iter().map(|(transfer, at)| WaitingFile {
            form: transfer.form,
            incident: Some(transfer.incident),
            customer_name: name_of(transfer.incident),
            file_name: transfer.file_name,
            size: transfer.size,
            done: transfer.done,
            at,
            state: transfer.state,
            held: false,
            failure: None,
        }));
        Ok(shown)
    }

    pub async fn send_file_again(&self, form: FormId) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let sent_as = FormId(uuid_v4(&*self.shared.random)?);
        let files = account.transfers.files();
        let Some(file) = files.run(move |files| files.find(form)).await? else { return Ok(()) };
        if !account.transfers.again(&file) {
            return Ok(());
        }
        if let Err(error) = files.run(move |files| files.again(form, sent_as)).await {
            let why = IpcError::from(error);
            account.transfers.failed(form, why.clone());
            return Err(why);
        }
        account.transfers.due();
        self.shared.transfers_changed();
        Ok(())
    }

    pub async fn save_waiting_file(&self, form: FormId) -> Result<SavedAttachment, IpcError> {
        let (account, folder) = (self.shared.account().await?, self.downloads()?);
        let files = account.transfers.files();
        let file = files.run(move |files| files.find(form)).await?.ok_or(Error::NotFound)?;
        let in_folder = |error| match error {
            Error::Io(cause) => Error::Downloads { folder: folder.clone(), cause },
            error => error,
        };
        let place = folder.clone();
        let mut draft = blocking(move || DraftFile::new(&place)).await.map_err(in_folder)?;
        let mut held = Hashed::default();
        while held.len() < file.size {
            let from = held.len();
            let part = files.run(move |files| files.content(form, from, PART)).await?;
            if part.is_empty() {
                return Err(Error::NotFound.into());
            }
            held.take(&part);
            draft = blocking(move || {
                draft.file.write_all(&part)?;
                Ok(draft)
            })
            .await
            .map_err(in_folder)?;
        }
        if held.sha256() != file.sha256 {
            return Err(Error::FileDamaged.into());
        }
        let path = save(draft, &folder, &file.name).await.map_err(in_folder)?;
        self.shared.state().export_folder = Some(folder);
        Ok(SavedAttachment { path: path.display().to_string() })
    }
}
