//! A child process with its output in files, killed with everything that it started.

use std::fs::DirEntry;
use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::wait::eventually;

/// How long a killed group may take to be gone.
const END: Duration = Duration::from_secs(5);

/// Where a program lies. Fails with the Debian package to install where it is missing: nothing here is skipped in silence.
pub fn tool(name: &str, package: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file()).with_context(|| {
        format!("{name} is missing. Install the package {package}, or run `cargo xtask setup`, which installs all of them")
    })
}

/// A running child. The leader of a process group of its own; the group is killed when this is dropped.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    out: PathBuf,
    log: PathBuf,
}

impl Process {
    /// Starts it, with its output in `folder` as `<name>.out` and `<name>.log`, and `input` as all that it can read.
    pub fn start(name: &str, command: &mut Command, folder: &Path, input: &str) -> Result<Self> {
        let (out, log) = (folder.join(format!("{name}.out")), folder.join(format!("{name}.log")));
        let mut child = command
            .stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() })
            .stdout(File::create(&out)?)
            .stderr(File::create(&log)?)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        if let Some(mut pipe) = child.stdin.take() {
            pipe.write_all(input.as_bytes())?;
        }
        Ok(Self { name: name.to_owned(), child, out, log })
    }

    /// Waits until what it has written to its standard output satisfies `read`, and answers what that makes of it.
    pub async fn says<T>(&mut self, limit: Duration, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<T> {
        let name = self.name.clone();
        let waiting = eventually(limit, what, || {
            let mut look = || {
                if let Some(found) = read(&std::fs::read_to_string(&self.out)?) {
                    return Ok(Some(found));
                }
                match self.child.try_wait()? {
                    Some(status) => bail!("{name} ended: {status}"),
                    None => Ok(None),
                }
            };
            std::future::ready(look())
        });
        let answer = waiting.await;
        answer.with_context(|| format!("{name} does not come up. It says:\n{}", self.text()))
    }

    /// Waits until it has ended by itself, and fails unless it ended well.
    pub async fn ends(&mut self, limit: Duration) -> Result<()> {
        let status = eventually(limit, "its end", || std::future::ready(self.child.try_wait().map_err(Into::into))).await;
        let status = status.with_context(|| format!("{} hangs. It says:\n{}", self.name, self.text()))?;
        ensure!(status.success(), "{} failed with {status}:\n{}", self.name, self.text());
        Ok(())
    }

    /// Everything that it has written so far.
    pub fn text(&self) -> String {
        [&self.out, &self.log].map(|path| std::fs::read_to_string(path).unwrap_or_default()).concat()
    }

    /// Its id, which is also that of its group.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How much memory all that it started takes now, in bytes, what several of them share counted once (PSS).
    pub fn memory_of_started(&self) -> Result<u64> {
        members(self.id()).into_iter().filter(|process| *process != self.id()).map(memory).sum()
    }

    /// Ends it and all that it started, and waits until none of them runs any more: what they held, the next ones may take.
    pub fn kill(&mut self) {
        let group = Pid::from_child(&self.child);
        let start = Instant::now();
        loop {
            // Fails only where none of the group is left.
            let _ = kill_process_group(group, Signal::KILL);
            let _ = self.child.wait();
            if !runs(self.child.id()) || start.elapsed() > END {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Whether a process of this group still runs; one that has ended and was not yet waited for by its parent does not.
fn runs(group: u32) -> bool {
    !members(group).is_empty()
}

/// The processes of this group that still run.
fn members(group: u32) -> Vec<u32> {
    let Ok(processes) = std::fs::read_dir("/proc") else { return vec![] };
    let runs = |process: &DirEntry| {
        let stat = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        // `id (name) state parent group …`, and a name may hold anything, parentheses too.
        let fields: Vec<_> = stat.rsplit_once(')').map_or(vec![], |(_, rest)| rest.split_ascii_whitespace().collect());
        matches!(fields[..], [state, _, of, ..] if state != "Z" && of == group.to_string())
    };
    processes.flatten().filter(runs).filter_map(|process| process.file_name().to_str()?.parse().ok()).collect()
}

/// How much memory a process takes, in bytes, its share of what others have too (PSS).
pub fn memory(process: u32) -> Result<u64> {
    let sums = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let kilobytes = sums.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(kilobytes.context("no sum of the memory")? * 1024)
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
