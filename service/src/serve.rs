//! The running service: a listener, the router, what happens beside requests, and an orderly end.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tenantry_model::attachment::AttachmentState;
use tokio::net::TcpListener;

use crate::attachments::delete_content;
use crate::connections;
use crate::domain::audit::keep_head_file;
use crate::domain::timed_work;
use crate::error::Result;
use crate::http::AppState;
use crate::random::SystemRandom;
use crate::store::attachments;

/// How long requests may go on after the service was told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long the database's connections may take to come back after that.
const CLOSING: Duration = Duration::from_secs(2);
/// How long the log of changes is kept: who has not synced for so long starts anew.
const CHANGES_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How many rows of the log one transaction forgets: others wait for it.
const FORGOTTEN_AT_ONCE: u32 = 5_000;

/// Serves until the shutdown token is cancelled, then lets requests finish for ten seconds at most.
pub async fn serve(listener: TcpListener, router: Router, state: AppState) {
    let tidying = tokio::spawn(tidy_up(state.clone()));
    let timed = timed_work::start(state.store().clone(), Arc::new(SystemRandom), state.shutdown().clone());
    let anchoring = tokio::spawn(keep_head_file(state.store().clone(), state.shutdown().clone()));
    let stop = state.shutdown().clone();
    let serving = connections::serve(listener, router, &state.settings().limits, stop.clone());
    let patience = async {
        stop.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = serving => {}
        () = patience => tracing::warn!("requests that did not finish in time were cut off"),
    }
    state.shutdown().cancel();
    tidying.abort();
    // A step of it is one short transaction: it ends by itself.
    let _ = timed.await;
    let _ = anchoring.await;
    if tokio::time::timeout(CLOSING, state.store().close()).await.is_err() {
        tracing::warn!("the database was still in use; it recovers by itself at the next start");
    }
}

/// Cancels the shutdown token when the process is told to end.
pub async fn watch_signals(state: AppState) {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the signal to terminate cannot be heard; only an interrupt ends the service in order");
                let _ = interrupted.await;
            }
        }
    }
    #[cfg(windows)]
    windows_ends(interrupted).await;
    tracing::info!("told to stop");
    state.shutdown().cancel();
}

/// Windows tells a program in four ways: Ctrl+C, Ctrl+Break (what a supervisor can send), the closed console, and the shutdown of the machine.
#[cfg(windows)]
async fn windows_ends(interrupted: impl Future<Output = std::io::Result<()>>) {
    use tokio::signal::windows::{ctrl_break, ctrl_close, ctrl_shutdown};
    match (ctrl_break(), ctrl_close(), ctrl_shutdown()) {
        (Ok(mut broken), Ok(mut closed), Ok(mut shut_down)) => {
            tokio::select! {
                _ = interrupted => {}
                _ = broken.recv() => {}
                _ = closed.recv() => {}
                _ = shut_down.recv() => {}
            }
        }
        _ => {
            tracing::warn!("the console's events cannot be heard; only Ctrl+C ends the service in order");
            let _ = interrupted.await;
        }
    }
}

async fn tidy_up(state: AppState) {
    let mut every_minute = tokio::time::interval(Duration::from_secs(60));
    let mut minutes: u64 = 0;
    loop {
        every_minute.tick().await;
        state.limits().forget_idle();
        // At once when the service starts, so that nobody waits for the first time.
        if let Err(error) = state.open_incidents().refresh(state.store()).await {
            tracing::warn!(%error, "the open incidents could not be read; who asks for them reads them");
        }
        if minutes.is_multiple_of(60)
            && let Err(error) = forget_old_changes(&state).await
        {
            tracing::warn!(%error, "the log of changes could not be shortened; the next hour tries again");
        }
        if minutes.is_multiple_of(60)
            && let Err(error) = sweep_uploads(&state).await
        {
            tracing::warn!(%error, "what is left of uploads could not be deleted; the next hour tries again");
        }
        minutes += 1;
    }
}

async fn forget_old_changes(state: &AppState) -> Result<()> {
    let before = state.clock().now().minus(CHANGES_KEPT);
    loop {
        let mut tx = state.store().write().await?;
        let forgotten = tx.forget_changes(before, FORGOTTEN_AT_ONCE).await?;
        tx.commit().await?;
        if forgotten == 0 {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}

/// Deletes what there is of files that are not sent any further, and what has arrived of those that are kept elsewhere by now. One that cannot be deleted
/// keeps no other from it: the next sweep tries again.
pub async fn sweep_uploads(state: &AppState) -> Result<()> {
    for id in state.staging().all().await? {
        let found = attachments::find(state.store().read().await?.conn(), id).await?;
        let deleted = match found.map(|found| found.attachment.state) {
            None => delete_content(state.objects(), state.staging(), id).await,
            Some(AttachmentState::Ready) => state.staging().remove(id).await,
            Some(AttachmentState::Uploading) => Ok(()),
        };
        if let Err(error) = deleted {
            tracing::warn!(%error, attachment = %id, "what is left of an upload could not be deleted");
        }
    }
    Ok(())
}
