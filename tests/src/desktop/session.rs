//! A desktop session for one run: its own display, message bus, keyring and home.

use std::fs::DirBuilder;
use std::io::{Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use super::process::{Process, tool};

const START: Duration = Duration::from_secs(30);

/// A session bus that starts nothing by itself: without a keyring of this session there is none, whatever is installed.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// See the module. Everything that it started ends when it is dropped.
#[derive(Debug)]
pub struct Session {
    // The order is that of the ending: clients before the servers that they speak to, the folder last.
    keyring: Option<Process>,
    bus: Option<Process>,
    display: Option<Process>,
    environment: Vec<(String, String)>,
    folder: TempDir,
}

impl Session {
    /// Starts it: 1280 × 800 pixels, so that the app's window fills the screen; English; an unlocked keyring that answers.
    pub async fn start() -> Result<Self> {
        let mut session = Self::bare().await?;
        session.start_keyring().await?;
        Ok(session)
    }

    /// A session without a keyring, as on a machine where none was ever set up.
    pub async fn bare() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("tenantry-session-").tempdir()?;
        let at = |name: &str| folder.path().join(name);
        for name in ["home", "logs"] {
            std::fs::create_dir(at(name))?;
        }
        // The specification asks for a folder that nobody else can enter, and the bus and the keyring insist on it.
        DirBuilder::new().mode(0o700).create(at("runtime"))?;
        let text = |path: PathBuf| path.into_os_string().into_string().ok().context("the temporary folder has a name that is no text");
        let mut environment = vec![
            ("HOME", text(at("home"))?),
            ("XDG_RUNTIME_DIR", text(at("runtime"))?),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("LANG", "C.UTF-8".into()),
            ("XDG_CURRENT_DESKTOP", "X-Generic".into()),
            // Settings of a desktop that is not there would be asked for over the bus.
            ("GSETTINGS_BACKEND", "memory".into()),
            ("NO_AT_BRIDGE", "1".into()),
            ("GDK_BACKEND", "x11".into()),
        ];
        environment.extend(std::env::var("LD_LIBRARY_PATH").ok().map(|path| ("LD_LIBRARY_PATH", path)));
        let environment = environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let mut session = Self { keyring: None, bus: None, display: None, environment, folder };
        session.start_display().await?;
        session.start_bus().await?;
        Ok(session)
    }

    /// A command that runs in this session and knows nothing of the one around it.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Sets a variable for what is started from now on.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.into()));
    }

    /// Its own folder: `home`, `runtime`, `logs`, and whatever else is put there.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where what it starts writes its output.
    pub fn logs(&self) -> PathBuf {
        self.folder.path().join("logs")
    }

    /// Writes a picture of the whole screen, as PNG, once it is the same twice in a row: what was asked for last is on it then.
    ///
    /// WebKitWebDriver's own picture is no way: it never comes while compositing is off, as it must be without a GPU.
    pub async fn picture(&self, path: &Path) -> Result<()> {
        let import = tool("import", "imagemagick")?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut before = vec![];
        // Something may move for good, such as a spinner.
        for _ in 0..8 {
            let mut command = self.command(&import);
            command.args(["-silent", "-window", "root", "-strip", "-define", "png:exclude-chunks=date,time"]).arg(path);
            Process::start("import", &mut command, &self.logs(), "")?.ends(START).await?;
            let now = std::fs::read(path)?;
            if now == before {
                break;
            }
            before = now;
        }
        Ok(())
    }

    async fn start_display(&mut self) -> Result<()> {
        let mut command = self.command(tool("Xvfb", "xvfb")?);
        // It finds a free number by itself and says it: two runs never share a display.
        command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset", "-dpi", "96"]);
        let mut display = Process::start("xvfb", &mut command, &self.logs(), "")?;
        let number = display.says(START, "the number of the display", |text| text.lines().next()?.trim().parse::<u32>().ok()).await?;
        self.display = Some(display);
        self.set("DISPLAY", format!(":{number}"));
        park_pointer(number).context("the display does not move its pointer")
    }

    async fn start_bus(&mut self) -> Result<()> {
        let config = self.folder.path().join("bus.conf");
        std::fs::write(&config, BUS.replace("{path}", &self.folder.path().join("runtime/bus").display().to_string()))?;
        let mut command = self.command(tool("dbus-daemon", "dbus-daemon")?);
        command.args(["--nofork", "--nopidfile", "--print-address=1"]).arg(format!("--config-file={}", config.display()));
        let mut bus = Process::start("bus", &mut command, &self.logs(), "")?;
        let address = bus.says(START, "the address of the bus", |text| text.lines().next().map(str::to_owned)).await?;
        self.bus = Some(bus);
        self.set("DBUS_SESSION_BUS_ADDRESS", address);
        Ok(())
    }

    /// Starts the keyring anew, locked, as after a login without a password: nothing on this session's bus can show a prompt.
    pub fn lock_keyring(&mut self) -> Result<()> {
        self.keyring = None;
        let mut command = self.command(tool("gnome-keyring-daemon", "gnome-keyring")?);
        command.args(["--foreground", "--components=secrets"]);
        self.keyring = Some(Process::start("keyring", &mut command, &self.logs(), "")?);
        Ok(())
    }

    /// Starts the keyring anew, unlocked, and waits until it answers.
    pub async fn unlock_keyring(&mut self) -> Result<()> {
        self.keyring = None;
        self.start_keyring().await
    }

    async fn start_keyring(&mut self) -> Result<()> {
        let mut command = self.command(tool("gnome-keyring-daemon", "gnome-keyring")?);
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        let keyring = Process::start("keyring", &mut command, &self.logs(), "a password for this run")?;
        self.keyring = Some(keyring);
        let secret_tool = tool("secret-tool", "libsecret-tools")?;
        let start = Instant::now();
        loop {
            let mut store = self.command(&secret_tool);
            store.args(["store", "--label=probe", "purpose", "probe"]);
            match Process::start("secret-store", &mut store, &self.logs(), "works")?.ends(START).await {
                Ok(()) => break,
                // The keyring does not say when it is ready.
                Err(_) if start.elapsed() < START => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(error) => return Err(error.context("the keyring does not take a secret")),
            }
        }
        let mut lookup = self.command(&secret_tool);
        lookup.args(["lookup", "purpose", "probe"]);
        let mut lookup = Process::start("secret-lookup", &mut lookup, &self.logs(), "")?;
        lookup.ends(START).await?;
        ensure!(lookup.text().trim() == "works", "the keyring answers {:?} and not what was stored", lookup.text());
        let mut clear = self.command(&secret_tool);
        clear.args(["clear", "purpose", "probe"]);
        Process::start("secret-clear", &mut clear, &self.logs(), "")?.ends(START).await
    }
}

/// Moves the pointer from the middle of the screen to its lower right corner: it would hover over the app, and tooltips would open.
fn park_pointer(display: u32) -> Result<()> {
    let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{display}"))?;
    server.set_read_timeout(Some(START))?;
    // The handshake of the X protocol: little-endian, version 11.0, no authorisation. The answer tells its length in words.
    server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    let mut head = [0; 8];
    server.read_exact(&mut head)?;
    ensure!(head[0] == 1, "the display refuses the connection");
    let mut rest = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
    server.read_exact(&mut rest)?;
    // WarpPointer, from anywhere, by a way that ends at the edge.
    let mut warp = [0; 24];
    (warp[0], warp[2]) = (41, 6);
    for way in [20, 22] {
        warp[way..way + 2].copy_from_slice(&10_000_i16.to_le_bytes());
    }
    server.write_all(&warp)?;
    // GetInputFocus, only for its answer: once it is there, the pointer was moved.
    server.write_all(&[43, 0, 1, 0])?;
    Ok(server.read_exact(&mut [0; 32])?)
}
