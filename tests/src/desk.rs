//! An engine at somebody's desk: with a folder, a keychain, a clock and a browser that belong to the test.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tenantry_client::app::{Engine, EngineConfig};
use tenantry_model::api::IncidentTab;
use tenantry_model::id::TenantId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{CustomerRow, IncidentScope, IpcErrorKind, RoomRow, Session, SignedInUser, SyncState, SyncStatus};
use tenantry_test_kit::ManualClock;

use crate::demo::Demo;
use crate::directory::DirectoryBrowser;
use crate::keychain::OpenKeychain;
use crate::pages;
use crate::view::{View, queried};
use crate::wait::{SOON, eventually, until};
use crate::wire::Wire;

/// An engine, and what it needs of a machine. What is on the machine stays when the engine is stopped and started.
pub struct Desk {
    service: String,
    folder: TempDir,
    /// The keychain.
    pub keychain: Arc<OpenKeychain>,
    /// The engine's clock: the service's, unless it is moved.
    pub clock: Arc<ManualClock>,
    /// The browser.
    pub browser: Arc<DirectoryBrowser>,
    engine: Option<Engine>,
}

impl Desk {
    /// An engine that has never run before.
    pub fn at(demo: &Demo) -> Result<Self> {
        Self::with_keychain(demo, OpenKeychain::default())
    }

    /// The same, at the near end of a wire.
    pub fn through(wire: &Wire) -> Result<Self> {
        Self::new(wire.base(), wire.clock(), OpenKeychain::default())
    }

    /// An engine that has never run before, with this keychain.
    pub fn with_keychain(demo: &Demo, keychain: OpenKeychain) -> Result<Self> {
        Self::new(demo.base().to_owned(), demo.clock(), keychain)
    }

    fn new(service: String, clock: Arc<ManualClock>, keychain: OpenKeychain) -> Result<Self> {
        let mut desk = Self {
            service,
            folder: tempfile::Builder::new().prefix("tenantry-desk-").tempdir()?,
            keychain: Arc::new(keychain),
            clock: Arc::new(ManualClock::with(clock)),
            browser: DirectoryBrowser::new("nobody"),
            engine: None,
        };
        desk.start()?;
        Ok(desk)
    }

    /// An engine at which this person has signed in, with the first sync done.
    pub async fn signed_in(demo: &Demo, person: impl ToString) -> Result<Self> {
        let desk = Self::at(demo)?;
        desk.sign_in(person).await?;
        desk.wait_current().await?;
        Ok(desk)
    }

    /// The same, at the near end of a wire.
    pub async fn signed_in_through(wire: &Wire, person: impl ToString) -> Result<Self> {
        let desk = Self::through(wire)?;
        desk.sign_in(person).await?;
        desk.wait_current().await?;
        Ok(desk)
    }

    /// The engine. It must be running.
    #[expect(clippy::panic, reason = "a test that asks a stopped engine is wrong, and its line is what helps")]
    pub fn engine(&self) -> &Engine {
        match &self.engine {
            Some(engine) => engine,
            None => panic!("the engine was stopped"),
        }
    }

    /// The engine's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Stops the engine, as closing the app does. Nothing happens when it is not running.
    pub async fn stop(&mut self) {
        if let Some(engine) = self.engine.take() {
            engine.shutdown().await;
        }
    }

    /// Starts the engine on what is left on the machine.
    pub fn start(&mut self) -> Result<()> {
        let config = EngineConfig {
            data_dir: self.folder.path().to_owned(),
            service: Some(self.service.clone()),
            app_version: "0.0.0-test".into(),
            clock: Arc::clone(&self.clock) as _,
            keychain: Arc::clone(&self.keychain) as _,
            browser: Arc::clone(&self.browser) as _,
            downloads: Some(self.folder.path().join("downloads")),
        };
        self.engine = Some(Engine::open(config)?);
        Ok(())
    }

    /// Signs this person in at the directory's page: a slug such as `technician`, or a principal's id.
    pub async fn sign_in(&self, person: impl ToString) -> Result<SignedInUser> {
        self.opened().await?;
        self.browser.pick(Some(&person.to_string()));
        let session = self.engine().sign_in().await;
        let session = session.with_context(|| format!("the page says {:?}", self.browser.failure()))?;
        match session {
            Session::SignedIn { user, .. } => Ok(*user),
            other => anyhow::bail!("after the sign-in the session is {other:?}"),
        }
    }

    /// Waits until the store is open, and answers where the session stands.
    pub async fn opened(&self) -> Result<Session> {
        eventually(SOON, "the store is open", || async {
            let session = self.engine().get_session().await?;
            Ok((session != Session::Opening).then_some(session))
        })
        .await
    }

    /// Where the sync stands.
    pub async fn sync(&self) -> Result<SyncStatus> {
        Ok(self.engine().get_sync().await?)
    }

