//! Whether files are closed before they are deleted, renamed or replaced. Unix forgives it; on Windows the file stays, or the call fails.

use std::collections::HashSet;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init};

/// Looks at the files of one folder, from [`Handles::watch`] on.
#[derive(Debug)]
pub struct Handles(OwnedFd);

impl Handles {
    /// # Errors
    /// Where the system watches no more folders.
    pub fn watch(folder: &Path) -> std::io::Result<Self> {
        let events = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        let wanted = WatchFlags::OPEN | WatchFlags::CREATE | WatchFlags::CLOSE | WatchFlags::DELETE | WatchFlags::MOVE;
        add_watch(&events, folder, wanted)?;
        Ok(Self(events))
    }

    /// The files that were deleted, renamed or replaced while they were open, and are closed by now: by the name that each had last.
    ///
    /// # Errors
    /// Where the system does not say what happened.
    pub fn closed_too_late(&self) -> std::io::Result<Vec<String>> {
        let mut late = vec![];
        // Deleted, renamed or replaced, and not opened since: nothing is left to be closed. Opens are not counted: the system joins equal events.
        let mut settled = HashSet::new();
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut events = Reader::new(&self.0, &mut buffer);
        loop {
            let event = match events.next() {
                Ok(event) => event,
                Err(rustix::io::Errno::WOULDBLOCK) => return Ok(late),
                Err(error) => return Err(error.into()),
            };
            let Some(name) = event.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
            if event.events().intersects(ReadFlags::DELETE | ReadFlags::MOVED_TO) {
                settled.insert(name);
            } else if event.events().intersects(ReadFlags::OPEN | ReadFlags::CREATE) {
                settled.remove(&name);
            } else if event.events().intersects(ReadFlags::CLOSE_WRITE | ReadFlags::CLOSE_NOWRITE) && settled.contains(&name) {
                late.push(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{File, remove_file, rename, write};

    use super::*;

    #[test]
    fn what_is_closed_first_is_in_order_and_what_is_not_is_named() {
        let folder = std::env::temp_dir().join(format!("tenantry-handles-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = |name: &str| folder.join(name);
        let handles = Handles::watch(&folder).unwrap();
        write(path("a"), "1").unwrap();
        rename(path("a"), path("b")).unwrap();
        remove_file(path("b")).unwrap();
        assert_eq!(handles.closed_too_late().unwrap(), Vec::<String>::new());
        let deleted = [File::create(path("deleted")).unwrap(), File::open(path("deleted")).unwrap()];
        remove_file(path("deleted")).unwrap();
        drop(deleted);
        let renamed = File::create(path("c")).unwrap();
        rename(path("c"), path("renamed")).unwrap();
        drop(renamed);
        let replaced = File::create(path("replaced")).unwrap();
        write(path("d"), "1").unwrap();
        rename(path("d"), path("replaced")).unwrap();
        drop(replaced);
        let mut late = handles.closed_too_late().unwrap();
        late.dedup();
        assert_eq!(late, ["deleted", "renamed", "replaced"]);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
