//! Why a command failed.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use crate::problem::FieldError;
use crate::word::words;

words! {
    /// Why a command failed, by what the user can do about it.
    IpcErrorKind = "a kind of error" {
        /// What was asked does not have the form it must have.
        Invalid = "invalid",
        /// Sign in first.
        SignedOut = "signed_out",
        /// It does not exist, or may not be seen.
        NotFound = "not_found",
        /// The customer's terms for offline reading have run out: connect first (A28).
        Locked = "locked",
        /// It conflicts with what is there; the message says how, in English.
        Conflict = "conflict",
        /// It has changed since it was read: show both, and let the user decide.
        Stale = "stale",
        /// It was first tried so long ago that it may have been done without anybody knowing: look before it is sent again.
        MayBeDone = "may_be_done",
        /// The service cannot be reached.
        Offline = "offline",
        /// What answers at that address is no Tenantry service, or one of another version.
        NotAService = "not_a_service",
        /// The user gave it up: a sign-in, say, or what was not sent yet.
        Cancelled = "cancelled",
        /// The sign-in was not finished within five minutes.
        TimedOut = "timed_out",
        /// The provider or the service refused the sign-in; the message says why.
        Refused = "refused",
        /// The person said no at the provider, or their administrator has to say yes first.
        Denied = "denied",
        /// No browser could be opened.
        NoBrowser = "no_browser",
        /// The provider's token does not hold at what this device takes for the present: set its clock right. The message says both times.
        WrongClock = "wrong_clock",
        /// This device's disk is full.
        DiskFull = "disk_full",
        /// This device's folder or file may not be written to.
        DiskReadOnly = "disk_read_only",
        /// The folder that the user's own files go to does not take one; the message names it.
        DownloadsUnusable = "downloads_unusable",
        /// What arrived of a file is not what was added to the incident.
        FileDamaged = "file_damaged",
        /// A file that was chosen is no file, is gone, or may not be read.
        FileUnreadable = "file_unreadable",
        /// Copying a file that was chosen stood still for so long that it was given up.
        FileStalled = "file_stalled",
        /// A file that was chosen changed while it was read.
        FileChanged = "file_changed",
        /// So many files wait on this device that it takes no more.
        WaitingFull = "waiting_full",
        /// Another program holds the file.
        FileLocked = "file_locked",
        /// This device's disk fails.
        DiskFailed = "disk_failed",
        /// Something broke; the log says what.
        Internal = "internal",
    }
}

/// A failed command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct IpcError {
    /// What the window branches on, and translates.
    pub kind: IpcErrorKind,
    /// In English, for the log and for support.
    pub message: String,
    /// Whether trying again may help.
    pub retryable: bool,
    /// Which members of what was sent the service cannot take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// What the provider said, where it was it who refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Box<RefusalDetails>>,
}

/// What a provider says when it refuses a sign-in: for whoever has to find out why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusalDetails {
    /// The code of OAuth or OpenID Connect, such as `access_denied`.
    pub error: String,
    /// Entra ID's own code, such as `AADSTS50105`.
    pub code: Option<String>,
    /// By which Entra ID's support finds the attempt.
    pub correlation_id: Option<String>,
    /// In the provider's words; may name a person.
    pub description: Option<String>,
}

/// For messages and the log: without the description, which may name a person.
impl Display for RefusalDetails {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)?;
        if let Some(code) = &self.code {
            write!(f, " {code}")?;
        }
        if let Some(id) = &self.correlation_id {
            write!(f, ", correlation id {id}")?;
        }
        Ok(())
    }
}

impl IpcError {
    /// Why something failed that has no fields.
    pub fn new(kind: IpcErrorKind, message: impl Into<String>, retryable: bool) -> Self {
        Self { kind, message: message.into(), retryable, fields: vec![], details: None }
    }

    /// What is wrong with this member of what was sent, such as `#/domain`.
    pub fn field(&self, pointer: &str) -> Option<&FieldError> {
        self.fields.iter().find(|field| field.pointer == pointer)
    }
}
