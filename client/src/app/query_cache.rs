//! Which questions are being asked, and how current the cached answers are.

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

/// How far a cached answer can be relied on.
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
    /// Questions whose cached answers are shown as being checked.
    unconfirmed: HashSet<String>,
}

struct Last {
    nudges: Nudges,
    at: Instant,
    answered: bool,
}

impl QueryCache {
    fn queries(&self) -> MutexGuard<'_, Queries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is cached may not be what the service says any more.
    pub(super) fn nudge(&self) {
        self.queries().nudges.0 += 1;
    }

    /// What is cached is not what the service says any more: something was changed from here.
    pub(super) fn change(&self) {
        let mut queries = self.queries();
        queries.nudges.0 += 1;
        queries.changed = queries.nudges;
    }

    pub(super) fn nudges(&self) -> Nudges {
        self.queries().nudges
    }

    pub(super) fn state(&self, question: &str) -> AnswerState {
        let queries = self.queries();
        match queries.last.get(question) {
            Some(last) if last.nudges == queries.nudges && last.at.elapsed() < ENOUGH => AnswerState::Fresh { answered: last.answered },
            Some(last) if last.nudges == queries.nudges && last.answered => AnswerState::Current,
            // Before anything was asked, nothing was changed either: what is cached comes from an earlier run.
            last if last.map_or(Nudges::default(), |last| last.nudges) < queries.changed => AnswerState::Superseded,
            _ => AnswerState::Stale,
        }
    }

    /// The cached answer is shown, and said to be being checked: that must be taken back.
    pub(super) fn mark_unconfirmed(&self, question: &str) {
        self.queries().unconfirmed.insert(question.to_owned());
    }

    /// The request of a question: the one that is under way, or a new one. Answers with it how many nudges there were when it began.
    pub(super) fn request(&self, question: &str, send: impl FnOnce(Nudges) -> InFlight) -> (Nudges, InFlight) {
        let mut queries = self.queries();
        if let Some(under_way) = queries.in_flight.get(question) {
            return under_way.clone();
        }
        let nudges = queries.nudges;
        let request = send(nudges);
        queries.in_flight.insert(question.to_owned(), (nudges, request.clone()));
        (nudges, request)
    }

    /// A request is answered: with what the service says, or without. Answers whether the window shows the cached answer otherwise now: it is
    /// confirmed, or without for the first time in a row.
    pub(super) fn completed(&self, question: &str, nudges: Nudges, answered: bool) -> bool {
        let mut queries = self.queries();
        queries.in_flight.remove(question);
        let before = queries.last.insert(question.to_owned(), Last { nudges, at: Instant::now(), answered });
        if answered { queries.unconfirmed.remove(question) } else { before.is_none_or(|before| before.answered) }
    }
}
