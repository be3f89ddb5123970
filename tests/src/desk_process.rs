//! The desk as a process of its own: an engine that is asked over a pipe, and that can be killed as a crash would.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::directory::DirectoryBrowser;
use crate::view::{View, queried};
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenantry_client::app::{Engine, EngineConfig};
use tenantry_client::clock::SystemClock;
use tenantry_client::keychain::{Keychain, KeychainError, Prompt};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Incident;
use tenantry_model::ipc::{
    FormId, IpcError, IpcErrorKind, NewUpload, OutboxEntry, Preferences, Session, SyncState, SyncStatus, UPLOAD_PART, UploadPart,
    WaitingFile, WorkItem, WorkOutcome,
};
use tenantry_model::permission::PermissionSet;
use tenantry_model::room::Room;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_test_kit::ManualClock;
use zeroize::Zeroizing;

/// The first argument of the desk's process; its folder, the service's address, the keychain's folder and the clock's lead follow.
pub const ARGUMENT: &str = "desk";
/// An engine that does not answer by then hangs.
const ANSWER: Duration = Duration::from_secs(30);
const LOCK: &str = "locked";
/// So much of its log explains what failed.
const LAST_LINES: usize = 40;

#[derive(Debug, Serialize, Deserialize)]
enum Ask {
    State,
    View,
    SignIn { person: String },
    SetClock { ahead: i64 },
    Prefer(Preferences),
    Preferences,
    Work(Box<WorkItem>),
    Outbox,
    HandOver { new: Box<NewUpload>, base64: String },
    Files,
    Discard(FormId),
    Sync,
    Stop,
}

/// Where the desk stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The session.
    pub session: Session,
    /// The sync.
    pub sync: SyncStatus,
}

