//! Which questions are being asked, and how current the kept answers are.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::{BoxFuture, Shared};
use tenantry_model::ipc::IpcError;
use tenantry_model::time::Timestamp;
use tokio::time::Instant;

/// A question is not asked again within this time, unless a nudge came in between.
const ENOUGH: Duration = Duration::from_secs(2);

/// An answer of the service, as JSON.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    pub(super) body: Arc<str>,
    pub(super) as_of: Timestamp,
}

/// A question on its way, for all who wait for its answer.
pub(super) type InFlight = Shared<BoxFuture<'static, Result<Answered, IpcError>>>;

/// The nudges there were: what was asked at an earlier count may be answered otherwise by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Nudges(u64);

/// How far a kept answer can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerState {
    /// Asked since the last nudge, a moment ago.
    Fresh {
        /// Whether the service answered.
        answered: bool,
    },
    /// Asked since the last nudge, but a while ago.
    Current,
    /// Not asked since the last nudge.
    Stale,
    /// Not asked since something was changed from here.
    Superseded,
}

/// What an account has asked. Its questions are named by their paths.
#[derive(Default)]
pub(super) struct QueryCache(Mutex<Queries>);

#[derive(Default)]
struct Queries {
    nudges: Nudges,
    /// The count right after the last change from here.
    changed: Nudges,
    last: HashMap<String, Last>,
    in_flight: HashMap<String, (Nudges, InFlight)>,
    /// Questions whose kept answers are shown as being checked.
    unconfirmed: HashSet<String>,
}

struct Last {
    nudges: Nudges,
    at: Instant,
    answered: bool,
}

impl QueryCache {
    fn book(&self) -> MutexGuard<'_, Queries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept may not be what the service says any more.
    pub(super) fn nudge(&self) {
        self.book().nudges.0 += 1;
    }

    /// What is kept is not what the service says any more: something was changed from here.
    pub(super) fn change(&self) {
        let mut book = self.book();
        book.nudges.0 += 1;
        book.changed = book.nudges;
    }

    pub(super) fn nudges(&self) -> Nudges {
        self.book().nudges
    }

    pub(super) fn standing(&self, question: &str) -> AnswerState {
        let book = self.book();
        match book.last.get(question) {
            Some(last) if last.nudges == book.nudges && last.at.elapsed() < ENOUGH => AnswerState::Fresh { answered: last.answered },
            Some(last) if last.nudges == book.nudges && last.answered => AnswerState::Current,
            // Before anything was asked, nothing was changed either: what is kept comes from an earlier run.
            last if last.map_or(Nudges::default(), |last| last.nudges) < book.changed => AnswerState::Superseded,
            _ => AnswerState::Stale,
        }
    }

    /// The kept answer is shown, and said to be being checked: that must be taken back.
    pub(super) fn mark_unconfirmed(&self, question: &str) {
        self.book().unconfirmed.insert(question.to_owned());
    }

    /// The flight of a question: the one that is under way, or a new one. Answers with it how many nudges there were when it began.
    pub(super) fn flight(&self, question: &str, fly: impl FnOnce(Nudges) -> InFlight) -> (Nudges, InFlight) {
        let mut book = self.book();
        if let Some(under_way) = book.in_flight.get(question) {
            return under_way.clone();
        }
        let nudges = book.nudges;
        let flight = fly(nudges);
        book.in_flight.insert(question.to_owned(), (nudges, flight.clone()));
        (nudges, flight)
    }

    /// A flight is back, with what the service says, or without. Answers whether the window shows the kept answer in another light now: it is
    /// confirmed, or without for the first time in a row.
    pub(super) fn completed(&self, question: &str, nudges: Nudges, answered: bool) -> bool {
        let mut book = self.book();
        book.in_flight.remove(question);
        let before = book.last.insert(question.to_owned(), Last { nudges, at: Instant::now(), answered });
        if answered { book.unconfirmed.remove(question) } else { before.is_none_or(|before| before.answered) }
    }
}
