//! Runs that were left unfinished: the app was closed, or another one took their place.

use tenantry_model::ipc::{BulkOrder, FormId, IpcError, ResumedPlan, UnfinishedRun};

use crate::app::engine::Engine;
use crate::app::event::EngineEvent;
use crate::error::Error;

impl Engine {
    pub async fn get_unfinished_bulk(&self) -> Result<Vec<UnfinishedRun>, IpcError> {
        let account = self.shared.account().await?;
        let current = account.bulk.current();
        Ok(account.outgoing.outbox().run(move |entries| entries.unfinished_runs(current)).await?)
    }

    /// Rights and versions are those of now.
    pub async fn resume_bulk(&self, run: FormId) -> Result<ResumedPlan, IpcError> {
        let account = self.shared.account().await?;
        let left = account.outgoing.outbox().run(move |entries| entries.not_begun(run)).await?;
        let (action, targets) = left.ok_or(Error::NotFound)?;
        let plan = self.plan(BulkOrder { targets, action: action.clone() }, Some(run)).await?;
        Ok(ResumedPlan { action, plan })
    }

    pub async fn forget_bulk(&self, run: FormId) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        if account.bulk.current() != Some(run) {
            account.outgoing.outbox().run(move |entries| entries.forget_run(run)).await?;
            self.shared.emit(EngineEvent::Bulk);
        }
        Ok(())
    }
}
