//! The audit log of the own organisation.

use tenantry_model::ipc::{AuditPage, AuditQuery, ExportRange, IpcError, SavedFile};

use super::export::export;
use crate::app::adapters::with_token;
use crate::app::engine::Engine;
use crate::error::Error;
use crate::service::relations::audit;

impl Engine {
    pub async fn list_audit(&self, query: AuditQuery) -> Result<AuditPage, IpcError> {
        let page = self.consult(audit::page(&query)).await?;
        Ok(AuditPage { rows: page.items, next: page.next_cursor })
    }

    pub async fn export_audit(&self, range: ExportRange) -> Result<SavedFile, IpcError> {
        let account = self.shared.account().await?;
        let folder = self.shared.config.downloads.clone();
        let folder = folder.ok_or_else(|| Error::Invalid("this system names no folder for downloads: set one, and try again".into()))?;
        let call = audit::export(range);
        let answer = with_token(&account.tokens, |token| {
            let (service, call) = (account.service.clone(), call.clone());
            async move { service.open(&token, &call).await }
        });
        let answer = answer.await.inspect_err(|error| account.note_access_ended(error))?;
        Ok(export(answer, &folder, range).await?)
    }
}
