//! The desk as a process of its own: an engine that is asked over a pipe, and that can be killed as a crash would.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenantry_client::app::{Engine, EngineConfig};
use tenantry_client::clock::SystemClock;
use tenantry_client::keychain::{Keychain, KeychainError, Prompt};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Incident;
use tenantry_model::ipc::{IpcError, IpcErrorKind, Preferences, Session, SyncStatus};
use tenantry_model::permission::PermissionSet;
use tenantry_model::room::Room;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_test_kit::ManualClock;
use tenantry_tests::directory::DirectoryBrowser;
use tenantry_tests::view::{View, queried};
use zeroize::Zeroizing;

/// The first argument of the desk's process; its folder, the service's address, the keychain's folder and the clock's lead follow.
pub(crate) const ARGUMENT: &str = "desk";
/// An engine that does not answer by then hangs.
const ANSWER: Duration = Duration::from_secs(30);
const LOCK: &str = "locked";

#[derive(Debug, Serialize, Deserialize)]
enum Ask {
    State,
    View,
    SignIn { person: String },
    SetClock { ahead: i64 },
    Prefer(Preferences),
    Preferences,
    Stop,
}

/// Where the desk stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) session: Session,
    pub(crate) sync: SyncStatus,
}

/// Why the desk did not do what it was asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Refused {
    pub(crate) kind: Option<IpcErrorKind>,
    message: String,
}

impl std::error::Error for Refused {}

impl Display for Refused {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.message)
    }
}

impl From<anyhow::Error> for Refused {
    fn from(error: anyhow::Error) -> Self {
        Self { kind: error.downcast_ref::<IpcError>().map(|error| error.kind), message: format!("{error:#}") }
    }
}

impl From<IpcError> for Refused {
    fn from(error: IpcError) -> Self {
        Self { kind: Some(error.kind), message: error.message }
    }
}

/// A [`View`] as JSON, whose maps have text keys alone.
#[derive(Serialize, Deserialize)]
struct Rows {
    customers: Vec<(TenantId, (String, PermissionSet))>,
    rooms: Vec<((TenantId, RoomId), Room)>,
    incidents: Vec<((TenantId, TicketNumber), Incident)>,
    at: Option<Timestamp>,
}

/// A keychain in a folder, which another process can lock.
struct FolderKeychain(PathBuf);

impl FolderKeychain {
    fn read(&self) -> Result<BTreeMap<String, String>, KeychainError> {
        if self.0.join(LOCK).exists() {
            return Err(KeychainError::Locked);
        }
        Ok(std::fs::read(self.file()).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }

    fn write(&self, secrets: &BTreeMap<String, String>) -> Result<(), KeychainError> {
        let draft = self.0.join("draft");
        let bytes = serde_json::to_vec(secrets).unwrap_or_default();
        let written = std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(draft, self.file()));
        written.map_err(|error| KeychainError::Failed(error.to_string()))
    }

    fn file(&self) -> PathBuf {
        self.0.join("secrets.json")
    }
}

impl Keychain for FolderKeychain {
    fn get(&self, name: &str, _: Prompt) -> Result<Vec<Zeroizing<String>>, KeychainError> {
        Ok(self.read()?.remove(name).map(Zeroizing::new).into_iter().collect())
    }

    fn set(&self, name: &str, secret: &str, _: Prompt) -> Result<(), KeychainError> {
        let mut secrets = self.read()?;
        secrets.insert(name.to_owned(), secret.to_owned());
        self.write(&secrets)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        let mut secrets = self.read()?;
        secrets.remove(name);
        self.write(&secrets)
    }
}

