//! The engine: its start and its end.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::broadcast;

use super::accounts::Remembered;
use super::config::EngineConfig;
use super::data_folder::{FolderLock, OpenError};
use super::event::EngineEvent;
use super::shared::Shared;

/// How often the current time is noted down, what the disk refused is tried again, and the terms of A28 are looked at.
const TICK: Duration = Duration::from_secs(30);

/// The engine. Clones are the same one.
#[derive(Clone)]
pub struct Engine {
    pub(super) shared: Arc<Shared>,
}

impl Engine {
    /// Opens it, and returns at once: the store is opened in the background. On the runtime of the caller; outside one, on its own.
    ///
    /// # Errors
    /// [`OpenError::Running`] where another process uses the data folder, [`OpenError::Folder`] where it cannot be used.
    pub fn open(config: EngineConfig) -> Result<Self, OpenError> {
        let folder = FolderLock::take(&config.data_dir)?;
        let remembered = Remembered::load(&config.data_dir)?;
        let (handle, runtime) = runtime();
        let engine = Self { shared: Arc::new(Shared::new(config, folder, remembered, runtime)) };
        if let Some(handle) = handle {
            let opening = engine.clone();
            handle.spawn(async move {
                opening.shared.open_last(None).await;
                opening.shared.set_opened();
                drop(opening.shared.identify_service().await);
            });
            handle.spawn(tick(Arc::downgrade(&engine.shared)));
        }
        Ok(engine)
    }

    /// What the engine tells from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<EngineEvent> {
        self.shared.events.subscribe()
    }

    /// Stops the sync and closes the store. Nothing works any more afterwards.
    pub async fn shutdown(&self) {
        self.shared.cancel_attempt();
        self.shared.opening().cancel();
        self.shared.opened().await;
        let _alone = self.shared.session_lock.lock().await;
        if let Some(account) = self.shared.take_account() {
            account.stop(self.shared.clock.now()).await;
        }
        self.shared.release();
    }
}

/// The caller's runtime, or one of our own where there is none; none at all where the machine gives no threads.
fn runtime() -> (Option<Handle>, Option<Runtime>) {
    if let Ok(handle) = Handle::try_current() {
        return (Some(handle), None);
    }
    match Builder::new_multi_thread().worker_threads(2).thread_name("engine").enable_all().build() {
        Ok(runtime) => (Some(runtime.handle().clone()), Some(runtime)),
        Err(error) => {
            tracing::error!(%error, "the engine cannot start");
            (None, None)
        }
    }
}

/// Notes the current time down, keeps what the disk refused before, and tells the screens when a customer's terms have run out. Ends with the engine.
async fn tick(shared: Weak<Shared>) {
    let mut locked = 0;
    loop {
        tokio::time::sleep(TICK).await;
        let Some(shared) = shared.upgrade() else { return };
        if let Err(error) = shared.remember(|_| {}) {
            tracing::debug!(%error, "what is remembered cannot be kept yet");
        }
        let Some(account) = shared.state().account.clone() else { continue };
        account.tokens.keep_again().await;
        let contact = shared.contact();
        let now_locked = account.cache.run(move |store| {
            store.record_time(contact.now)?;
            Ok(store.locked(contact))
        });
        if let Ok(now_locked) = now_locked.await
            && std::mem::replace(&mut locked, now_locked) != now_locked
        {
            shared.data_changed(&account).await;
        }
    }
}
