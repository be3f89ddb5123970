//! What is remembered on disk before any store is open: the service's address, whose cache to open, and how the sign-in screen looks.
//! No name, no token, no key: ids and choices alone.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tenantry_model::ipc::Preferences;
use tenantry_model::tenancy::{ActingAs, UserKey};

use super::data_folder::{CACHES, OpenError};
use crate::error::Error;
use crate::random::hex;

const FILE: &str = "state.json";

/// `state.json` in the data folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Remembered {
    pub(super) service: Option<String>,
    /// Whether everything there is made up; none while it has not been asked.
    pub(super) demo: Option<bool>,
    /// Who was signed in last, and did not sign out.
    pub(super) account: Option<AccountKey>,
    /// Whether the next sign-in asks which account it shall be: after signing out, and after a refusal.
    pub(super) choose_account: bool,
    /// Language, look and size, for the screens before the sign-in.
    pub(super) preferences: Preferences,
}

/// A person at a service: what a cache belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountKey {
    pub(super) service: String,
    pub(super) user: UserKey,
    /// The customer, where they act as that for an organisation that is a partner, too (A37): no cache holds what both see. None for everybody else: the partner is
    /// what the service presumes, so that nothing moves where an organisation becomes both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) acting_as: Option<ActingAs>,
}

impl AccountKey {
    /// A name that tells nothing: for the cache's file and the key in the keychain.
    pub(super) fn name(&self) -> String {
        let mut text = format!("{}\n{}\n{}", self.service, self.user.tenant_id, self.user.user_id);
        if let Some(acting_as) = self.acting_as {
            text.push('\n');
            text.push_str(acting_as.as_str());
        }
        hex(&Sha256::digest(text.as_bytes())[..16])
    }

    /// Whether it is the same person at the same service, whatever they act as.
    pub(super) fn is_same_person(&self, other: &Self) -> bool {
        (&self.service, self.user) == (&other.service, other.user)
    }

    /// Where its cache is.
    pub(super) fn file(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(CACHES).join(format!("{}.db", self.name()))
    }

    /// Where its outbox is.
    pub(super) fn outbox_file(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(CACHES).join(format!("{}.outbox", self.name()))
    }

    /// Where the files are that wait to be sent.
    pub(super) fn waiting_files(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(CACHES).join(format!("{}.files", self.name()))
    }

    /// What its key is called in the keychain.
    pub(super) fn key_name(&self) -> String {
        format!("cache {}", self.name())
    }
}

impl Remembered {
    /// Reads the file. One that is missing or broken is as good as none: everything in it can be asked for again.
    ///
    /// # Errors
    /// Where it is there and the system does not let it be read: starting without it would look like a first start, and overwrite it.
    pub(super) fn load(data_dir: &Path) -> Result<Self, OpenError> {
        let file = data_dir.join(FILE);
        let text = match std::fs::read(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(OpenError::Folder(file, error)),
            Ok(text) => text,
        };
        Ok(serde_json::from_slice(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "{FILE} cannot be understood: starting without it");
            Self::default()
        }))
    }

    /// Writes the file, whole or not at all.
    pub(super) fn save(&self, data_dir: &Path) -> Result<(), Error> {
        std::fs::create_dir_all(data_dir)?;
        let text = serde_json::to_vec_pretty(self).map_err(std::io::Error::from)?;
        let draft = data_dir.join(format!("{FILE}.new"));
        let mut file = std::fs::File::create(&draft)?;
        std::io::Write::write_all(&mut file, &text)?;
        file.sync_all()?;
        // Where it is still open, Windows may refuse to rename it.
        drop(file);
        std::fs::rename(&draft, data_dir.join(FILE))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn key() -> AccountKey {
        use tenantry_model::id::{PrincipalId, TenantId};
        let user = UserKey { tenant_id: TenantId::from_uuid(Uuid::from_u128(1)), user_id: PrincipalId::from_uuid(Uuid::from_u128(2)) };
        AccountKey { service: "https://tenantry.example".into(), user, acting_as: None }
    }

    #[test]
    fn what_is_remembered_survives_and_a_broken_file_is_no_crash() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Remembered::load(folder.path()).unwrap(), Remembered::default());
        let remembered = Remembered { service: Some("https://tenantry.example".into()), account: Some(key()), ..Default::default() };
        remembered.save(folder.path()).unwrap();
        assert_eq!(Remembered::load(folder.path()).unwrap(), remembered);
        std::fs::write(folder.path().join(FILE), b"{ not json").unwrap();
        assert_eq!(Remembered::load(folder.path()).unwrap(), Remembered::default());
    }

    #[test]
    fn fault_18_a_file_that_is_there_and_cannot_be_read_is_no_first_start() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        std::fs::create_dir(&file).unwrap();
        assert!(matches!(Remembered::load(folder.path()), Err(OpenError::Folder(named, _)) if named == file));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn fault_25_the_file_is_closed_before_it_replaces_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let handles = tenantry_test_kit::Handles::watch(folder.path()).unwrap();
        for _ in 0..2 {
            Remembered::default().save(folder.path()).unwrap();
        }
        assert_eq!(handles.closed_too_late().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn each_person_at_each_service_has_a_file_of_their_own_that_names_nobody() {
        let one = key();
        let elsewhere = AccountKey { service: "https://other.example".into(), ..one.clone() };
        assert_ne!(one.name(), elsewhere.name());
        let customer = AccountKey { acting_as: Some(ActingAs::Customer), ..one.clone() };
        assert!(customer.name() != one.name() && customer.is_same_person(&one) && !elsewhere.is_same_person(&one), "A37");
        assert_eq!(one.name().len(), 32);
        assert!(!one.name().contains("tenantry"));
    }
}
