//! What time alone brings: watch times, silences and closings of rooms, warnings that are left alone, what comes back into sight, incidents of signals that
//! were switched off, invitations that expire, files that nobody sends to their end, events and usage that were kept long enough, and the health of days
//! that are over. Each step is one transaction: a crash at any
//! point leaves it done or not begun. Beside that, what devices reported is brought to disk, a second at most after it was answered.

use std::sync::Arc;
use std::time::Duration;

use tenantry_model::time::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::domain::incidents::{attachments, snoozes};
use crate::domain::ingest::{events, reports, usage};
use crate::domain::invitations::write::record_expired;
use crate::domain::reports::health;
use crate::domain::settings::closing;
use crate::error::Result;
use crate::random::Random;
use crate::store::{Store, Tx};

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How many steps of the daily health one tick does: watch times and silences wait for no more. It goes on with the next tick.
const HEALTH_STEPS: usize = 20;
/// A clock that goes back by less than this was merely corrected.
const CORRECTION: Duration = Duration::from_secs(60);

#[derive(Clone, Copy)]
enum Work {
    Rooms,
    Snoozes,
    Closings,
    Invitations,
    Uploads,
    Events,
    Usage,
}

/// Works off everything that is due, step by step. How many things it touched. An error of one kind of work keeps no other from being done.
pub async fn tick(store: &Store, random: &dyn Random) -> Result<usize> {
    let reported = work_off(store, Work::Rooms, random).await;
    let woken = work_off(store, Work::Snoozes, random).await;
    let closed = work_off(store, Work::Closings, random).await;
    let expired = work_off(store, Work::Invitations, random).await;
    let abandoned = work_off(store, Work::Uploads, random).await;
    let forgotten = work_off(store, Work::Events, random).await;
    let unused = work_off(store, Work::Usage, random).await;
    let touched = reported? + woken? + closed? + expired? + abandoned? + forgotten? + unused?;
    // Only then: what fell due before midnight is dated back to when it did, and a day that is done is not computed again.
    daily_health(store).await?;
    Ok(touched)
}

/// The health of days that are over (R92). Looked for in a read transaction: on most ticks there is none.
async fn daily_health(store: &Store) -> Result<()> {
    if !health::is_due(store.read().await?.conn(), store.now()).await? {
        return Ok(());
    }
    for _ in 0..HEALTH_STEPS {
        let mut tx = store.write().await?;
        let more = health::step(&mut tx).await?;
        tx.commit().await?;
        if !more {
            break;
        }
    }
    Ok(())
}

async fn work_off(store: &Store, work: Work, random: &dyn Random) -> Result<usize> {
    let mut touched = 0;
    loop {
        let mut tx = store.write().await?;
        let done = match work {
            Work::Rooms => reports::step(&mut tx, random).await?,
            Work::Snoozes => snoozes::step(&mut tx).await?,
            Work::Closings => closing::step(&mut tx, random).await?,
            Work::Invitations => record_expired(&mut tx).await?,
            Work::Uploads => attachments::give_up_abandoned(&mut tx).await?,
            Work::Events => events::forget_old(&mut tx).await?,
            Work::Usage => usage::forget_old(&mut tx).await?,
        };
        tx.commit().await?;
        touched += done;
        if done == 0 {
            return Ok(touched);
        }
    }
}

/// One step of [`tick`], within a transaction that is the caller's: what is the longest overdue.
pub async fn step(tx: &mut Tx, random: &dyn Random) -> Result<usize> {
    Ok(reports::step(tx, random).await?
        + snoozes::step(tx).await?
        + closing::step(tx, random).await?
        + record_expired(tx).await?
        + attachments::give_up_abandoned(tx).await?
        + events::forget_old(tx).await?
        + usage::forget_old(tx).await?)
}

fn was_set_back(latest: Timestamp, now: Timestamp) -> bool {
    now.plus(CORRECTION) < latest
}

/// Looks for what is due, every second until `shutdown`.
pub fn start(store: Store, random: Arc<dyn Random>, shutdown: CancellationToken) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut resumed: Option<Timestamp> = None;
        loop {
            let now = store.now();
            let outcome = async {
                // What was said by a clock that was ahead would hold silences back until then.
                if resumed.is_none_or(|latest| was_set_back(latest, now)) {
                    reports::resume(&store).await?;
                }
                resumed = Some(now);
                tick(&store, random.as_ref()).await
            };
            let outcome = outcome.await;
            if let Err(error) = store.sync_intake().await {
                tracing::error!(%error, "what devices reported is not on disk yet; trying again");
            }
            match outcome {
                Ok(0) => {}
                Ok(touched) => tracing::debug!(touched, "something fell due"),
                Err(error) => tracing::error!(%error, "what is due could not be worked off; trying again"),
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_20_a_clock_that_was_far_ahead_is_told_from_one_that_was_corrected() {
        let at = |seconds: u64| Timestamp::from_micros(0).plus(Duration::from_secs(seconds));
        assert!(was_set_back(at(1_000), at(900)));
        assert!(!was_set_back(at(1_000), at(950)) && !was_set_back(at(1_000), at(1_001)));
    }
}
