//! One method per command of `tenantry_model::ipc`, by the command's name; opening an incident is in `incident`, relationships are in `relations`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tenantry_model::filter::Name;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{
    AppState, CustomerPage, CustomerQuery, CustomerRow, DataChange, IncidentPage, IncidentQuery, IncidentScope, IpcError, NameKind,
    NextCustomerQuery, PaletteAnswer, PaletteQuery, Preferences, RoomDetail, RoomFilter, RoomKey, RoomPage, RoomQuery, SeenMessages,
    ServiceState, Session, SetServiceArgs, SyncStatus,
};
use tenantry_model::tenancy::ActingAs;

use super::engine::Engine;
use super::event::EngineEvent;
use super::store_choice::StoreChoice;
use crate::cache::{Contact, Store};
use crate::error::Error;
use crate::raw_json::RawJson;

/// So long a letter in the palette waits for what is still to be read of threads: mostly that is nothing, or what one answer of the sync brought.
const AUTHORS_WAIT: Duration = Duration::from_millis(20);

impl Engine {
    /// Everything for the first paint: without network, keychain or store.
    pub async fn get_app(&self) -> Result<AppState, IpcError> {
        let state = self.shared.state();
        let service = state.service.as_ref().map(|address| {
            let address = address.to_string();
            let demo = if state.remembered.service.as_ref() == Some(&address) { state.remembered.demo } else { None };
            ServiceState { address, demo }
        });
        Ok(AppState {
            version: self.shared.config.app_version.clone(),
            service,
            service_is_managed: self.shared.config.service.is_some(),
            session: state.session.clone(),
            preferences: state.preferences.clone(),
            sync: state.sync.clone(),
            left_closed: state.left_closed.filter(|_| state.session == Session::SignedOut),
        })
    }

    pub async fn get_session(&self) -> Result<Session, IpcError> {
        Ok(self.shared.state().session.clone())
    }

    pub async fn set_service(&self, args: SetServiceArgs) -> Result<ServiceState, IpcError> {
        Ok(self.shared.set_service(&args.address).await?)
    }

    /// Opens the system's browser, and waits for the sign-in to come back.
    pub async fn sign_in(&self) -> Result<Session, IpcError> {
        let shared = Arc::clone(&self.shared);
        // On a task of its own: who asked may go away, the sign-in goes on.
        let attempt = tokio::spawn(async move { shared.sign_in().await });
        Ok(attempt.await.map_err(|_| Error::Closed)??)
    }

    pub async fn cancel_sign_in(&self) -> Result<(), IpcError> {
        self.shared.cancel_attempt();
        Ok(())
    }

    pub async fn try_keychain(&self) -> Result<(), IpcError> {
        self.try_again();
        Ok(())
    }

    pub async fn go_without_keychain(&self) -> Result<(), IpcError> {
        self.go_without();
        Ok(())
    }

    pub async fn try_disk(&self) -> Result<(), IpcError> {
        self.try_again();
        Ok(())
    }

    pub async fn go_without_disk(&self) -> Result<(), IpcError> {
        self.go_without();
        Ok(())
    }

