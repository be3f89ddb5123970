//! The loop: listens for nudges, asks for changes, waits when it fails, and notices when the machine has slept.

use std::sync::Arc;
use std::time::Duration;

use eventsource_stream::Eventsource;
use futures_util::future::{BoxFuture, Either, ready, select};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use tenantry_model::ipc::SyncState;
use tenantry_model::time::Timestamp;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::plan::{Next, after, wait};
use super::ports::{Bytes, Local, Received as _, Remote, Reporter};
use crate::error::Error;

/// Nudges that come within this time are one.
const DEBOUNCE: Duration = Duration::from_millis(150);
/// The service says something at least every 15 s: a stream that is silent for longer than this is dead.
const SILENCE: Duration = Duration::from_secs(45);
/// Asked at least so often, even where no event stream can be had.
const POLL: Duration = Duration::from_secs(5 * 60);
/// How often the clock is looked at.
const CLOCK_CHECK: Duration = Duration::from_secs(5);
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
enum Wakeup {
    /// There may be changes.
    Changed,
    /// The stream of events is gone.
    StreamLost,
    /// It is time for the next try.
    Due,
    /// Somebody asked.
    Asked,
    Slept,
}

type Events = BoxStream<'static, Told>;

/// What the stream of events tells.
enum Told {
    Changed,
    /// That it is alive.
    Nothing,
    /// That it ends because the same person's newer streams are as many as may be open.
    Replaced,
}

/// Where the stream of events stands.
enum Listening<'a> {
    /// It could not be had; the next try is due then.
    Closed(Instant),
    Opening(BoxFuture<'a, Result<Bytes, Error>>),
    Open(Events),
}