/// Why the desk did not do what it was asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Refused {
    /// The engine's word for it, where it was the engine.
    pub kind: Option<IpcErrorKind>,
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
pub async fn serve(mut words: impl Iterator<Item = String>) -> Result<()> {
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

/// Nobody works before their screens are there: a keychain or a disk that answers late is waited for, as in the window.
async fn screens_are_there(engine: &Engine) -> Result<(), IpcError> {
    let began = Instant::now();
    let waits = |session: &Session| matches!(session, Session::Opening | Session::KeyUnavailable { .. } | Session::DiskUnavailable { .. });
    while waits(&engine.get_session().await?) && began.elapsed() < ANSWER / 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}

async fn answer(engine: &Engine, ask: Ask) -> Result<Value, Refused> {
    if matches!(ask, Ask::Work(_) | Ask::Outbox | Ask::HandOver { .. } | Ask::Files | Ask::Discard(_) | Ask::Sync) {
        screens_are_there(engine).await?;
    }
    let value = match ask {
        Ask::State => serde_json::to_value(State { session: engine.get_session().await?, sync: engine.get_sync().await? }),
        Ask::View => {
            let View { customers, rooms, incidents, at } = queried(engine).await?;
            let (customers, rooms) = (customers.into_iter().collect(), rooms.into_iter().collect());
            serde_json::to_value(Rows { customers, rooms, incidents: incidents.into_iter().collect(), at })
        }
        Ask::Prefer(preferences) => engine.set_preferences(preferences).await.map(|()| Value::Null).map(Ok)?,
        Ask::Work(item) => serde_json::to_value(engine.do_work(*item).await?),
        Ask::Outbox => serde_json::to_value(engine.get_outbox().await?),
        Ask::HandOver { new, base64 } => hand_over(engine, *new, &base64).await.map(|()| Value::Null).map(Ok)?,
        Ask::Files => serde_json::to_value(engine.get_waiting_files().await?),
        Ask::Discard(form) => engine.discard_entry(form).await.map(|()| Value::Null).map(Ok)?,
        Ask::Sync => engine.sync_now().await.map(|()| Value::Null).map(Ok)?,
        Ask::Preferences => serde_json::to_value(engine.get_app().await?.preferences),
        Ask::Stop => {
            engine.shutdown().await;
            Ok(Value::Null)
        }
        Ask::SignIn { .. } | Ask::SetClock { .. } => Ok(Value::Null),
    };
    value.map_err(|error| Refused { kind: None, message: error.to_string() })
}

/// As the window does it.
async fn hand_over(engine: &Engine, new: NewUpload, base64: &str) -> Result<(), IpcError> {
    let form = new.form;
    engine.open_upload(new).await?;
    let mut offset = 0;
    // Four digits are three bytes.
    for base64 in base64.as_bytes().chunks(UPLOAD_PART as usize / 3 * 4) {
        let base64 = String::from_utf8_lossy(base64).into_owned();
        let padding = base64.bytes().filter(|byte| *byte == b'=').count() as u64;
        let length = base64.len() as u64 / 4 * 3 - padding;
        engine.add_to_upload(UploadPart { form, offset, base64 }).await?;
        offset += length;
    }
    Ok(())
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

/// The desk's process, as whoever uses it has it at hand.
pub struct DeskProcess {
    program: PathBuf,
    folder: PathBuf,
    service: String,
    keychain: tempfile::TempDir,
    /// How far its clock is ahead, in seconds.
    pub ahead: i64,
    running: Option<Running>,
    /// What the one that was killed last had answered, and nobody heard.
    ended: Option<Receiver<String>>,
}

struct Running {
    child: Child,
    asks: ChildStdin,
    answers: Receiver<String>,
}

impl Drop for DeskProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

impl DeskProcess {
    /// One that has never run before; it runs.
    /// `program` calls [`serve`] where its first argument is [`ARGUMENT`].
    pub fn new(program: PathBuf, folder: &Path, service: String) -> Result<Self> {
        let mut desk =
            Self { program, folder: folder.join("desk"), service, keychain: tempfile::tempdir()?, ahead: 0, running: None, ended: None };
        desk.start()?;
        Ok(desk)
    }

    /// Starts it on what is left on the machine.
    pub fn start(&mut self) -> Result<()> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.keychain.path().join("desk.log"))?;
        let mut child = Command::new(&self.program)
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
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.child.kill();
            let _ = running.child.wait();
            self.ended = Some(running.answers);
        }
    }

    /// Ends it as closing the app does.
    pub fn stop(&mut self) -> Result<()> {
        let _: Value = self.ask(&Ask::Stop)?;
        self.kill();
        Ok(())
    }

    /// Locks its keychain, or unlocks it.
    pub fn lock_keychain(&self, locks: bool) -> Result<()> {
        let lock = self.keychain.path().join(LOCK);
        let done = if locks { std::fs::write(lock, []) } else { std::fs::remove_file(lock) };
        Ok(done?)
    }

    /// Where it stands.
    pub fn state(&mut self) -> Result<State> {
        self.ask(&Ask::State)
    }

    /// Everything that it shows.
    pub fn view(&mut self) -> Result<View> {
        let rows: Rows = self.ask(&Ask::View)?;
        Ok(View {
            customers: rows.customers.into_iter().collect(),
            rooms: rows.rooms.into_iter().collect(),
            incidents: rows.incidents.into_iter().collect(),
            at: rows.at,
        })
    }

    /// Signs this person in.
    pub fn sign_in(&mut self, person: &str) -> Result<()> {
        self.ask::<Value>(&Ask::SignIn { person: person.to_owned() }).map(drop)
    }

    /// Signs them in anew where their access ended, which it may where the app was killed while its tokens were renewed. For whoever asks until it holds: a
    /// service that has just been started may not have read the provider's keys yet.
    pub fn sign_in_again(&mut self, person: &str) -> Result<()> {
        if !matches!(self.state()?.sync.state, SyncState::AccessEnded { .. }) {
            return Ok(());
        }
        let is_early = |error: &anyhow::Error| error.downcast_ref::<Refused>().is_some_and(|it| it.kind == Some(IpcErrorKind::Offline));
        self.sign_in(person).or_else(|error| if is_early(&error) { Ok(()) } else { Err(error) })
    }

    /// Puts its clock so many seconds ahead of the machine's.
    pub fn set_clock(&mut self, ahead: i64) -> Result<()> {
        self.ahead = ahead;
        if self.running.is_none() { Ok(()) } else { self.ask(&Ask::SetClock { ahead }) }
    }

    /// Keeps what a user chose.
    pub fn prefer(&mut self, preferences: Preferences) -> Result<()> {
        self.ask::<Value>(&Ask::Prefer(preferences)).map(drop)
    }

    /// What was chosen.
    pub fn preferences(&mut self) -> Result<Preferences> {
        self.ask(&Ask::Preferences)
    }

    /// Whether the process runs.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// What it has written to standard error.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.keychain.path().join("desk.log")).unwrap_or_default()
    }

    /// The last of what it has written there, after what failed.
    pub fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        error.context(format!("The desk's log ends:\n{}", lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")))
    }

    /// What was typed and not sent.
    pub fn outbox(&mut self) -> Result<Vec<OutboxEntry>> {
        self.ask(&Ask::Outbox)
    }

    /// Files that were chosen and have not arrived.
    pub fn waiting_files(&mut self) -> Result<Vec<WaitingFile>> {
        self.ask(&Ask::Files)
    }

    /// Throws an entry away.
    pub fn discard(&mut self, form: FormId) -> Result<()> {
        self.ask::<Value>(&Ask::Discard(form)).map(drop)
    }

    /// Syncs now.
    pub fn sync(&mut self) -> Result<()> {
        self.ask::<Value>(&Ask::Sync).map(drop)
    }

    /// Does work, and something to it all while it is under way. What it answered; none where it was ended before it did.
    pub fn work(
        &mut self,
        item: WorkItem,
        meanwhile: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<Option<Result<WorkOutcome, Refused>>> {
        self.ask_while(&Ask::Work(Box::new(item)), meanwhile)
    }

    /// The same of a file that is handed over: nothing is answered before all of it is kept.
    pub fn hand_over(
        &mut self,
        new: NewUpload,
        content: &[u8],
        meanwhile: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<Option<Result<(), Refused>>> {
        self.ask_while(&Ask::HandOver { new: Box::new(new), base64: STANDARD.encode(content) }, meanwhile)
    }

    fn ask_while<T: DeserializeOwned>(
        &mut self,
        ask: &Ask,
        meanwhile: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<Option<Result<T, Refused>>> {
        let running = self.running.as_mut().context("the desk was ended")?;
        writeln!(running.asks, "{}", serde_json::to_string(ask)?)?;
        meanwhile(self)?;
        let line = match (&self.running, self.ended.take()) {
            (Some(running), _) => running.answers.recv_timeout(ANSWER).context("the desk does not answer")?,
            // It may have answered before its end.
            (None, Some(answers)) => match answers.recv_timeout(ANSWER) {
                Ok(line) if serde_json::from_str::<Value>(&line).is_ok() => line,
                _ => return Ok(None),
            },
            (None, None) => return Ok(None),
        };
        let answer: Result<Value, Refused> = serde_json::from_str(&line)?;
        Ok(Some(match answer {
            Ok(outcome) => Ok(serde_json::from_value(outcome)?),
            Err(refused) => Err(refused),
        }))
    }

    fn ask<T: DeserializeOwned>(&mut self, ask: &Ask) -> Result<T> {
        let running = self.running.as_mut().context("the desk was ended")?;
        writeln!(running.asks, "{}", serde_json::to_string(ask)?).with_context(|| format!("asking {ask:?}"))?;
        let Ok(line) = running.answers.recv_timeout(ANSWER) else { bail!("the desk does not answer {ask:?}") };
        let answer: Result<Value, Refused> = serde_json::from_str(&line)?;
        Ok(serde_json::from_value(answer?)?)
    }
}
