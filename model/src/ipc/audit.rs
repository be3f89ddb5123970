//! The audit log: pages of it, and its export.

use serde::{Deserialize, Serialize};

use super::Language;
use crate::audit::{AuditCategory, AuditLog, AuditOperation, AuditRecord, AuditResult};
use crate::time::UtcDay;
use crate::word::words;

/// See [`super::ListAudit`]. Values within one filter are alternatives; different filters must all hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditQuery {
    /// Which log.
    pub log: AuditLog,
    /// The first day, in UTC; none for as far back as the log is answered.
    pub from: Option<UtcDay>,
    /// The last day, included; none for today.
    pub to: Option<UtcDay>,
    /// Only of these kinds.
    pub categories: Vec<AuditCategory>,
    /// Only these operations.
    pub operations: Vec<AuditOperation>,
    /// Only with these results.
    pub results: Vec<AuditResult>,
    /// Words that the names and ids of the object, the user and the user's organisation must hold.
    pub text: String,
    /// Where to go on: the `next` of the page before.
    pub after: Option<String>,
}

/// See [`super::ListAudit`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    /// Newest first.
    pub rows: Vec<AuditRecord>,
    /// What goes on with the next page; none on the last.
    pub next: Option<String>,
}

words! {
    /// What stands between the cells of a file that is saved here.
    CellSeparator = "a separator of cells" {
        /// `,`, as the service writes it: English and other spreadsheets.
        Comma = "comma",
        /// `;`: spreadsheets of languages that write decimals with a comma, such as German.
        Semicolon = "semicolon",
    }
}

impl CellSeparator {
    /// What spreadsheets of a language split at, as far as the language tells.
    pub const fn usual(language: Language) -> Self {
        match language {
            Language::English => Self::Comma,
            Language::German => Self::Semicolon,
        }
    }
}

/// See [`super::ExportAudit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportRange {
    /// The first day, in UTC; at most 180 days back (R110).
    pub from: UtcDay,
    /// The last day, included.
    pub to: UtcDay,
    /// What the user's spreadsheet splits at.
    #[serde(default = "comma")]
    pub separator: CellSeparator,
}

const fn comma() -> CellSeparator {
    CellSeparator::Comma
}

/// See [`super::ExportAudit`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedFile {
    /// Where it lies now.
    pub path: String,
    /// How many records it holds.
    pub records: u32,
}
