//! The loop against a made-up service and a made-up cache, on a clock that runs as fast as it can.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt;
use tenantry_model::ipc::{AccessEndedReason, OfflineReason, SyncState};
use tenantry_model::problem::{Problem, ProblemKind};
use tenantry_model::time::Timestamp;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::Instant;

use super::super::ports::{Applied, Bytes, Local, Received, Remote, Reporter};
use super::*;

#[derive(Default)]
struct World {
    /// What the next calls of `changes` answer; without one, they succeed.
    answers: VecDeque<Error>,
    /// Cursors that were sent, with the time.
    asked: Vec<(Option<String>, Duration)>,
    /// Streams of events that wait to be opened; without one, opening fails.
    streams: VecDeque<mpsc::UnboundedReceiver<&'static str>>,
    opened: u32,
    states: Vec<SyncState>,
    cursor: Option<String>,
    /// How many answers with history still to come are ahead.
    history: u32,
    /// Whether an answer tells what to send for the next before it is applied.
    tells_next: bool,
    /// What comes of asking for the next answer first.
    ahead: Option<Error>,
    /// Each answer takes one of these to be applied, if there are any at all.
    applies: Option<Arc<Semaphore>>,
    /// How far the machine's clock is ahead of the timer.
    slept: Duration,
}

#[derive(Clone)]
struct Fake {
    world: Arc<Mutex<World>>,
    start: Instant,
}

impl Fake {
    fn new() -> Self {
        Self { world: Arc::default(), start: Instant::now() }
    }

    fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.world.lock().unwrap())
    }

    fn stream(&self) -> mpsc::UnboundedSender<&'static str> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.with(|world| world.streams.push_back(receiver));
        sender
    }

    fn asked(&self) -> usize {
        self.with(|world| world.asked.len())
    }

    fn spawn(&self) -> (tokio::task::JoinHandle<()>, Wake) {
        let wake = Wake::default();
        let worker = Loop { remote: self.clone(), local: self.clone(), reporter: self.clone(), wake: wake.clone() };
        (tokio::spawn(worker.run()), wake)
    }
}

impl Remote for Fake {
    async fn changes(&self, cursor: Option<String>) -> Result<Bytes, Error> {
        self.with(|world| {
            let ahead = world.ahead.take_if(|_| cursor.as_deref() == Some("next"));
            world.asked.push((cursor, self.start.elapsed()));
            match ahead.or_else(|| world.answers.pop_front()) {
                Some(error) => Err(error),
                None => Ok(futures_util::stream::empty().boxed()),
            }
        })
    }

    async fn events(&self) -> Result<Bytes, Error> {
        let receiver = self.with(|world| {
            world.opened += 1;
            world.streams.pop_front()
        });
        let receiver = receiver.ok_or(Error::Unreachable("no stream".into()))?;
        Ok(futures_util::stream::unfold(receiver, |mut receiver| async move {
            receiver.recv().await.map(|text| (Ok(text.as_bytes().to_vec()), receiver))
        })
        .boxed())
    }
}

impl Local for Fake {
    async fn cursor(&self) -> Result<Option<String>, Error> {
        Ok(self.with(|world| world.cursor.clone()))
    }

    type Received = Taken;

    async fn receive(&self, _: Bytes) -> Result<Taken, Error> {
        Ok(Taken(self.with(|world| world.tells_next && world.history > 0)))
    }

    async fn apply(&self, _: Taken) -> Result<Applied, Error> {
        if let Some(applies) = self.with(|world| world.applies.clone()) {
            applies.acquire().await.unwrap().forget();
        }
        Ok(self.with(|world| {
            world.cursor = Some("c".into());
            let history_pending = world.history > 0;
            world.history = world.history.saturating_sub(1);
            Applied { history_pending }
        }))
    }
}

/// An answer, and whether it tells what comes next.
struct Taken(bool);

impl Received for Taken {
    fn next(&self) -> Option<String> {
        self.0.then(|| "next".into())
    }
}

impl Reporter for Fake {
    async fn state(&self, state: SyncState) {
        self.with(|world| {
            if world.states.last() != Some(&state) {
                world.states.push(state);
            }
        });
    }

    fn now(&self) -> Timestamp {
        let slept = self.with(|world| world.slept);
        Timestamp::from_micros(0).plus(self.start.elapsed() + slept)
    }

    fn chance(&self) -> u32 {
        0
    }
}

fn problem(kind: ProblemKind, retry_after: Option<Duration>) -> Error {
    Error::service(kind.status(), Some(Problem::new(kind, None, None)), retry_after)
}

const NUDGE: &str = "event: changed\ndata: {}\n\n";
const ALIVE: &str = ": still here\n\n";

