//! Rooms that are created ahead of their devices.

use serde::{Deserialize, Serialize};

/// `POST /v1/customers/{customer}/waiting-rooms`: a room that waits for its device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateWaitingRoom {
    /// 1 to 120 characters.
    pub display_name: String,
    /// How many people it seats, at most 10,000; left out where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// The IANA name of its time zone, such as `Europe/Berlin`.
    pub timezone: String,
    /// The room account's sign-in name, such as `room7@contoso.example`; no two rooms that wait have the same.
    pub account: String,
}
