//! The parts of `tenantry-service demo`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tenantry_model::api::settings::Region;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::clock::DemoClock;
use super::control::{Control, routes as control_routes};
use super::directory::{API_SCOPE, AUDIENCE, CLIENT_ID, Directory, DirectorySettings, SCOPE_NAME};
use super::estate::{EstateSize, fill, unfinished};
use super::keyring::Keyring;
use super::people::{GLOBAL_ADMINISTRATOR, StoredPeople, featured, principal_id};
use super::simulation::Simulation;
use crate::clock::AdvancingClock;
use crate::config::{Limits, Settings, https_or_loopback};
use crate::error::{Error, Result};
use crate::random::SystemRandom;
use crate::store::Store;

/// The largest body that the demo takes: `/demo/control` may be sent whole estates.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

#[derive(Debug, Clone)]
pub struct Options {
    /// The address of the bound listener, such as `http://127.0.0.1:8400`.
    pub base: String,
    /// How large an estate to make, where there is none yet.
    pub estate: EstateSize,
    /// The same seed makes the same estate.
    pub seed: u64,
    /// The data folder; the demo keeps a folder of its own in it.
    pub data_dir: PathBuf,
    pub token_lifetime: Duration,
}

pub struct Demo {
    options: Options,
    directory: Arc<Directory>,
    control: Arc<Control>,
    simulation: Arc<Simulation>,
}

/// The demo's folder of its own.
fn folder_in(data_dir: &Path) -> PathBuf {
    data_dir.join("demo")
}

impl Demo {
    /// Deletes the database if its estate was never finished: the process ended while it was made. Call it before the database is opened.
    ///
    /// # Errors
    /// [`Error::Config`] when a file cannot be deleted; the text says what to do.
    pub fn discard_unfinished(data_dir: &Path, database: &Path) -> Result<()> {
        unfinished::discard(&folder_in(data_dir), database)
    }

    /// Creates the directory and the estate, or opens those of the last run. Reports progress on standard error.
    ///
    /// # Errors
    /// [`Error::Config`] when something in the data folder cannot be used; the text says what to do.
    pub async fn prepare(options: Options, store: Store, clock: Arc<AdvancingClock>) -> Result<Self> {
        // Nobody is asked for a password here, and tokens travel in the clear.
        https_or_loopback(&options.base).map_err(|_| {
            Error::Config(format!("the demo serves this machine alone: listen on 127.0.0.1 or [::1], not on {}", options.base))
        })?;
        let folder = folder_in(&options.data_dir);
        let demo_clock = DemoClock::resume(clock.clone(), &folder)?;
        let keyring = Keyring::open(&folder, &SystemRandom)?;
        let settings = DirectorySettings {
            base: options.base.clone(),
            folder: folder.clone(),
            token_lifetime: options.token_lifetime,
            featured: featured(),
        };
        let directory = Directory::open(settings, Arc::new(StoredPeople(store.clone())), clock, Arc::new(SystemRandom))?;
        directory.set_global_administrator(principal_id(GLOBAL_ADMINISTRATOR), true)?;
        fill(&store, options.estate, options.seed, &keyring, &folder).await?;
        let simulation = Simulation::new(options.base.clone(), store.clone(), keyring, options.seed)?;
        let control = Control::new(store, demo_clock, directory.clone(), simulation.clone());
        Ok(Self { options, directory, control, simulation })
    }

    /// The service's settings, with this directory as its provider. Says on standard error which limits it lifts.
    pub fn settings(&self, limits: Limits) -> Result<Settings> {
        let presets = Limits::default();
        // Not in the log, which may be set to be silent: whoever tries a limit here must learn that there is none.
        let _ = writeln!(
            std::io::stderr(),
            "the demo takes any number of requests a second and bodies of up to {} MiB; `serve` takes {} a second and {} KiB",
            LARGEST_BODY >> 20,
            presets.requests_per_s.unwrap_or_default(),
            presets.body_bytes >> 10,
        );
        let authority: Url =
            self.directory.authority().parse().map_err(|error| Error::Config(format!("{}: {error}", self.options.base)))?;
        Ok(Settings {
            authority,
            audience: AUDIENCE.into(),
            client_id: CLIENT_ID.into(),
            scopes: ["openid", "profile", "offline_access", API_SCOPE].map(str::to_owned).into(),
            required_scope: SCOPE_NAME.into(),
            redirect_host: "127.0.0.1".into(),
            region: Some(Region::Eu),
            demo: true,
            // All simulated devices, and everybody who tries the demo, share one address.
            limits: Limits { requests_per_s: None, body_bytes: LARGEST_BODY, ..limits },
        })
    }

    pub fn routes(&self) -> Router {
        self.directory.routes().merge(control_routes(&self.control))
    }

    pub fn start(&self, shutdown: CancellationToken) {
        self.simulation.clone().start(shutdown);
    }
}
