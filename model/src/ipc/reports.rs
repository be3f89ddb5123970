//! Reports over the rooms of a customer.

use serde::{Deserialize, Serialize};

use super::CellSeparator;
use crate::id::{RoomGroupId, TenantId};

/// What a report is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportQuery {
    /// Whose rooms.
    pub customer: TenantId,
    /// How many days, up to yesterday: 7, 30 or 90.
    pub days: u32,
    /// Only rooms of this group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<RoomGroupId>,
}

/// What of a report is written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum ReportFile {
    /// Health and usage room by room, as CSV.
    Rooms {
        /// What the user's spreadsheet splits at.
        separator: CellSeparator,
    },
    /// The incidents, as JSON (R99).
    Incidents,
}

/// See [`super::ExportReport`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportExport {
    /// What it is over.
    pub query: ReportQuery,
    /// What is written.
    pub file: ReportFile,
}
