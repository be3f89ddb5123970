//! The app's first paint, the service in use, who is signed in, and what they chose.

use serde::{Deserialize, Serialize};

use super::{PaletteTarget, SyncStatus, Zoom};
use crate::id::TenantId;
use crate::tenancy::{ActingAs, PortalRole, Tenant, UserKey};
use crate::time::Timestamp;
use crate::word::words;

/// See [`super::GetApp`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// The service in use; none on the first start.
    pub service: Option<ServiceState>,
    /// Whether the address was set by the environment or by the administrator, so that it cannot be changed here.
    pub service_is_managed: bool,
    /// Where the session stands.
    pub session: Session,
    /// What the user chose.
    pub preferences: Preferences,
    /// Where the sync stands.
    pub sync: SyncStatus,
    /// Whether somebody's store was left closed, by what the user went on without: it can be tried again while nobody is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_closed: Option<MemoryOnly>,
}

/// See [`super::SetService`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetServiceArgs {
    /// As typed: `https://tenantry.example`, or `http://` on this machine alone.
    pub address: String,
}

/// The service in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceState {
    /// Its address.
    pub address: String,
    /// Whether everything there is made up; none while it has not been asked yet.
    pub demo: Option<bool>,
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Session {
    /// The engine is still opening the store.
    Opening,
    /// The key of somebody's store cannot be had: the store stays closed, and nothing of it is lost.
    #[serde(rename_all = "camelCase")]
    KeyUnavailable {
        /// Why not.
        problem: KeyProblem,
    },
    /// This device's disk does not let somebody's store be opened: the store stays closed, and nothing of it is lost.
    #[serde(rename_all = "camelCase")]
    DiskUnavailable {
        /// Why not.
        problem: DiskProblem,
    },
    /// Nobody is signed in.
    SignedOut,
    /// The browser is open.
    SigningIn,
    /// Somebody is.
    #[serde(rename_all = "camelCase")]
    SignedIn {
        /// The person who signed in.
        user: Box<SignedInUser>,
        /// Whether the browser is open for them to sign in again: meanwhile everything stays as it is.
        #[serde(default)]
        again: bool,
    },
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedInUser {
    /// Who it is, whatever the name.
    pub id: UserKey,
    /// Their name.
    pub display_name: String,
    /// Their own organisation.
    pub tenant: Tenant,
    /// As which of the two they act, where it is partner and customer (A37).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_as: Option<ActingAs>,
    /// Their portal-wide roles.
    pub portal_roles: Vec<PortalRole>,
    /// Whether nothing is kept on disk, and why; none where the encrypted cache is in use.
    pub memory_only: Option<MemoryOnly>,
    /// How far this device's clock is off; none where it is right, or was not compared yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_off: Option<ClockOff>,
}

/// Two clocks at one moment, too far from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClockOff {
    /// This device's.
    pub here: Timestamp,
    /// The service's.
    pub service: Timestamp,
}

/// What the user chose to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// The language; none follows the system.
    pub language: Option<Language>,
    /// The look.
    pub theme: Theme,
    /// How large everything is.
    pub zoom: Zoom,
    /// Whether Incidents shows all customers (A17: per user, off at first).
    pub all_tickets: bool,
    /// Whether Rooms shows all customers (A17: per user, off at first).
    pub all_rooms: bool,
    /// The customer in the dropdown.
    pub customer: Option<TenantId>,
    /// What the command palette led to, the latest first; see [`Preferences::used`].
    pub recent: Vec<PaletteTarget>,
    /// The columns that are not as they were at first; see [`Preferences::column`].
    pub columns: Vec<ColumnChoice>,
}

/// How somebody wants a column of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ColumnChoice {
    /// Which list.
    pub list: String,
    /// Which of its columns.
    pub column: String,
    /// How wide, in hundredths of a rem; none is as wide as the list has room for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u16>,
    /// Whether it is left out.
    #[serde(default)]
    pub hidden: bool,
}

impl Preferences {
    /// How much of what was used last is kept.
    pub const MOST_RECENT: usize = 20;

    /// Notes what the palette has led to.
    pub fn used(&mut self, target: PaletteTarget) {
        self.recent.retain(|known| *known != target);
        self.recent.insert(0, target);
        self.recent.truncate(Self::MOST_RECENT);
    }

    /// How a column of a list is wanted.
    pub fn column(&self, list: &str, column: &str) -> Option<&ColumnChoice> {
        self.columns.iter().find(|choice| choice.list == list && choice.column == column)
    }

    /// Keeps how a column is wanted; nothing of one that is as it was at first.
    pub fn choose_column(&mut self, choice: ColumnChoice) {
        self.columns.retain(|known| (&known.list, &known.column) != (&choice.list, &choice.column));
        if choice.hidden || choice.width.is_some() {
            self.columns.push(choice);
        }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            zoom: Zoom::PLAIN,
            all_tickets: false,
            all_rooms: false,
            customer: None,
            recent: vec![],
            columns: vec![],
        }
    }
}

words! {
    /// The languages of the screens.
    Language = "a language" {
        /// English.
        English = "en",
        /// German.
        German = "de",
    }

    /// The look of the screens.
    Theme = "a theme" {
        /// As the system is.
        System = "system",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }

    /// Why rows are not kept on disk.
    MemoryOnly = "a reason to keep nothing on disk" {
        /// There is no keychain.
        NoKeychain = "no_keychain",
        /// The keychain gave no key, and the user went on without it.
        WithoutKeychain = "without_keychain",
        /// The disk did not let the store be opened, and the user went on without it.
        WithoutDisk = "without_disk",
    }

    /// Why a store cannot be opened though its key is there.
    DiskProblem = "a reason why a disk does not let a store be opened" {
        /// It is full.
        Full = "full",
        /// The folder or the file may not be written to.
        ReadOnly = "read_only",
        /// Another program holds the file.
        Locked = "locked",
        /// It fails.
        Failed = "failed",
    }

    /// Why the key of a store cannot be had.
    KeyProblem = "a reason why a key cannot be had" {
        /// The keychain is locked.
        Locked = "locked",
        /// The user, or the system for them, refused access to it.
        Refused = "refused",
        /// It has not answered yet; it may be waiting for the user.
        NotAnswering = "not_answering",
        /// There is none, or it has not started yet.
        NoKeychain = "no_keychain",
        /// It failed at something that should have worked.
        Failed = "failed",
        /// It works, and has no key for the store: only a new sign-in helps.
        KeyGone = "key_gone",
        /// What it keeps as the key is none: only a new sign-in helps.
        KeyUnreadable = "key_unreadable",
    }
}