async fn pause(seconds: f64) {
    tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_nudge_leads_to_one_sync_however_often_it_is_given() {
    let fake = Fake::new();
    let events = fake.stream();
    let _running = fake.spawn();
    pause(1.0).await;
    let before = fake.asked();
    events.send(NUDGE).unwrap();
    events.send(NUDGE).unwrap();
    events.send(ALIVE).unwrap();
    pause(0.1).await;
    assert_eq!(fake.asked(), before, "nudges are gathered first");
    pause(1.0).await;
    // The second nudge lies in the stream until the first is dealt with.
    assert!((before + 1..=before + 2).contains(&fake.asked()));
    let after = fake.asked();
    events.send(ALIVE).unwrap();
    pause(10.0).await;
    assert_eq!(fake.asked(), after, "a sign of life is no nudge");
    assert_eq!(fake.with(|world| world.states.clone()), [SyncState::Connecting, SyncState::Current]);
}

#[tokio::test(start_paused = true)]
async fn what_changed_before_the_stream_was_open_is_asked_for() {
    let fake = Fake::new();
    let _events = fake.stream();
    let _running = fake.spawn();
    pause(1.0).await;
    assert_eq!(fake.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_closes_is_followed_by_a_sync_at_once_and_a_new_stream() {
    let fake = Fake::new();
    let events = fake.stream();
    let _running = fake.spawn();
    pause(1.0).await;
    let before = fake.asked();
    let _next = fake.stream();
    drop(events);
    pause(0.5).await;
    assert!(fake.asked() > before);
    assert_eq!(fake.with(|world| world.opened), 2);
}

#[tokio::test(start_paused = true)]
async fn fault_11_a_stream_that_another_app_of_the_person_replaced_is_not_opened_again_at_once() {
    let fake = Fake::new();
    let events = fake.stream();
    let _running = fake.spawn();
    pause(1.0).await;
    let before = fake.asked();
    let _next = fake.stream();
    events.send("event: replaced\ndata: {}\n\n").unwrap();
    drop(events);
    pause(200.0).await;
    assert_eq!((fake.asked(), fake.with(|world| world.opened)), (before, 1), "nine apps would chase each other");
    pause(110.0).await;
    assert!(fake.asked() > before, "it asks now and then");
    assert_eq!(fake.with(|world| world.opened), 2, "and listens again: others may have closed");
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_silent_for_45_seconds_counts_as_lost() {
    let fake = Fake::new();
    let events = fake.stream();
    let _running = fake.spawn();
    for _ in 0..5 {
        pause(15.0).await;
        events.send(ALIVE).unwrap();
    }
    assert_eq!(fake.with(|world| world.opened), 1);
    let before = fake.asked();
    pause(47.0).await;
    assert!(fake.asked() > before);
    assert_eq!(fake.with(|world| world.opened), 2);
}

#[tokio::test(start_paused = true)]
async fn without_a_stream_it_still_asks_every_five_minutes_but_not_all_the_time() {
    let fake = Fake::new();
    let _running = fake.spawn();
    pause(3_600.0).await;
    let asked = fake.asked();
    assert!((12..=40).contains(&asked), "{asked}");
    let times = fake.with(|world| world.asked.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
    assert!(longest <= Duration::from_secs(301), "{longest:?}");
}

#[tokio::test(start_paused = true)]
async fn failures_wait_longer_and_longer_and_name_the_time_they_began() {
    let fake = Fake::new();
    fake.with(|world| world.answers.extend((0..4).map(|_| Error::Unreachable("down".into()))));
    let _running = fake.spawn();
    pause(30.0).await;
    let times: Vec<u64> = fake.with(|world| world.asked.iter().map(|(_, at)| at.as_secs()).collect());
    assert_eq!(times[..5], [0, 1, 3, 7, 15]);
    let states = fake.with(|world| world.states.clone());
    let since: Vec<Timestamp> = states
        .iter()
        .filter_map(|state| match state {
            SyncState::Offline { since, reason: OfflineReason::Unreachable, .. } => Some(*since),
            _ => None,
        })
        .collect();
    assert_eq!(since, [since[0]; 4]);
    assert_eq!(states.last(), Some(&SyncState::Current));
}

#[tokio::test(start_paused = true)]
async fn a_poke_does_not_wait_for_the_next_try() {
    let fake = Fake::new();
    fake.with(|world| world.answers.push_back(problem(ProblemKind::Unavailable, Some(Duration::from_secs(600)))));
    let (_running, wake) = fake.spawn();
    pause(5.0).await;
    assert_eq!(fake.asked(), 1);
    wake.now();
    pause(0.1).await;
    assert!(fake.asked() > 1);
    assert_eq!(fake.with(|world| world.states.last().cloned()), Some(SyncState::Current));
}

#[tokio::test(start_paused = true)]
async fn fault_11_who_asks_again_and_again_is_not_made_to_wait_longer() {
    let fake = Fake::new();
    fake.with(|world| world.answers.extend((0..8).map(|_| Error::Unreachable("down".into()))));
    let (_running, wake) = fake.spawn();
    for _ in 0..7 {
        pause(0.1).await;
        wake.now();
    }
    pause(0.1).await;
    assert_eq!(fake.asked(), 8);
    pause(2.0).await;
    assert!(fake.asked() > 8, "the pause is that after one failure");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_asks_to_wait_is_left_alone_for_as_long() {
    let fake = Fake::new();
    fake.with(|world| world.answers.push_back(problem(ProblemKind::TooManyRequests, Some(Duration::from_secs(77)))));
    let _running = fake.spawn();
    pause(76.0).await;
    assert_eq!(fake.asked(), 1);
    pause(2.0).await;
    assert!(fake.asked() > 1);
}

#[tokio::test(start_paused = true)]
async fn a_cursor_that_is_no_longer_known_is_dropped_at_once() {
    let fake = Fake::new();
    fake.with(|world| {
        world.cursor = Some("old".into());
        world.answers.push_back(problem(ProblemKind::CursorUnknown, None));
    });
    let _running = fake.spawn();
    pause(0.1).await;
    let cursors = fake.with(|world| world.asked.iter().map(|(cursor, _)| cursor.clone()).collect::<Vec<_>>());
    assert_eq!(cursors[..2], [Some("old".into()), None]);
    assert_eq!(fake.with(|world| world.states.last().cloned()), Some(SyncState::Current));
}

#[tokio::test(start_paused = true)]
async fn fault_9_20_the_next_answer_is_asked_for_while_the_last_one_is_applied() {
    let fake = Fake::new();
    let applies = Arc::new(Semaphore::new(0));
    fake.with(|world| (world.history, world.tells_next, world.applies) = (1, true, Some(Arc::clone(&applies))));
    let _running = fake.spawn();
    pause(1.0).await;
    let asked = || fake.with(|world| world.asked.iter().map(|(cursor, _)| cursor.clone()).collect::<Vec<_>>());
    assert_eq!(asked(), [None, Some("next".into())]);
    // Once there is nothing more to come, the next is asked for as ever.
    applies.add_permits(100);
    pause(1.0).await;
    assert_eq!(asked()[..3], [None, Some("next".into()), Some("c".into())]);
    assert_eq!(fake.with(|world| world.states.last().cloned()), Some(SyncState::Current));
}

#[tokio::test(start_paused = true)]
async fn a_failure_of_what_was_asked_for_ahead_loses_nothing_of_what_came_before() {
    let fake = Fake::new();
    fake.with(|world| (world.history, world.tells_next, world.ahead) = (1, true, Some(Error::Unreachable("gone".into()))));
    let _running = fake.spawn();
    pause(10.0).await;
    // The first was applied, and so was the second once it came.
    let states = fake.with(|world| world.states.clone());
    assert!(matches!(states[..], [SyncState::Connecting, SyncState::Current, SyncState::Offline { .. }, SyncState::Current]), "{states:?}");
    let asked = fake.with(|world| world.asked.iter().map(|(cursor, _)| cursor.clone()).collect::<Vec<_>>());
    assert_eq!(asked[..3], [None, Some("next".into()), Some("c".into())]);
}

#[tokio::test(start_paused = true)]
async fn history_that_is_still_to_come_is_asked_for_at_once() {
    let fake = Fake::new();
    fake.with(|world| world.history = 3);
    let _running = fake.spawn();
    pause(0.1).await;
    let times = fake.with(|world| world.asked.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    assert_eq!(times[..4], [Duration::ZERO; 4]);
    // Screens are told that they are current before the last of it is there.
    assert_eq!(fake.with(|world| world.states.clone()), [SyncState::Connecting, SyncState::Current]);
}

#[tokio::test(start_paused = true)]
async fn access_that_ended_is_the_end() {
    for (error, reason) in [
        (Error::SignInExpired, AccessEndedReason::SignInExpired),
        (problem(ProblemKind::TenantRefused, None), AccessEndedReason::TenantRefused),
    ] {
        let fake = Fake::new();
        fake.with(|world| world.answers.push_back(error));
        let (running, _) = fake.spawn();
        running.await.unwrap();
        assert_eq!(fake.with(|world| world.states.last().cloned()), Some(SyncState::AccessEnded { reason }));
        assert_eq!(fake.asked(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_machine_that_wakes_connects_anew_at_once() {
    let fake = Fake::new();
    let _first = fake.stream();
    let _running = fake.spawn();
    pause(7.0).await;
    let before = fake.asked();
    let _second = fake.stream();
    fake.with(|world| world.slept = Duration::from_secs(3_600));
    pause(6.0).await;
    assert!(fake.asked() > before);
    assert_eq!(fake.with(|world| world.opened), 2);
    let states = fake.with(|world| world.states.clone());
    assert_eq!(states, [SyncState::Connecting, SyncState::Current, SyncState::Connecting, SyncState::Current]);
}
