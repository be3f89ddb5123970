//! The arguments of commands that change something: what is created, changed or ended, for which customer, from which form.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::TenantId;

/// Names one filled-in form, made when it is opened: however often the form is sent, what it creates is created once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormId(pub Uuid);

/// A creation at the customer for which the form was opened, whatever the dropdown says by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAt<T> {
    /// The customer of the form.
    pub customer: TenantId,
    /// The form that creates it; sent again, it creates nothing new.
    pub form: FormId,
    /// What is created.
    pub new: T,
}

/// A creation in the caller's own organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateOwn<T> {
    /// The form that creates it; sent again, it creates nothing new.
    pub form: FormId,
    /// What is created.
    pub new: T,
}

/// A creation within something: an assignment of a role, a message to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateIn<Key, T> {
    /// Within which.
    pub key: Key,
    /// The form that creates it; sent again, it creates nothing new.
    pub form: FormId,
    /// What is created.
    pub new: T,
}

/// A change of what was read in this version. [`super::IpcErrorKind::Stale`] where it has changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeOf<Key, T> {
    /// What is changed.
    pub key: Key,
    /// The version that was read.
    pub version: u64,
    /// The change.
    pub change: T,
}

/// The end of what was read in this version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndOf<Key> {
    /// What is to end.
    pub key: Key,
    /// The version that was read.
    pub version: u64,
}
