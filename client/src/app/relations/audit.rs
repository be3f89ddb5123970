//! The audit log of the own organisation.

use std::path::PathBuf;

use tenantry_model::api::Page;
use tenantry_model::audit::{AUDIT_COLUMNS, AuditRecord};
use tenantry_model::ipc::{AuditPage, AuditQuery, ExportRange, IpcError, SavedFile};

use super::export::{CsvFile, export};
use crate::app::adapters::with_token;
use crate::app::engine::Engine;
use crate::error::Error;
use crate::service::{Call, Draft};

impl Engine {
    pub async fn list_audit(&self, query: AuditQuery) -> Result<AuditPage, IpcError> {
        let page: Page<AuditRecord> = self.fetch(page(&query)).await?;
        Ok(AuditPage { rows: page.items, next: page.next_cursor })
    }

    pub async fn export_audit(&self, range: ExportRange) -> Result<SavedFile, IpcError> {
        let call = Draft::get("audit/export").with("from", range.from).with("to", range.to).call::<()>();
        let name = format!("tenantry-audit-{}-to-{}", range.from, range.to);
        self.save_csv(&call, CsvFile { name: &name, columns: &AUDIT_COLUMNS, separator: range.separator }).await
    }

    /// Writes what the service answers with into the folder for downloads.
    pub(super) async fn save_csv(&self, call: &Call<()>, file: CsvFile<'_>) -> Result<SavedFile, IpcError> {
        let account = self.shared.account().await?;
        let folder = self.downloads()?;
        let answer = with_token(&account.tokens, |token| {
            let (service, call) = (account.service.clone(), call.clone());
            async move { service.open(&token, &call).await }
        });
        let answer = answer.await.inspect_err(|error| account.note_access_ended(error))?;
        let saved = export(answer, &folder, file).await?;
        self.shared.state().export_folder = Some(folder);
        Ok(saved)
    }

    /// Where files go that the user asks for.
    pub(in crate::app) fn downloads(&self) -> Result<PathBuf, Error> {
        let folder = self.shared.config.downloads.clone();
        folder.ok_or_else(|| Error::Invalid("this system names no folder for downloads: set one, and try again".into()))
    }

    /// Where the last file of this run lies that was exported or saved.
    pub fn export_folder(&self) -> Option<PathBuf> {
        self.shared.state().export_folder.clone()
    }
}

fn page(query: &AuditQuery) -> Draft {
    let mut draft = Draft::get("audit").with("log", query.log);
    for (name, day) in [("from", query.from), ("to", query.to)] {
        if let Some(day) = day {
            draft = draft.with(name, day);
        }
    }
    draft = query.categories.iter().fold(draft, |draft, category| draft.with("category", category));
    draft = query.operations.iter().fold(draft, |draft, operation| draft.with("operation", operation));
    draft = query.results.iter().fold(draft, |draft, result| draft.with("result", result));
    let text = query.text.trim();
    if !text.is_empty() {
        draft = draft.with("q", text);
    }
    if let Some(after) = &query.after {
        draft = draft.with("cursor", after);
    }
    draft
}
