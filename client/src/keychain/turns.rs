//! The order of calls: each waits for the earlier ones that write under its name. A call can take as long as a prompt is open; one that was made
//! later and answered sooner would read, or keep, what is about to be deleted.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
pub(super) struct Turns {
    lined_up: Mutex<LinedUp>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct LinedUp {
    next: u64,
    /// Calls that write, in the order in which they were made.
    writes: Vec<(u64, String)>,
}

/// A call's place. It ends when it is dropped, also where the call panics.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Arc<Turns>,
    place: u64,
    name: String,
}

impl Turns {
    /// The place of a call that reads. It holds nobody up.
    pub(super) fn read(self: &Arc<Self>, name: &str) -> Turn {
        self.line_up(name, false)
    }

    /// The place of a call that writes.
    pub(super) fn write(self: &Arc<Self>, name: &str) -> Turn {
        self.line_up(name, true)
    }

    fn line_up(self: &Arc<Self>, name: &str, writes: bool) -> Turn {
        let mut lined_up = self.lock();
        let place = lined_up.next;
        lined_up.next += 1;
        if writes {
            lined_up.writes.push((place, name.to_owned()));
        }
        Turn { turns: Arc::clone(self), place, name: name.to_owned() }
    }

    fn lock(&self) -> MutexGuard<'_, LinedUp> {
        self.lined_up.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Blocks until the earlier writes of this name have ended.
    pub(super) fn wait(&self) {
        let is_behind = |lined_up: &mut LinedUp| lined_up.writes.iter().any(|(place, name)| *place < self.place && *name == self.name);
        drop(self.turns.changed.wait_while(self.turns.lock(), is_behind).unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.lock().writes.retain(|(place, _)| *place != self.place);
        self.turns.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    /// Waits on a thread of its own. Answers when it is its turn.
    fn waits(turn: Turn) -> mpsc::Receiver<()> {
        let (sender, is_its_turn) = mpsc::channel();
        std::thread::spawn(move || {
            turn.wait();
            let _ = sender.send(());
        });
        is_its_turn
    }

    #[test]
    fn fault_09_a_call_waits_for_the_earlier_writes_of_its_name_and_for_nothing_else() {
        let bound = Duration::from_secs(10);
        let turns = Arc::new(Turns::default());
        let reading = turns.read("a");
        let deleting = turns.write("a");
        deleting.wait();
        for other in [turns.read("b"), turns.write("b")] {
            waits(other).recv_timeout(bound).expect("another name is another matter");
        }
        let later = [waits(turns.read("a")), waits(turns.write("a"))];
        waits(reading).recv_timeout(bound).expect("what was made before does not wait");
        for later in &later {
            assert!(later.try_recv().is_err());
        }
        drop(deleting);
        for later in later {
            later.recv_timeout(bound).expect("its turn comes");
        }
    }
}
