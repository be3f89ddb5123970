//! `GET /v1/events`: nudges to sync. Nothing is told but that something changed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use http::HeaderName;
use tenantry_model::id::TenantId;
use tokio::sync::broadcast;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::domain::caller::Caller;
use crate::domain::change_feed::ChangeBatch;
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::{ReadRequest, SignedIn};
use crate::http::frame::StreamPermit;
use crate::store::change_log;

/// Nudges are at least so far apart; what happens between them is one nudge.
const APART: Duration = Duration::from_millis(100);
/// A line that keeps proxies from closing the connection.
const ALIVE: Duration = Duration::from_secs(15);

const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// An event `changed`, without data, whenever a sync would bring something. The first one comes at once. The stream ends when the caller's
/// rights change, when their token ends, and when the service stops: connect again and sync. The oldest of more than eight ends with an event
/// `replaced`: ask now and then instead, since another in its place would end the next.
#[utoipa::path(
    get, path = "/events", tag = "sync", security(("user" = [])),
    responses((status = 200, description = "Server-sent events", body = String, content_type = "text/event-stream")),
)]
pub(crate) async fn events(
    State(state): State<AppState>,
    SignedIn(asking): SignedIn,
) -> Result<([(HeaderName, &'static str); 1], Sse<impl Stream<Item = std::result::Result<Event, Infallible>>>)> {
    // First listen, then read the rights: a change between the two is heard.
    let changes = state.changes().subscribe().await?;
    let ReadRequest { caller, mut tx, token, .. } = ReadRequest::open(&state, asking).await?;
    let known = change_log::horizon(tx.conn()).await?.seq;
    drop(tx);
    let permit = state.limits().open_stream(token.user);
    let left = token.expires_at.since(state.clock().now());
    let nudges = Nudges {
        caller,
        known,
        changes,
        ends: Instant::now() + left,
        stop: state.shutdown().clone(),
        due: Some(Instant::now()),
        last: None,
        permit,
        is_over: false,
    };
    // A proxy that gathers an answer before it passes it on would keep every nudge to itself.
    Ok(([(UNBUFFERED, "no")], Sse::new(unfold(nudges, Nudges::next)).keep_alive(KeepAlive::new().interval(ALIVE))))
}

struct Nudges {
    caller: Caller,
    /// The last row of the log that `caller` was read with: up to here nothing is news.
    known: i64,
    changes: broadcast::Receiver<Arc<ChangeBatch>>,
    ends: Instant,
    stop: CancellationToken,
    /// When the next nudge goes out; none while nothing happened.
    due: Option<Instant>,
    last: Option<Instant>,
    permit: StreamPermit,
    is_over: bool,
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
        while !self.is_over {
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
                () = self.permit.ended.cancelled() => {
                    self.is_over = true;
                    return Some((Ok(Event::default().event("replaced").data("{}")), self));
                }
                () = sleep_until(self.ends) => return None,
                change = self.changes.recv() => match change {
                    Ok(change) => match meaning(&change, self.known, &self.caller) {
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
        None
    }

    fn earliest(&self) -> Instant {
        let now = Instant::now();
        self.last.map_or(now, |last| now.max(last + APART))
    }
}

fn meaning(batch: &ChangeBatch, known: i64, caller: &Caller) -> Meaning {
    let user = caller.user;
    let sees = |customer: &TenantId| caller.access.at(*customer).is_some();
    if batch.rights.iter().any(|(it, seq)| *seq > known && it.concerns(user.tenant_id, user.user_id)) {
        Meaning::End
    } else if batch.customers.iter().any(|(customer, seq)| *seq > known && sees(customer))
        || batch.readers.get(&user).is_some_and(|seq| *seq > known)
        || (batch.tenants.get(&user.tenant_id).is_some_and(|seq| *seq > known) && !caller.access.portal_roles.is_empty())
    {
        Meaning::Nudge
    } else {
        Meaning::Nothing
    }
}