/// The desk's process.
pub(crate) async fn serve(mut words: impl Iterator<Item = String>) -> Result<()> {
    let mut word = || words.next().context("an argument of the desk");
    let (folder, service, keychain, ahead) = (word()?, word()?, word()?, word()?);
    let clock = Arc::new(ManualClock::with(Arc::new(SystemClock)));
    let mut lead = 0;
    set_clock(&clock, &mut lead, ahead.parse()?);
    let browser = DirectoryBrowser::new("nobody");
    let config = EngineConfig {
        data_dir: folder.clone().into(),
        service: Some(service),
        app_version: "0.0.0-torture".into(),
        clock: Arc::clone(&clock) as _,
        keychain: Arc::new(FolderKeychain(keychain.into())) as _,
        browser: Arc::clone(&browser) as _,
        downloads: Some(Path::new(&folder).join("downloads")),
    };
    let engine = Engine::open(config)?;
    // Answers are whole lines; a question that is under way when the process is killed has none.
    for line in std::io::stdin().lines() {
        let ask: Ask = serde_json::from_str(&line?)?;
        let stops = matches!(ask, Ask::Stop);
        let answer: Result<Value, Refused> = match ask {
            Ask::SetClock { ahead } => {
                set_clock(&clock, &mut lead, ahead);
                Ok(Value::Null)
            }
            Ask::SignIn { person } => {
                browser.pick(Some(&person));
                engine.sign_in().await.map(|_| Value::Null).map_err(Refused::from)
            }
            ask => answer(&engine, ask).await,
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", serde_json::to_string(&answer)?)?;
        out.flush()?;
        if stops {
            break;
        }
    }
    Ok(())
}

async fn answer(engine: &Engine, ask: Ask) -> Result<Value, Refused> {
    let value = match ask {
        Ask::State => serde_json::to_value(State { session: engine.get_session().await?, sync: engine.get_sync().await? }),
        Ask::View => {
            let View { customers, rooms, incidents, at } = queried(engine).await?;
            let (customers, rooms) = (customers.into_iter().collect(), rooms.into_iter().collect());
            serde_json::to_value(Rows { customers, rooms, incidents: incidents.into_iter().collect(), at })
        }
        Ask::Prefer(preferences) => engine.set_preferences(preferences).await.map(|()| Value::Null).map(Ok)?,
        Ask::Preferences => serde_json::to_value(engine.get_app().await?.preferences),
        Ask::Stop => {
            engine.shutdown().await;
            Ok(Value::Null)
        }
        Ask::SignIn { .. } | Ask::SetClock { .. } => Ok(Value::Null),
    };
    value.map_err(|error| Refused { kind: None, message: error.to_string() })
}

fn set_clock(clock: &ManualClock, lead: &mut i64, ahead: i64) {
    let by = Duration::from_secs((ahead - *lead).unsigned_abs());
    if ahead > *lead {
        clock.advance(by)
    } else {
        clock.set_back(by)
    }
    *lead = ahead;
}

/// The desk's process, as whoever torments it has it at hand.
pub(crate) struct Desk {
    folder: PathBuf,
    service: String,
    keychain: tempfile::TempDir,
    /// How far its clock is ahead, in seconds.
    pub(crate) ahead: i64,
    running: Option<Running>,
}

struct Running {
    child: Child,
    asks: ChildStdin,
    answers: Receiver<String>,
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Desk {
    /// One that has never run before; it runs.
    pub(crate) fn new(folder: &Path, service: String) -> Result<Self> {
        let mut desk = Self { folder: folder.join("desk"), service, keychain: tempfile::tempdir()?, ahead: 0, running: None };
        desk.start()?;
        Ok(desk)
    }

    pub(crate) fn start(&mut self) -> Result<()> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.keychain.path().join("desk.log"))?;
        let mut child = Command::new(std::env::current_exe()?)
            .arg(ARGUMENT)
            .args([&self.folder, Path::new(&self.service), self.keychain.path(), Path::new(&self.ahead.to_string())])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let (asks, answers) = child.stdin.take().zip(child.stdout.take()).context("the desk's pipes")?;
        let (line, lines) = channel();
        std::thread::spawn(move || BufReader::new(answers).lines().map_while(Result::ok).for_each(|text| drop(line.send(text))));
        self.running = Some(Running { child, asks, answers: lines });
        Ok(())
    }

    /// Ends the process without a farewell.
    pub(crate) fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }

    /// Ends it as closing the app does.
    pub(crate) fn stop(&mut self) -> Result<()> {
        let _: Value = self.ask(&Ask::Stop)?;
        self.kill();
        Ok(())
    }

    pub(crate) fn lock_keychain(&self, locks: bool) -> Result<()> {
        let lock = self.keychain.path().join(LOCK);
        let done = if locks { std::fs::write(lock, []) } else { std::fs::remove_file(lock) };
        Ok(done?)
    }

    pub(crate) fn state(&mut self) -> Result<State> {
        self.ask(&Ask::State)
    }

    pub(crate) fn view(&mut self) -> Result<View> {
        let rows: Rows = self.ask(&Ask::View)?;
        Ok(View {
            customers: rows.customers.into_iter().collect(),
            rooms: rows.rooms.into_iter().collect(),
            incidents: rows.incidents.into_iter().collect(),
            at: rows.at,
        })
    }

    pub(crate) fn sign_in(&mut self, person: &str) -> Result<()> {
        self.ask::<Value>(&Ask::SignIn { person: person.to_owned() }).map(drop)
    }

    /// Puts its clock so many seconds ahead of the machine's.
    pub(crate) fn set_clock(&mut self, ahead: i64) -> Result<()> {
        self.ahead = ahead;
        if self.running.is_none() { Ok(()) } else { self.ask(&Ask::SetClock { ahead }) }
    }

    pub(crate) fn prefer(&mut self, preferences: Preferences) -> Result<()> {
        self.ask::<Value>(&Ask::Prefer(preferences)).map(drop)
    }

    pub(crate) fn preferences(&mut self) -> Result<Preferences> {
        self.ask(&Ask::Preferences)
    }

    pub(crate) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// What it has written to standard error.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.keychain.path().join("desk.log")).unwrap_or_default()
    }

    fn ask<T: DeserializeOwned>(&mut self, ask: &Ask) -> Result<T> {
        let running = self.running.as_mut().context("the desk was ended")?;
        writeln!(running.asks, "{}", serde_json::to_string(ask)?).with_context(|| format!("asking {ask:?}"))?;
        let Ok(line) = running.answers.recv_timeout(ANSWER) else { bail!("the desk does not answer {ask:?}") };
        let answer: Result<Value, Refused> = serde_json::from_str(&line)?;
        Ok(serde_json::from_value(answer?)?)
    }
}