impl<R: Remote, L: Local, P: Reporter> Loop<R, L, P> {
    /// Runs until access ends. Drop the future to stop it: no answer is ever half applied.
    pub(crate) async fn run(self) {
        let (mut failures, mut stream_failures) = (0, 0);
        let mut offline_since: Option<Timestamp> = None;
        let mut is_asked = false;
        let mut listening = Listening::Closed(Instant::now());
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
                        // Whoever asks again and again, or goes from window to window, is not made to wait longer for it.
                        failures = if is_asked { failures.max(1) } else { failures + 1 };
                        let pause = wait(failures, asked, self.reporter.chance());
                        let now = self.reporter.now();
                        let since = *offline_since.get_or_insert(now);
                        self.reporter.state(SyncState::Offline { since, reason, retry_at: Some(now.plus(pause)) }).await;
                        // What was being listened to may be as dead as the rest.
                        listening = Listening::Closed(Instant::now() + pause);
                        pause
                    }
                },
            };
            let wakeup = self.idle(&mut listening, &mut stream_failures, pause, offline_since.is_none()).await;
            is_asked = matches!(wakeup, Wakeup::Asked);
            match wakeup {
                Wakeup::Changed => sleep(DEBOUNCE).await,
                Wakeup::Due | Wakeup::Asked => {}
                Wakeup::StreamLost => {
                    // A service that stops and starts again comes back at once; one that hangs up on every stream waits longer and longer.
                    stream_failures += 1;
                    let pause = if stream_failures == 1 { Duration::ZERO } else { wait(stream_failures, None, self.reporter.chance()) };
                    listening = Listening::Closed(Instant::now() + pause);
                }
                Wakeup::Slept => {
                    tracing::debug!("the machine was asleep: connecting anew");
                    (failures, stream_failures, listening) = (0, 0, Listening::Closed(Instant::now()));
                    self.reporter.state(SyncState::Connecting).await;
                }
            }
        }
    }

    /// Asks until there is nothing more to come. While one answer is applied, the service makes the next.
    async fn sync(&self) -> Result<(), Error> {
        let mut asked = self.ask(self.local.cursor().await?).boxed();
        loop {
            let received = self.local.receive(asked.await?).await?;
            let ahead = received.next().map(|cursor| self.ask(Some(cursor)).boxed());
            let applying = self.local.apply(received).boxed();
            let (applied, ahead) = match ahead {
                None => (applying.await?, None),
                Some(ahead) => match select(applying, ahead).await {
                    Either::Left((applied, ahead)) => (applied?, Some(ahead)),
                    Either::Right((answer, applying)) => (applying.await?, Some(ready(answer).boxed())),
                },
            };
            if !applied.history_pending {
                return Ok(());
            }
            // Everything active is there: what follows can arrive behind it.
            self.reporter.state(SyncState::Current).await;
            asked = match ahead {
                Some(ahead) => ahead,
                None => self.ask(self.local.cursor().await?).boxed(),
            };
        }
    }

    /// Asks for the answer to a cursor; without one where the service does not know it any more.
    async fn ask(&self, cursor: Option<String>) -> Result<Bytes, Error> {
        let with_cursor = cursor.is_some();
        match self.remote.changes(cursor).await {
            Err(error) if after(&error, with_cursor) == Next::StartAnew => self.remote.changes(None).await,
            answer => answer,
        }
    }

    /// Waits for a nudge, a wake, the end of the stream, the end of the pause, or the end of the machine's sleep. Opens the stream of events
    /// meanwhile, if it may; that counts as a nudge, since what changed before it was open was not told.
    async fn idle<'a>(&'a self, listening: &mut Listening<'a>, stream_failures: &mut u32, pause: Duration, may_listen: bool) -> Wakeup {
        let until = Instant::now() + pause;
        loop {
            let clock = self.reporter.now();
            tokio::select! {
                wakeup = self.next_event(listening, stream_failures, may_listen) => return wakeup,
                () = self.wake.0.notified() => return Wakeup::Asked,
                () = sleep_until(until) => return Wakeup::Due,
                () = sleep(CLOCK_CHECK) => {
                    // Whether timers stand still while a machine sleeps depends on the system; its clock never does.
                    if self.reporter.now().since(clock) > CLOCK_CHECK + SLEPT {
                        return Wakeup::Slept;
                    }
                }
            }
        }
    }

    /// Goes on from wherever the stream stands; safe to drop and call again.
    async fn next_event<'a>(&'a self, listening: &mut Listening<'a>, stream_failures: &mut u32, may_listen: bool) -> Wakeup {
        loop {
            match listening {
                Listening::Closed(_) if !may_listen => std::future::pending().await,
                Listening::Closed(until) => {
                    sleep_until(*until).await;
                    *listening = Listening::Opening(timeout_opening(self.remote.events()).boxed());
                }
                Listening::Opening(opening) => match opening.await {
                    Ok(bytes) => {
                        *listening = Listening::Open(nudges(bytes));
                        return Wakeup::Changed;
                    }
                    Err(error) => {
                        tracing::debug!(%error, "no stream of events: asking now and then instead");
                        *stream_failures += 1;
                        *listening = Listening::Closed(Instant::now() + wait(*stream_failures, None, self.reporter.chance()));
                        // Whatever refused the stream may have ended more than that.
                        return Wakeup::Due;
                    }
                },
                Listening::Open(events) => match events.next().await {
                    Some(Told::Changed) => {
                        *stream_failures = 0;
                        return Wakeup::Changed;
                    }
                    Some(Told::Nothing) => *stream_failures = 0,
                    // Another one at once would end somebody else's, whose app would do the same: they would chase each other for ever.
                    Some(Told::Replaced) => {
                        tracing::info!("this person has more apps open than are told of changes: asking now and then instead");
                        *listening = Listening::Closed(Instant::now() + POLL);
                    }
                    None => return Wakeup::StreamLost,
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
    let told = |event: Result<eventsource_stream::Event, _>| match event {
        Ok(event) if event.event == "changed" => Told::Changed,
        Ok(event) if event.event == "replaced" => Told::Replaced,
        _ => Told::Nothing,
    };
    alive.eventsource().map(told).boxed()
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
