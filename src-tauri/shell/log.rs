//! The log: standard error, and one file of limited size in the data folder, with the one before it beside it.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Says what to log, in the syntax of `tracing_subscriber::EnvFilter`.
pub(crate) const VARIABLE: &str = "TENANTRY_LOG";
const OTHERWISE: &str = "warn,tenantry_shell=info,tenantry_client=info";
const LIMIT_BYTES: u64 = 4 * 1024 * 1024;

/// Logs from now on. A log that cannot be written must not keep the app from starting.
pub(crate) fn start(data: &Path, wanted: Option<&str>) {
    let wanted = wanted.unwrap_or(OTHERWISE);
    let (filter, mistake) = match EnvFilter::try_new(wanted) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new(OTHERWISE), Some(error)),
    };
    let (file, failure) = match Rotating::open(&data.join("logs")) {
        Ok(file) => (Some(tracing_subscriber::fmt::layer().with_ansi(false).with_writer(file)), None),
        Err(error) => (None, Some(error)),
    };
    let console = tracing_subscriber::fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    if tracing_subscriber::registry().with(filter).with(console).with(file).try_init().is_err() {
        return;
    }
    if let Some(error) = mistake {
        tracing::warn!(%error, "{VARIABLE} is not understood, and left out");
    }
    if let Some(error) = failure {
        tracing::warn!(%error, "there is no log file");
    }
    log_panics();
}

/// A panic ends the task that it happens in; the log is where its cause is looked for.
fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!(place = panic.location().map(ToString::to_string), "panic");
        before(panic);
    }));
}

/// A file that is set aside when it has grown to its limit.
struct Rotating {
    path: PathBuf,
    open: Mutex<Open>,
}

struct Open {
    /// None where it could not be opened again.
    file: Option<File>,
    bytes: u64,
}

impl Rotating {
    fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join("tenantry.log");
        let file = append_to(&path)?;
        let bytes = file.metadata()?.len();
        Ok(Self { path, open: Mutex::new(Open { file: Some(file), bytes }) })
    }

    fn write(&self, line: &[u8], limit: u64) -> io::Result<usize> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.bytes > 0 && open.bytes + line.len() as u64 > limit {
            // Closed first: where a file is open, Windows may refuse to rename it.
            *open = Open { file: None, bytes: 0 };
            // Refused all the same: the log goes on in the same file, and as many bytes later this is tried again.
            let _ = fs::rename(&self.path, self.path.with_extension("log.1"));
        }
        let file = match &mut open.file {
            Some(file) => file,
            none => none.insert(append_to(&self.path)?),
        };
        let written = file.write(line)?;
        open.bytes += written as u64;
        Ok(written)
    }
}

fn append_to(path: &Path) -> io::Result<File> {
    File::options().create(true).append(true).open(path)
}

impl Write for &Rotating {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        Rotating::write(self, line, LIMIT_BYTES)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Rotating {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_keeps_two_files_of_limited_size() {
        let folder = tempfile::tempdir().unwrap();
        let log = Rotating::open(folder.path()).unwrap();
        for line in ["one\n", "two\n", "three\n", "four\n"] {
            log.write(line.as_bytes(), 10).unwrap();
        }
        assert_eq!(fs::read_to_string(folder.path().join("tenantry.log")).unwrap(), "three\nfour\n".split_at(6).1);
        assert_eq!(fs::read_to_string(folder.path().join("tenantry.log.1")).unwrap(), "three\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn fault_25_a_log_is_closed_before_it_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let log = Rotating::open(folder.path()).unwrap();
        let handles = tenantry_test_kit::Handles::watch(folder.path()).unwrap();
        for line in ["one\n", "two\n", "three\n", "four\n"] {
            log.write(line.as_bytes(), 5).unwrap();
        }
        assert_eq!(handles.closed_too_late().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_log_that_cannot_be_set_aside_is_written_on() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("tenantry.log.1/not-empty")).unwrap();
        let log = Rotating::open(folder.path()).unwrap();
        for line in ["one\n", "two\n", "three\n"] {
            log.write(line.as_bytes(), 5).unwrap();
        }
        assert_eq!(fs::read_to_string(folder.path().join("tenantry.log")).unwrap(), "one\ntwo\nthree\n");
    }

    #[test]
    fn a_later_start_goes_on_where_the_one_before_ended() {
        let folder = tempfile::tempdir().unwrap();
        Rotating::open(folder.path()).unwrap().write(b"12345678\n", 10).unwrap();
        Rotating::open(folder.path()).unwrap().write(b"9\n", 10).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("tenantry.log")).unwrap(), "9\n");
    }
}
