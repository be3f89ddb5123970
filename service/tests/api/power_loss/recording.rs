//! What the database's engine asks of the file system, recorded below it: each write, and each sync, after which the writes before it last.

#![expect(unsafe_code, reason = "the engine's interface to files is a table of C functions; only below it is a sync seen")]

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use libsqlite3_sys as engine;

/// The two files that hold the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Database,
    Log,
}

#[derive(Debug, Clone)]
pub(crate) enum Event {
    Write { part: Part, at: usize, bytes: Vec<u8> },
    Truncate { part: Part, size: usize },
    Sync(Part),
}

#[derive(Default)]
struct Recorder {
    /// The database whose files are recorded, as the engine names it.
    database: PathBuf,
    events: Vec<Event>,
    /// What is open through this layer, by address: the functions of the layer below, and what is recorded of the file.
    open: HashMap<usize, (usize, Option<Part>)>,
}

static RECORDER: Mutex<Option<Recorder>> = Mutex::new(None);

fn recorder() -> MutexGuard<'static, Option<Recorder>> {
    RECORDER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Records what is written to this database by connections that are opened from now on. One at a time in a process.
pub(crate) fn record(database: &Path) {
    let database = database.canonicalize().unwrap();
    let first = recorder().replace(Recorder { database, ..Recorder::default() }).is_none();
    assert!(first, "one database is recorded at a time");
    // SAFETY: the engine is initialised by the connections before. The table is copied, gets a name of its own, and lives as long as the process.
    unsafe {
        let below = engine::sqlite3_vfs_find(ptr::null());
        assert!(!below.is_null());
        let mut layer = *below;
        layer.zName = c"recording".as_ptr();
        layer.xOpen = Some(open);
        BELOW.set(below as usize).unwrap();
        assert_eq!(engine::sqlite3_vfs_register(Box::leak(Box::new(layer)), 1), engine::SQLITE_OK);
    }
}

static BELOW: std::sync::OnceLock<usize> = std::sync::OnceLock::new();

/// How many events there were so far.
pub(crate) fn so_far() -> usize {
    recorder().as_ref().unwrap().events.len()
}

pub(crate) fn events() -> Vec<Event> {
    recorder().as_ref().unwrap().events.clone()
}

/// The functions of the layer below for an open file.
fn below(file: *mut engine::sqlite3_file) -> &'static engine::sqlite3_io_methods {
    let methods = recorder().as_ref().unwrap().open[&(file as usize)].0;
    // SAFETY: the address of a table of functions that the engine never frees.
    unsafe { &*(methods as *const engine::sqlite3_io_methods) }
}

/// Notes what was asked for, in the order of asking: nobody else writes to the file meanwhile.
fn note(file: *mut engine::sqlite3_file, event: impl FnOnce(Part) -> Event) {
    let mut recorder = recorder();
    let recorder = recorder.as_mut().unwrap();
    if let Some(part) = recorder.open[&(file as usize)].1 {
        recorder.events.push(event(part));
    }
}

unsafe extern "C" fn open(
    vfs: *mut engine::sqlite3_vfs,
    name: *const c_char,
    file: *mut engine::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: called by the engine with what the layer below expects, which has the same size of files.
    unsafe {
        let real = *BELOW.get().unwrap() as *mut engine::sqlite3_vfs;
        let _ = vfs;
        let code = ((*real).xOpen.unwrap())(real, name, file, flags, out);
        if code != engine::SQLITE_OK || (*file).pMethods.is_null() {
            return code;
        }
        let path = if name.is_null() { "" } else { CStr::from_ptr(name).to_str().unwrap_or_default() };
        let methods = (*file).pMethods;
        let mut layer = *methods;
        layer.xClose = Some(close);
        layer.xWrite = Some(write);
        layer.xTruncate = Some(truncate);
        layer.xSync = Some(sync);
        let mut recorder = recorder();
        let recorder = recorder.as_mut().unwrap();
        let part = match path.strip_prefix(recorder.database.to_str().unwrap()) {
            Some("") => Some(Part::Database),
            Some("-wal") => Some(Part::Log),
            _ => None,
        };
        recorder.open.insert(file as usize, (methods as usize, part));
        (*file).pMethods = Box::leak(Box::new(layer));
        code
    }
}

unsafe extern "C" fn close(file: *mut engine::sqlite3_file) -> c_int {
    let below = below(file);
    recorder().as_mut().unwrap().open.remove(&(file as usize));
    // SAFETY: the engine's own call, passed on.
    unsafe { below.xClose.unwrap()(file) }
}

unsafe extern "C" fn write(file: *mut engine::sqlite3_file, data: *const c_void, size: c_int, at: engine::sqlite3_int64) -> c_int {
    // SAFETY: the engine names `size` bytes.
    let bytes = unsafe { std::slice::from_raw_parts(data.cast::<u8>(), usize::try_from(size).unwrap()) };
    note(file, |part| Event::Write { part, at: usize::try_from(at).unwrap(), bytes: bytes.to_vec() });
    // SAFETY: the engine's own call, passed on.
    unsafe { below(file).xWrite.unwrap()(file, data, size, at) }
}

unsafe extern "C" fn truncate(file: *mut engine::sqlite3_file, size: engine::sqlite3_int64) -> c_int {
    note(file, |part| Event::Truncate { part, size: usize::try_from(size).unwrap() });
    // SAFETY: the engine's own call, passed on.
    unsafe { below(file).xTruncate.unwrap()(file, size) }
}

unsafe extern "C" fn sync(file: *mut engine::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: the engine's own call, passed on.
    let code = unsafe { below(file).xSync.unwrap()(file, flags) };
    if code == engine::SQLITE_OK {
        note(file, Event::Sync);
    }
    code
}
