//! Saving filters. On line alone: a refusal is said at the form, which keeps what was typed. What was changed comes with the sync, as on every desk.

use std::sync::Arc;

use tenantry_model::api::saved_views::SavedView;
use tenantry_model::filter::Name;
use tenantry_model::id::SavedViewId;
use tenantry_model::ipc::{CountQuery, EndOf, IpcError, MeantByName, ResolvedCountQuery, RoomCountQuery, SaveFilterArgs, ViewCounts};

use super::engine::Engine;
use super::event::EngineEvent;
use crate::cache::RoomsCounted;
use crate::service::Draft;

/// How often a room is held against a filter between two questions of a screen.
const ROOMS_HELD_AT_ONCE: usize = 500_000;

fn path(id: SavedViewId) -> String {
    format!("me/views/{id}")
}

impl Engine {
    pub async fn list_views(&self) -> Result<Vec<SavedView>, IpcError> {
        self.ask(|store, _| store.saved_views()).await
    }

    pub async fn count_incidents(&self, query: CountQuery) -> Result<ViewCounts, IpcError> {
        // The first time this takes a while where there are many: other questions come in between.
        while self.ask(|store, _| store.load_more()).await? {}
        self.ask(move |store, contact| store.count_incidents(&query, contact)).await
    }

    pub async fn count_resolved(&self, query: ResolvedCountQuery) -> Result<ViewCounts, IpcError> {
        self.ask(move |store, contact| store.count_resolved(&query, contact)).await
    }

    pub async fn count_rooms(&self, query: RoomCountQuery) -> Result<ViewCounts, IpcError> {
        self.load_rooms_of(query.filters.iter()).await?;
        let (query, mut counted) = (Arc::new(query), RoomsCounted::default());
        loop {
            let (query, mut so_far) = (Arc::clone(&query), counted);
            let (so_far, counts) = self
                .ask(move |store, contact| {
                    let counts = store.count_more_rooms(&query, &mut so_far, ROOMS_HELD_AT_ONCE, contact)?;
                    Ok((so_far, counts))
                })
                .await?;
            if let Some(counts) = counts {
                return Ok(counts);
            }
            counted = so_far;
        }
    }

    pub async fn count_meant(&self, names: Vec<Name>) -> Result<Vec<MeantByName>, IpcError> {
        self.ask(move |store, _| Ok(store.count_meant(&names))).await
    }

    pub async fn save_filter(&self, args: SaveFilterArgs) -> Result<SavedView, IpcError> {
        let draft = Draft::put(path(args.id)).body(&args.view);
        let draft = match args.version {
            Some(version) => draft.of_version(version),
            None => draft,
        };
        let account = self.shared.account().await?;
        let saved: Result<SavedView, _> = account.send(&draft.call()).await;
        // Also after a failure: it may have been made on the way.
        account.wake.now();
        let saved = saved?;
        // Until the sync brings it, what is done next goes by this one.
        let (view, position) = (saved.clone(), args.view.position);
        if let Ok(Some(change)) = account.cache.run(move |store| store.view_saved(view, position)).await {
            self.shared.emit(EngineEvent::Data(change));
        }
        Ok(saved)
    }

    pub async fn delete_view(&self, args: EndOf<SavedViewId>) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let deleted = account.send::<()>(&Draft::delete(path(args.key)).of_version(args.version).call()).await;
        account.wake.now();
        Ok(deleted?)
    }
}
