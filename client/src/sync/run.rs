//! The loop: listens for nudges, asks for changes, waits when it fails, and notices when the machine has slept.

use std::sync::Arc;
use std::time::Duration;

use eventsource_stream::Eventsource;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use tenantry_model::ipc::SyncState;
use tenantry_model::time::Timestamp;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::plan::{Next, after, wait};
use super::ports::{Bytes, Local, Remote, Reporter};
use crate::error::Error;

/// Nudges that come within this time are one.
const DEBOUNCE: Duration = Duration::from_millis(150);
/// The service says something at least every 15 s: a stream that is silent for longer than this is dead.
const SILENCE: Duration = Duration::from_secs(45);
/// Asked at least so often, even where no event stream can be had.
const POLL: Duration = Duration::from_secs(5 * 60);
/// How often the clock is looked at.
const GLANCE: Duration = Duration::from_secs(5);
/// The clock went on so much further than the timer: the machine was asleep.
const SLEPT: Duration = Duration::from_secs(20);

/// Asks the loop to sync now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wake(Arc<Notify>);

impl Wake {
    /// Now rather than at the next nudge or retry.
    pub(crate) fn now(&self) {
        self.0.notify_one();
    }
}

/// The loop and what it needs.
pub(crate) struct Loop<R, L, P> {
    pub(crate) remote: R,
    pub(crate) local: L,
    pub(crate) reporter: P,
    pub(crate) wake: Wake,
}

/// Why a wait ended.
enum Woken {
    /// There may be changes.
    Changed,
    /// The stream of events is gone.
    StreamLost,
    /// It is time for the next try, or somebody asked.
    Due,
    /// The machine was asleep.
    Slept,
}

type Events = BoxStream<'static, Option<()>>;

/// Where the stream of events stands.
enum Ear<'a> {
    /// It could not be had; the next try is due then.
    Deaf(Instant),
    /// Asked for.
    Opening(BoxFuture<'a, Result<Bytes, Error>>),
    /// Open.
    Listening(Events),
}

impl<R: Remote, L: Local, P: Reporter> Loop<R, L, P> {
    /// Runs until access ends. Drop the future to stop it: no answer is ever half applied.
    pub(crate) async fn run(self) {
        let (mut failures, mut deaf) = (0, 0);
        let mut offline_since: Option<Timestamp> = None;
        let mut ear = Ear::Deaf(Instant::now());
        self.reporter.state(SyncState::Connecting).await;
        loop {
            let pause = match self.sync().await {
                Ok(()) => {
                    (failures, offline_since) = (0, None);
                    self.reporter.state(SyncState::Current).await;
                    POLL
                }
                Err(error) => match after(&error, true) {
                    Next::End(reason) => {
                        tracing::info!(reason = reason.as_str(), "access ended");
                        return self.reporter.state(SyncState::AccessEnded { reason }).await;
                    }
                    // `sync` has tried that already: the cursor that came back was refused at once.
                    Next::StartAnew => wait(1, None, self.reporter.chance()),
                    Next::Wait(reason, asked) => {
                        tracing::debug!(%error, "the sync failed");
                        failures += 1;
                        let pause = wait(failures, asked, self.reporter.chance());
                        let now = self.reporter.now();
                        let since = *offline_since.get_or_insert(now);
                        self.reporter.state(SyncState::Offline { since, reason, retry_at: Some(now.plus(pause)) }).await;
                        // What was being listened to may be as dead as the rest.
                        ear = Ear::Deaf(Instant::now() + pause);
                        pause
                    }
                },
            };
            match self.rest(&mut ear, &mut deaf, pause, offline_since.is_none()).await {
                Woken::Changed => sleep(DEBOUNCE).await,
                Woken::Due => {}
                Woken::StreamLost => {
                    // A service that stops and starts again comes back at once; one that hangs up on every stream waits longer and longer.
                    deaf += 1;
                    let pause = if deaf == 1 { Duration::ZERO } else { wait(deaf, None, self.reporter.chance()) };
                    ear = Ear::Deaf(Instant::now() + pause);
                }
                Woken::Slept => {
                    tracing::debug!("the machine was asleep: connecting anew");
                    (failures, deaf, ear) = (0, 0, Ear::Deaf(Instant::now()));
                    self.reporter.state(SyncState::Connecting).await;
                }
            }
        }
    }

