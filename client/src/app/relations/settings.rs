//! The settings of a customer, and keys of its devices. A key goes from the service's answer into a file of the user's and nowhere else.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use tenantry_model::api::enrolment_keys::{EnrolmentKeyList, InstallerFile, IssuedKey};
use tenantry_model::api::requests::Done;
use tenantry_model::api::settings::{ChangeSettings, CustomerSettings, Organisation};
use tenantry_model::api::signal_switches::{SignalSwitches, SwitchSignals};
use tenantry_model::api::waiting_rooms::CreateWaitingRoom;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{Cached, ChangeOf, CreateAt, EndOf, IpcError, NewKey, RoomKey, SaveKeyArgs, SavedAttachment};

use crate::app::draft_file::{DraftFile, blocking};
use crate::app::engine::Engine;
use crate::app::event::EngineEvent;
use crate::error::Error;
use crate::service::Draft;

/// How much of a name stands in a file's name, in characters.
const LONGEST_NAME: usize = 40;

fn of_customer(customer: TenantId, what: &str) -> String {
    format!("customers/{customer}/{what}")
}

impl Engine {
    pub async fn get_organisation(&self) -> Result<Cached<Organisation>, IpcError> {
        self.query(Draft::get("me/organisation")).await
    }

    pub async fn get_settings(&self, customer: TenantId) -> Result<Cached<CustomerSettings>, IpcError> {
        self.query(Draft::get(of_customer(customer, "settings")).at(customer)).await
    }

    pub async fn change_settings(&self, args: ChangeOf<TenantId, ChangeSettings>) -> Result<Done, IpcError> {
        self.change(Draft::patch(of_customer(args.key, "settings")).at(args.key).of_version(args.version).body(&args.change)).await
    }

    pub async fn get_signal_switches(&self, customer: TenantId) -> Result<Cached<SignalSwitches>, IpcError> {
        self.query(Draft::get(of_customer(customer, "signals")).at(customer)).await
    }

    pub async fn switch_signals(&self, args: ChangeOf<TenantId, SwitchSignals>) -> Result<Done, IpcError> {
        self.change(Draft::patch(of_customer(args.key, "signals")).at(args.key).of_version(args.version).body(&args.change)).await
    }

    pub async fn get_enrolment_keys(&self, customer: TenantId) -> Result<Cached<EnrolmentKeyList>, IpcError> {
        self.query(Draft::get(of_customer(customer, "enrolment-keys")).at(customer)).await
    }

    pub async fn create_waiting_room(&self, args: CreateAt<CreateWaitingRoom>) -> Result<Done, IpcError> {
        self.change(Draft::post(of_customer(args.customer, "waiting-rooms")).at(args.customer).by_form(args.form).body(&args.new)).await
    }

    pub async fn cancel_waiting_room(&self, end: EndOf<RoomKey>) -> Result<(), IpcError> {
        let RoomKey { customer_id: customer, id } = end.key;
        self.change(Draft::delete(of_customer(customer, &format!("waiting-rooms/{id}"))).at(customer).of_version(end.version)).await
    }

    /// Has a key made, and writes the installer's file into the user's folder for downloads. Whether that can be written to is found out first: a key whose
    /// file is lost is of no use to anybody.
    pub async fn save_enrolment_key(&self, args: SaveKeyArgs) -> Result<SavedAttachment, IpcError> {
        let SaveKeyArgs { customer, key } = args;
        let (shared, account, folder) = (Arc::clone(&self.shared), self.shared.account().await?, self.downloads()?);
        let path = match key {
            NewKey::Another => of_customer(customer, "enrolment-keys"),
            NewKey::Reset => of_customer(customer, "enrolment-keys/reset"),
            NewKey::Room(room) => of_customer(customer, &format!("waiting-rooms/{room}/key")),
        };
        // On a task of its own: who asked may go away, the key that was made is saved all the same.
        let saving = tokio::spawn(async move {
            let place = folder.clone();
            let draft = blocking(move || DraftFile::new(&place)).await.map_err(|error| in_folder(&folder, error))?;
            let issued = account.send::<IssuedKey>(&Draft::post(path).at(customer).call()).await;
            account.queries.change();
            let file = InstallerFile::of(account.service.address().to_string(), issued?);
            shared.emit(EngineEvent::Relations);
            let place = folder.clone();
            let saved = blocking(move || write(draft, &place, &file)).await.map_err(|error| in_folder(&folder, error))?;
            shared.state().export_folder = Some(folder);
            Ok::<_, Error>(SavedAttachment { path: saved })
        });
        Ok(saving.await.map_err(|_| Error::Closed)??)
    }
}

/// All that is written goes there: what fails is that folder's.
fn in_folder(folder: &Path, error: Error) -> Error {
    match error {
        Error::Io(cause) => Error::Downloads { folder: folder.to_owned(), cause },
        error => error,
    }
}

fn write(mut draft: DraftFile, folder: &Path, file: &InstallerFile) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(file).map_err(|error| Error::Invalid(format!("the file cannot be written: {error}")))?;
    writeln!(draft.file, "{text}")?;
    let of = file.room.as_ref().map_or(&file.customer.name, |room| &room.name);
    let path = draft.persist(folder, &format!("tenantry-enrolment-{}", file_stem(of)), "json")?;
    Ok(path.display().to_string())
}

/// What of a name can stand in the name of a file on every system.
fn file_stem(name: &str) -> String {
    let plain: String = name.chars().take(LONGEST_NAME).map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "device".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_no_other_folder() {
        for (name, stem) in [
            ("Isar (6)", "Isar--6"),
            ("../../etc/passwd", "etc-passwd"),
            ("Süd\\..\\x", "Süd----x"),
            ("\u{202e}", "device"),
            ("", "device"),
        ] {
            assert_eq!(file_stem(name), stem);
        }
    }
}
