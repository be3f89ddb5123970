//! Why a command failed.

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
        /// The service cannot be reached.
        Offline = "offline",
        /// What answers at that address is no Tenantry service, or one of another version.
        NotAService = "not_a_service",
        /// The user gave the sign-in up.
        Cancelled = "cancelled",
        /// The sign-in was not finished within five minutes.
        TimedOut = "timed_out",
        /// The provider or the service refused the sign-in; the message says why.
        Refused = "refused",
        /// No browser could be opened.
        NoBrowser = "no_browser",
        /// The provider's token does not hold at what this device takes for the present: set its clock right. The message says both times.
        WrongClock = "wrong_clock",
        /// This device's disk is full.
        DiskFull = "disk_full",
        /// This device's folder or file may not be written to.
        DiskReadOnly = "disk_read_only",
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
}

impl IpcError {
    /// Why something failed that has no fields.
    pub fn new(kind: IpcErrorKind, message: impl Into<String>, retryable: bool) -> Self {
        Self { kind, message: message.into(), retryable, fields: vec![] }
    }

    /// What is wrong with this member of what was sent, such as `#/domain`.
    pub fn field(&self, pointer: &str) -> Option<&FieldError> {
        self.fields.iter().find(|field| field.pointer == pointer)
    }
}
