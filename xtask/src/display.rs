//! Displays: whether there is one, and one of our own without a screen.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::step;

/// Fewer colours than this are a bare window, not a painted one.
const PAINTED_COLOURS: u32 = 24;
const BETWEEN_LOOKS: Duration = Duration::from_millis(700);

/// Whether a window could be opened here.
pub(crate) fn is_there() -> bool {
    !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// A program that ends when this is dropped.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display of our own, without a screen; gone when dropped.
pub(crate) struct Virtual {
    name: String,
    _server: Running,
}

impl Virtual {
    /// Starts Xvfb on a display number that it picks itself.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        let mut command = project.program("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut server = Running(child.context("Xvfb cannot be started; `cargo xtask setup` installs it")?);
        let stdout = server.0.stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(stdout).read_line(&mut number)?;
        if number.trim().is_empty() {
            bail!("Xvfb ended before it opened a display");
        }
        Ok(Self { name: format!(":{}", number.trim()), _server: server })
    }

    /// `:N`, for the variable DISPLAY.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Waits until the display shows something drawn that no longer changes; writes it to `file`.
    pub(crate) fn screenshot_when_painted(&self, project: &Project, file: &Path, limit: Duration) -> Result<()> {
        let started = Instant::now();
        let mut before = vec![];
        while started.elapsed() < limit {
            thread::sleep(BETWEEN_LOOKS);
            if step::answer(project.program("import").args(["-display", &self.name, "-window", "root"]).arg(file)).is_none() {
                bail!("`import` of ImageMagick cannot take a screenshot; `cargo xtask setup` installs it");
            }
            let now = fs::read(file)?;
            if now == before && self.colours(project, file)? >= PAINTED_COLOURS {
                return Ok(());
            }
            before = now;
        }
        bail!("nothing was painted within {} s; what there was lies in {}", limit.as_secs(), file.display())
    }

    fn colours(&self, project: &Project, file: &Path) -> Result<u32> {
        let answer =
            step::answer(project.program("identify").args(["-format", "%k"]).arg(file)).context("`identify` of ImageMagick is missing")?;
        Ok(answer.trim().parse().unwrap_or(0))
    }
}
