//! Answers about relationships, roles and requests. Unlike lists of incidents and rooms these are not synced: the engine keeps the service's
//! last answer to each question, answers with it at once, and asks again meanwhile.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// What the service said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cached<T> {
    /// The service's answer.
    pub value: T,
    /// When the service gave it.
    pub as_of: Timestamp,
    /// Whether the service was asked since the last nudge; otherwise it is being asked, and [`super::RelationsChanged`] tells if it says something
    /// else, or the service cannot be reached.
    pub current: bool,
}
