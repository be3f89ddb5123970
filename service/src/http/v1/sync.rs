//! `GET /v1/sync`.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use tenantry_model::sync::{READ_MARKS, SAVED_VIEWS, SyncLine, TAKES};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tracing::Instrument;
use utoipa::IntoParams;

use crate::domain::sync::{self, LineWriter, answer, is_long, start};
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::{ReadRequest, SignedIn};
use crate::http::query::{Parameters, Query};
use crate::http::spool::spool;

/// How many chunks are on their way between writer, spool and reader.
const WAITING: usize = 4;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Cursor {
    /// The cursor of the last checkpoint; none for a snapshot.
    #[param(value_type = String, required = false)]
    cursor: Option<String>,
}

impl Parameters for Cursor {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self { cursor: query.one("cursor")? })
    }
}

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct Takes {
    /// Kinds of lines that the reader takes beside those that there were from the beginning, with commas between them: `readMark`, `savedViews`. Others are
    /// not sent, and names that are not known are passed over.
    #[param(rename = "Tenantry-Takes", value_type = String, required = false)]
    takes: sync::Takes,
}

impl<S: Send + Sync> FromRequestParts<S> for Takes {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Infallible> {
        let named = parts.headers.get_all(TAKES).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        let named: Vec<&str> = named.map(str::trim).collect();
        Ok(Self { takes: sync::Takes { read_marks: named.contains(&READ_MARKS), saved_views: named.contains(&SAVED_VIEWS) } })
    }
}

/// What changed since a checkpoint, or everything; one JSON line each. See docs/sync.md.
#[utoipa::path(
    get, path = "/sync", tag = "sync", security(("user" = [])), params(Cursor, Takes),
    responses(
        (status = 200, description = "Lines, the last of which is a checkpoint", body = Vec<SyncLine>, content_type = "application/x-ndjson"),
        (status = 410, description = "The cursor is not known any more: start without one"),
    ),
)]
pub(crate) async fn sync(
    State(state): State<AppState>,
    SignedIn(asking): SignedIn,
    Takes { takes }: Takes,
    query: Query,
) -> Result<Response> {
    let Cursor { cursor } = query.parse()?;
    let long = is_long(cursor.as_deref());
    let permits = state.limits().answer_sync(asking.token.user, long).await?;
    // Before the transaction begins, which must be no older.
    let open = state.open_incidents().latest();
    let mut request = ReadRequest::open(&state, asking).await?;
    let start = start(request.tx.conn(), &request.caller, cursor.as_deref()).await?;
    // A short one is soon read, and must end no long one: several apps of a person ask at the same moment.
    let reading = long.then(|| state.limits().read_sync(request.caller.user));
    let ended = reading.as_ref().map(|reading| reading.ended.clone()).unwrap_or_default();
    let (out, written) = mpsc::channel(WAITING);
    let (to, chunks) = mpsc::channel(WAITING);
    let space = state.spools().clone();
    let pass_on = async move {
        spool(space, written, to, ended).await;
        drop(reading);
    };
    tokio::spawn(pass_on.in_current_span());
    let stop = state.shutdown().clone();
    let write = async move {
        let mut writer = LineWriter::new(out.clone(), takes);
        let ReadRequest { caller, mut tx, now, .. } = request;
        let open = (state.open_incidents(), open.as_ref());
        let written = tokio::select! {
            written = answer(tx.conn(), &caller, start, open, now, &mut writer) => written,
            () = stop.cancelled() => Err(crate::error::Error::Internal("the service stops".into())),
        };
        // What follows may wait for the reader, and nobody else shall.
        drop((tx, permits));
        if let Err(error) = written {
            // A body that breaks off has no checkpoint: nothing of it counts.
            tracing::warn!(%error, "a sync answer was cut off");
            let _ = out.send(Err(std::io::Error::other("cut off"))).await;
        }
    };
    tokio::spawn(write.in_current_span());
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(ReceiverStream::new(chunks))).into_response())
}