    /// Asks until there is nothing more to come.
    async fn sync(&self) -> Result<(), Error> {
        let mut cursor = self.local.cursor().await?;
        loop {
            let with_cursor = cursor.is_some();
            let answer = match self.remote.changes(cursor.take()).await {
                Err(error) if after(&error, with_cursor) == Next::StartAnew => self.remote.changes(None).await?,
                answer => answer?,
            };
            let applied = self.local.apply(answer).await?;
            if !applied.history_pending {
                return Ok(());
            }
            // Everything active is there: what follows can arrive behind it.
            self.reporter.state(SyncState::Current).await;
            cursor = self.local.cursor().await?;
        }
    }

    /// Waits for a nudge, a wake, the end of the stream, the end of the pause, or the end of the machine's sleep. Opens the stream of events
    /// meanwhile, if it may; that counts as a nudge, since what changed before it was open was not heard of.
    async fn rest<'a>(&'a self, ear: &mut Ear<'a>, deaf: &mut u32, pause: Duration, may_listen: bool) -> Woken {
        let until = Instant::now() + pause;
        loop {
            let clock = self.reporter.now();
            tokio::select! {
                woken = self.hear(ear, deaf, may_listen) => return woken,
                () = self.wake.0.notified() => return Woken::Due,
                () = sleep_until(until) => return Woken::Due,
                () = sleep(GLANCE) => {
                    // Whether timers stand still while a machine sleeps depends on the system; its clock never does.
                    if self.reporter.now().since(clock) > GLANCE + SLEPT {
                        return Woken::Slept;
                    }
                }
            }
        }
    }

    /// Goes on from wherever the stream stands; safe to drop and call again.
    async fn hear<'a>(&'a self, ear: &mut Ear<'a>, deaf: &mut u32, may_listen: bool) -> Woken {
        loop {
            match ear {
                Ear::Deaf(_) if !may_listen => std::future::pending().await,
                Ear::Deaf(until) => {
                    sleep_until(*until).await;
                    *ear = Ear::Opening(timeout_opening(self.remote.events()).boxed());
                }
                Ear::Opening(opening) => match opening.await {
                    Ok(bytes) => {
                        *ear = Ear::Listening(nudges(bytes));
                        return Woken::Changed;
                    }
                    Err(error) => {
                        tracing::debug!(%error, "no stream of events: asking now and then instead");
                        *deaf += 1;
                        *ear = Ear::Deaf(Instant::now() + wait(*deaf, None, self.reporter.chance()));
                        // Whatever refused the stream may have ended more than that.
                        return Woken::Due;
                    }
                },
                Ear::Listening(events) => match events.next().await {
                    Some(heard) => {
                        *deaf = 0;
                        if heard.is_some() {
                            return Woken::Changed;
                        }
                    }
                    None => return Woken::StreamLost,
                },
            }
        }
    }
}

async fn timeout_opening(opening: impl Future<Output = Result<Bytes, Error>>) -> Result<Bytes, Error> {
    timeout(SILENCE, opening).await.unwrap_or_else(|_| Err(Error::Unreachable("the stream of events does not begin".into())))
}

/// The parts of a stream of events: something for each nudge, nothing for what only says that it is alive. Ends with the stream, or when it
/// has been silent for too long.
fn nudges(bytes: Bytes) -> Events {
    let alive = futures_util::stream::unfold(bytes, |mut bytes| async move {
        match timeout(SILENCE, bytes.next()).await {
            Ok(Some(Ok(part))) => Some((Ok::<_, std::convert::Infallible>(part), bytes)),
            _ => None,
        }
    });
    alive.eventsource().map(|event| event.ok().filter(|event| event.event == "changed").map(|_| ())).boxed()
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
