//! The settings of a customer, and the keys of its devices.

use serde::{Deserialize, Serialize};

use crate::id::{RoomId, TenantId};

/// A key that the engine writes into a file: the window names it, and never holds it (R106).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveKeyArgs {
    /// Whose devices enrol by it.
    pub customer: TenantId,
    /// Which key.
    pub key: NewKey,
}

/// Which key is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NewKey {
    /// Another self-enrolment key; those before go on.
    Another,
    /// A new self-enrolment key; all others end.
    Reset,
    /// That of a room which waits for its device.
    Room(RoomId),
}
