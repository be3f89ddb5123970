//! Saving filters. On line alone: a refusal is said at the form, which keeps what was typed. What was changed comes with the sync, as on every desk.

use tenantry_model::api::saved_views::SavedView;
use tenantry_model::id::SavedViewId;
use tenantry_model::ipc::{CountQuery, EndOf, IncidentCounts, IpcError, SaveFilterArgs};

use super::engine::Engine;
use crate::service::Draft;

fn path(id: SavedViewId) -> String {
    format!("me/views/{id}")
}

impl Engine {
    pub async fn list_views(&self) -> Result<Vec<SavedView>, IpcError> {
        self.ask(|store, _| store.saved_views()).await
    }

    pub async fn count_incidents(&self, query: CountQuery) -> Result<IncidentCounts, IpcError> {
        self.ask(move |store, contact| store.count_incidents(&query, contact)).await
    }

    pub async fn save_filter(&self, args: SaveFilterArgs) -> Result<SavedView, IpcError> {
        let draft = Draft::put(path(args.id)).body(&args.view);
        let draft = match args.version {
            Some(version) => draft.of_version(version),
            None => draft,
        };
        let account = self.shared.account().await?;
        let saved = account.send(&draft.call()).await;
        // Also after a failure: it may have been made on the way.
        account.wake.now();
        Ok(saved?)
    }

    pub async fn delete_view(&self, args: EndOf<SavedViewId>) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let deleted = account.send::<()>(&Draft::delete(path(args.key)).of_version(args.version).call()).await;
        account.wake.now();
        Ok(deleted?)
    }
}