    /// Whatever waits hears it; what was given up is begun anew.
    fn try_again(&self) {
        // Nobody hears it where nothing is waited for any more: it came meanwhile.
        let _ = self.shared.store_choices.send(StoreChoice::TryAgain);
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move { shared.open_last_anew().await });
    }

    fn go_without(&self) {
        // As above.
        let _ = self.shared.store_choices.send(StoreChoice::GoWithout);
    }

    pub async fn sign_out(&self) -> Result<(), IpcError> {
        let shared = Arc::clone(&self.shared);
        let sign_out = tokio::spawn(async move { shared.sign_out().await });
        Ok(sign_out.await.map_err(|_| Error::Closed)??)
    }

    pub async fn act_as(&self, acting_as: ActingAs) -> Result<(), IpcError> {
        let shared = Arc::clone(&self.shared);
        // As above: half of it would leave nobody signed in.
        let act_as = tokio::spawn(async move { shared.act_as(acting_as).await });
        Ok(act_as.await.map_err(|_| Error::Closed)??)
    }

    pub async fn get_preferences(&self) -> Result<Preferences, IpcError> {
        Ok(self.shared.state().preferences.clone())
    }

    /// Keeps what the user chose: in their store, and language, look and size on the device as well, for the screens before the sign-in.
    pub async fn set_preferences(&self, preferences: Preferences) -> Result<(), IpcError> {
        let account = {
            let mut state = self.shared.state();
            state.preferences = preferences.clone();
            state.account.clone()
        };
        self.shared.remember(|remembered| {
            remembered.preferences.language = preferences.language;
            remembered.preferences.theme = preferences.theme;
            remembered.preferences.zoom = preferences.zoom;
        })?;
        if let Some(account) = account {
            account.cache.run(move |store| store.set_preferences(&preferences)).await?;
        }
        Ok(())
    }

    pub async fn get_sync(&self) -> Result<SyncStatus, IpcError> {
        Ok(self.shared.state().sync.clone())
    }

    pub async fn sync_now(&self) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        account.wake.now();
        // Whoever asks for it wants what they typed to go, too.
        account.outgoing.due();
        Ok(())
    }

    pub async fn list_customers(&self, query: CustomerQuery) -> Result<CustomerPage, IpcError> {
        self.ask(move |store, contact| Ok(store.list_customers(&query, contact))).await
    }

    pub async fn get_customer(&self, id: TenantId) -> Result<CustomerRow, IpcError> {
        self.ask(move |store, contact| store.customer(id, contact)).await
    }

    /// What is known of these; those that may not be seen are not in it.
    pub(super) async fn customers_of(&self, ids: HashSet<TenantId>) -> HashMap<TenantId, CustomerRow> {
        let known =
            self.ask(move |store, contact| Ok(ids.into_iter().filter_map(|id| Some((id, store.customer(id, contact).ok()?))).collect()));
        known.await.unwrap_or_default()
    }

    pub async fn next_customer(&self, query: NextCustomerQuery) -> Result<Option<TenantId>, IpcError> {
        self.ask(move |store, contact| Ok(store.next_customer(query, contact))).await
    }

    pub async fn list_incidents(&self, query: IncidentQuery) -> Result<RawJson<IncidentPage>, IpcError> {
        self.ask(move |store, contact| store.list_incidents(&query, contact)).await
    }

    pub async fn mark_read(&self, seen: SeenMessages) -> Result<(), IpcError> {
        let change: Option<DataChange> = self.ask(move |store, contact| store.mark_read(seen, contact)).await?;
        if let Some(change) = change {
            self.shared.account().await?.marks_due.notify_one();
            self.shared.emit(EngineEvent::Data(change));
        }
        Ok(())
    }

    pub async fn list_rooms(&self, query: RoomQuery) -> Result<RoomPage, IpcError> {
        if query.scope == IncidentScope::All {
            self.load_rooms_of([&query.filter]).await?;
        }
        self.ask(move |store, contact| store.list_rooms(&query, contact)).await
    }

    /// Reads the rooms of the customers that these filters mean: the first time this takes a while where there are many, and other questions come in
    /// between.
    pub(super) async fn load_rooms_of(&self, filters: impl IntoIterator<Item = &RoomFilter>) -> Result<(), IpcError> {
        let names: Vec<Vec<Name>> = filters.into_iter().map(|filter| filter.customer_names.clone()).collect();
        let names = Arc::new(names);
        loop {
            let names = Arc::clone(&names);
            if !self.ask(move |store, _| store.load_more_rooms_of(&names)).await? {
                return Ok(());
            }
        }
    }

    /// Opened without words: what these are looked for in is read meanwhile. With words all names of rooms are needed, and other questions come in between;
    /// of those who wrote in threads the ones that are known by then.
    pub async fn search_palette(&self, query: PaletteQuery) -> Result<PaletteAnswer, IpcError> {
        if query.text.trim().is_empty() {
            let account = self.shared.account().await?;
            tokio::spawn(async move {
                while account.cache.run(Store::load_more_room_names).await.unwrap_or(false) {}
                // It goes on by itself.
                drop(account.read_authors());
            });
        } else {
            if let None | Some(NameKind::Room) = query.only {
                while self.ask(|store, _| store.load_more_room_names()).await? {}
            }
            if query.only.is_none() {
                let reading = self.shared.account().await?.read_authors();
                // What is not known by then is found by the next letter, or with what changes next.
                let _ = tokio::time::timeout(AUTHORS_WAIT, reading).await;
            }
        }
        self.ask(move |store, contact| store.search_palette(&query, contact)).await
    }

    pub async fn get_room(&self, key: RoomKey) -> Result<RoomDetail, IpcError> {
        self.ask(move |store, contact| store.room(key, contact)).await
    }

    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Store, Contact) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, IpcError> {
        let account = self.shared.account().await?;
        let shared = Arc::clone(&self.shared);
        // The contact as it is when the question is answered, not when it was asked.
        Ok(account.cache.run(move |store| question(store, shared.contact())).await?)
    }
}
