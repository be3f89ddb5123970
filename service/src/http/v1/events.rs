//! `GET /v1/events`: nudges to sync. Nothing is told but that something changed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::broadcast;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::domain::caller::Caller;
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::{ReadRequest, SignedIn};
use crate::http::frame::StreamPermit;
use crate::store::CommittedChange;

/// Nudges are at least so far apart; what happens between them is one nudge.
const APART: Duration = Duration::from_millis(100);
/// A line that keeps proxies from closing the connection.
const ALIVE: Duration = Duration::from_secs(15);

/// An event `changed`, without data, whenever a sync would bring something. The first one comes at once. The stream ends when the caller's
/// rights change, when their token ends, and when the service stops: connect again and sync.
#[utoipa::path(
    get, path = "/events", tag = "sync", security(("user" = [])),
    responses((status = 200, description = "Server-sent events", body = String, content_type = "text/event-stream")),
)]
pub(crate) async fn events(
    State(state): State<AppState>,
    SignedIn(token): SignedIn,
) -> Result<Sse<impl Stream<Item = std::result::Result<Event, Infallible>>>> {
    // First listen, then read the rights: a change between the two is heard.
    let changes = state.store().changes();
    let ReadRequest { caller, token, .. } = ReadRequest::open(&state, token).await?;
    let permit = state.limits().open_stream(token.user)?;
    let left = token.expires_at.since(state.clock().now());
    let nudges = Nudges {
        caller,
        changes,
        ends: Instant::now() + left,
        stop: state.shutdown().clone(),
        due: Some(Instant::now()),
        last: None,
        _permit: permit,
    };
    Ok(Sse::new(unfold(nudges, Nudges::next)).keep_alive(KeepAlive::new().interval(ALIVE)))
}

struct Nudges {
    caller: Caller,
    changes: broadcast::Receiver<Arc<CommittedChange>>,
    ends: Instant,
    stop: CancellationToken,
    /// When the next nudge goes out; none while nothing happened.
    due: Option<Instant>,
    last: Option<Instant>,
    _permit: StreamPermit,
}

/// What a change means to one listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Nothing,
    Nudge,
    End,
}

impl Nudges {
    async fn next(mut self) -> Option<(std::result::Result<Event, Infallible>, Self)> {
        loop {
            let due = self.due;
            let nudge = async move {
                match due {
                    Some(due) => sleep_until(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return None,
                () = sleep_until(self.ends) => return None,
                change = self.changes.recv() => match change {
                    Ok(change) => match meaning(&change, &self.caller) {
                        Meaning::Nothing => {}
                        Meaning::Nudge => self.due = self.due.or_else(|| Some(self.earliest())),
                        Meaning::End => return None,
                    },
                    // Too far behind to know what was missed, rights perhaps.
                    Err(_) => return None,
                },
                () = nudge => {
                    self.due = None;
                    self.last = Some(Instant::now());
                    return Some((Ok(Event::default().event("changed").data("{}")), self));
                }
            }
        }
    }

    fn earliest(&self) -> Instant {
        let now = Instant::now();
        self.last.map_or(now, |last| now.max(last + APART))
    }
}

fn meaning(change: &CommittedChange, caller: &Caller) -> Meaning {
    let user = caller.user;
    if change.rights.iter().any(|it| it.concerns(user.tenant_id, user.user_id)) {
        Meaning::End
    } else if change.customers.iter().any(|customer| caller.access.at(*customer).is_some())
        || (change.tenants.contains(&user.tenant_id) && !caller.access.portal_roles.is_empty())
    {
        Meaning::Nudge
    } else {
        Meaning::Nothing
    }
}
