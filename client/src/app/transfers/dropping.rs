//! Files that were dropped on the window. Their paths come from the system to the engine: the page knows how many there are, and says for which incident
//! they are, but names no path, so that it can have nothing read but what the user dropped.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

use tenantry_model::attachment::lack;
use tenantry_model::ipc::{FormId, IncidentRef, IpcError, RefusedFile, TakeDropped, UPLOAD_PART};
use tenantry_model::problem::FieldCode;

use crate::app::account::Account;
use crate::app::draft_file::blocking;
use crate::app::engine::Engine;
use crate::error::Error;
use crate::outbox::NewFile;
use crate::random::uuid_v4;

impl Engine {
    /// Keeps the paths of what was dropped, until they are taken or others are dropped. The name of that; none where nobody is signed in.
    pub fn offer_files(&self, paths: Vec<PathBuf>) -> Option<FormId> {
        let account = self.shared.state().account.clone()?;
        let offer = FormId(uuid_v4(&*self.shared.random).ok()?);
        account.transfers.offer(offer, paths);
        Some(offer)
    }

    pub async fn take_dropped_files(&self, TakeDropped { offer, incident, most }: TakeDropped) -> Result<Vec<RefusedFile>, IpcError> {
        let account = self.shared.account().await?;
        let paths = account.transfers.take_offer(offer).ok_or(Error::NotFound)?;
        let (mut refused, mut left) = (vec![], most);
        for path in paths {
            let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let taken = match left {
                0 => Err(Error::NoAttachment(FieldCode::FilesTooMany).into()),
                _ => self.take(&account, &path, &file_name, incident).await,
            };
            match taken {
                Ok(()) => left -= 1,
                Err(why) => refused.push(RefusedFile { file_name, why }),
            }
        }
        Ok(refused)
    }

    /// Copies one.
    async fn take(&self, account: &Account, path: &Path, name: &str, incident: IncidentRef) -> Result<(), IpcError> {
        let opened = path.to_owned();
        // Opening what is no file might wait for ever.
        let (mut file, size) = blocking(move || {
            let is_file = |found: &Metadata| match found.is_file() {
                true => Ok(()),
                false => Err(Error::FileUnreadable(std::io::ErrorKind::IsADirectory.into())),
            };
            is_file(&std::fs::metadata(&opened).map_err(Error::FileUnreadable)?)?;
            let file = File::open(&opened).map_err(Error::FileUnreadable)?;
            // Another one may lie there by now.
            let found = file.metadata().map_err(Error::FileUnreadable)?;
            is_file(&found)?;
            Ok((file, found.len()))
        })
        .await?;
        if let Some(code) = lack(name, size) {
            return Err(Error::NoAttachment(code).into());
        }
        let behind = account.outgoing.outbox().run(|entries| entries.last_place()).await?;
        let form = FormId(uuid_v4(&*self.shared.random)?);
        let new = NewFile { form, incident, name: name.to_owned(), size, at: self.shared.config.clock.now(), behind };
        account.transfers.open(new).await?;
        self.shared.transfers_changed();
        let copied = async {
            let mut offset = 0;
            loop {
                let (back, part) = blocking(move || {
                    let part = next_part(&mut file, offset, size)?;
                    Ok((file, part))
                })
                .await?;
                file = back;
                let read = part.len() as u64;
                account.transfers.add(form, offset, part).await?;
                self.shared.transfers_changed();
                offset += read;
                if offset == size {
                    return Ok(());
                }
            }
        };
        match copied.await {
            Ok(()) => {}
            // It was discarded meanwhile.
            Err(Error::NotFound) => {}
            Err(error) => {
                self.cancel_transfer(form).await?;
                return Err(error.into());
            }
        }
        self.shared.transfers_changed();
        Ok(())
    }
}

/// What comes at this offset of a file that was so long when it was chosen.
fn next_part(file: &mut impl Read, offset: u64, size: u64) -> Result<Vec<u8>, Error> {
    let mut part = vec![];
    let left = size.saturating_sub(offset);
    file.by_ref().take(UPLOAD_PART.min(left)).read_to_end(&mut part).map_err(Error::FileUnreadable)?;
    let is_short = (part.len() as u64) < UPLOAD_PART.min(left);
    let has_more = part.len() as u64 == left && file.by_ref().take(1).read_to_end(&mut vec![]).map_err(Error::FileUnreadable)? > 0;
    if is_short || has_more { Err(Error::FileChanged) } else { Ok(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r82_a_file_that_shrinks_or_grows_while_it_is_read_is_told_from_one_that_does_not() {
        let long = vec![7; UPLOAD_PART as usize + 3];
        let mut file = long.as_slice();
        assert_eq!(next_part(&mut file, 0, UPLOAD_PART + 3).unwrap().len() as u64, UPLOAD_PART);
        assert_eq!(next_part(&mut file, UPLOAD_PART, UPLOAD_PART + 3).unwrap().len(), 3);
        for (content, size) in [(&b"Nebel"[..], 6), (b"Nebel", 4), (b"", 1), (b"x", 0), (&long, UPLOAD_PART)] {
            assert!(matches!(next_part(&mut &content[..], 0, size), Err(Error::FileChanged)), "{size}");
        }
    }
}