    /// Waits until the cache is what the service shows, history included.
    pub async fn wait_current(&self) -> Result<SyncStatus> {
        self.wait_sync("the sync is current", |status| {
            status.state == SyncState::Current && status.as_of.is_some() && !status.history_pending
        })
        .await
    }

    /// Waits until a sync that began after this call has been applied, history included: whatever the service was told before is there.
    pub async fn catch_up(&self) -> Result<SyncStatus> {
        // The first one may have begun before.
        for _ in 0..2 {
            let before = self.sync().await?.as_of;
            self.engine().sync_now().await?;
            self.wait_sync("another sync has come", |status| status.as_of > before).await?;
        }
        self.wait_current().await
    }

    /// Waits until the service is known to be out of reach.
    pub async fn wait_offline(&self) -> Result<SyncStatus> {
        self.wait_sync("the sync is off line", |status| matches!(status.state, SyncState::Offline { .. })).await
    }

    /// Waits until the sync stands so.
    pub async fn wait_sync(&self, what: &str, holds: impl Fn(&SyncStatus) -> bool) -> Result<SyncStatus> {
        let found = eventually(SOON, what, || async {
            let status = self.sync().await?;
            Ok(holds(&status).then_some(status))
        });
        match found.await {
            Ok(status) => Ok(status),
            Err(error) => Err(error.context(format!("the sync stands at {:?}", self.sync().await?))),
        }
    }

    /// The customers in the dropdown.
    pub async fn customers(&self) -> Result<Vec<CustomerRow>> {
        queried::customers(self.engine()).await
    }

    /// One customer's row; none where there is none.
    pub async fn customer(&self, id: TenantId) -> Result<Option<CustomerRow>> {
        match self.engine().get_customer(id).await {
            Err(error) if error.kind == IpcErrorKind::NotFound => Ok(None),
            row => Ok(Some(row?)),
        }
    }

    /// The rooms of a customer; an error where the customer does not exist for the person.
    pub async fn rooms(&self, customer: TenantId) -> Result<Vec<RoomRow>> {
        queried::rooms(self.engine(), customer).await
    }

    /// Active incidents of one customer, or of all.
    pub async fn active(&self, customer: Option<TenantId>) -> Result<Vec<IncidentRow>> {
        let scope = customer.map_or(IncidentScope::All, |id| IncidentScope::Customer { id });
        queried::incidents(self.engine(), scope, IncidentTab::Active).await
    }

    /// Everything.
    pub async fn view(&self) -> Result<View> {
        queried(self.engine()).await
    }

    /// Waits until the engine shows just this.
    pub async fn wait_view(&self, limit: Duration, what: &str, wanted: &View) -> Result<()> {
        let same = until(limit, what, || async { Ok(self.view().await.is_ok_and(|view| view == *wanted)) });
        if let Err(error) = same.await {
            let sync = self.sync().await?;
            let view = self.view().await.context("what the client shows in the end")?;
            let differences = view.differences(wanted, ["the client", "the service"]).join("\n");
            return Err(error.context(format!("the sync stands at {sync:?}\n{differences}")));
        }
        Ok(())
    }

    /// The files in the engine's folder, however deep.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut found = vec![];
        let mut folders = vec![self.folder().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Fails if any file of the engine holds this text in the clear.
    pub fn holds_nowhere(&self, text: &str) -> Result<()> {
        for file in self.files()? {
            let bytes = match std::fs::read(&file) {
                // A running engine ends its logs and its temporary files when it likes: what is gone holds nothing.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                bytes => bytes?,
            };
            let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            ensure!(!found, "{} holds {text:?} in the clear", file.display());
        }
        Ok(())
    }

    /// The file that the cache lies in.
    pub fn cache_file(&self) -> Result<PathBuf> {
        let mut found = self.files()?;
        found.retain(|file| file.extension().is_some_and(|end| end == "db"));
        ensure!(found.len() == 1, "one cache file was expected: {:?}", self.files()?);
        found.pop().context("a cache file")
    }

    /// Whether the cache's file holds this text under its encryption, in rows or in what is left of them.
    pub fn lies_in_file(&self, text: &str) -> Result<bool> {
        let secrets = self.keychain.secrets();
        let key = secrets.first().context("a key in the keychain")?;
        Ok(pages::holds(&pages::decrypted(&self.cache_file()?, key)?, text))
    }

    /// Fails if the engine keeps anything on disk but its settings.
    pub fn only_settings_on_disk(&self) -> Result<()> {
        // The engine's lock on its folder is an empty file, which says nothing of anybody.
        let is_lock = |file: &Path| file.ends_with("in-use") && file.metadata().is_ok_and(|metadata| metadata.len() == 0);
        let other: Vec<_> = self.files()?.into_iter().filter(|file| !file.ends_with("state.json") && !is_lock(file)).collect();
        ensure!(other.is_empty(), "left on disk: {other:?}");
        Ok(())
    }
}
