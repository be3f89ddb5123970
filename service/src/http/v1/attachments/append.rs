//! `PATCH /v1/customers/{customer}/incidents/{number}/attachments/{attachment}/upload`.

use std::time::Duration;

use axum::Json;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::State;
use futures_util::StreamExt as _;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use tenantry_model::api::attachments::{UPLOAD_OFFSET, Upload};
use tenantry_model::attachment::AttachmentState;
use tenantry_model::id::{AttachmentId, TenantId};
use tenantry_model::problem::ProblemKind;
use tenantry_model::text::TicketNumber;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use utoipa::IntoParams;

use super::{FileBytes, NOT_FOUND, attempt, whole};
use crate::attachments::Staged;
use crate::domain::incidents::attachments::{self, Place};
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::{ReadRequest, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::LockedTo;

const BYTES: &str = "application/octet-stream";

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what is read from the headers")]
pub(crate) struct Offset {
    /// How much of the file the service has: where this part begins.
    #[param(rename = "Upload-Offset", minimum = 0)]
    offset: u64,
}

/// Sends a part of a file: what comes after the bytes that the service has. What arrived before a cut stays; `GET` at the same address says how much
/// that is. The last part ends the upload: the file's SHA-256 must be the one that was announced (409 `file-damaged` else, and it begins anew), and
/// its content must be of the type that its name claims (400 else, and it is given up).
#[utoipa::path(
    patch, path = "/customers/{customer}/incidents/{number}/attachments/{attachment}/upload", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), ("attachment" = AttachmentId, Path), Offset, LockedTo),
    request_body(content = FileBytes, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "How much has arrived", body = Upload),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "The service has another part of it than the offset says, or what arrived is not what was announced"),
    ),
)]
pub(crate) async fn append(
    State(state): State<AppState>,
    request: WriteRequest,
    Ids((customer, number, id)): Ids<(TenantId, TicketNumber, AttachmentId)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Upload>> {
    request.about(customer)?;
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes() != BYTES.as_bytes()) {
        return Err(Error::refused_because(ProblemKind::UnsupportedMediaType, format!("send the bytes of the file, as {BYTES}")));
    }
    let offset = headers.get(UPLOAD_OFFSET).and_then(|offset| offset.to_str().ok()?.parse::<u64>().ok());
    let offset = offset.ok_or_else(|| Error::bad_request("Upload-Offset: how many bytes of the file have arrived, as GET says"))?;
    let place = Place { customer, number, id };
    let ReadRequest { caller, mut tx, .. } = request.read().await?;
    let found = attachments::own_upload(tx.conn(), &caller, place).await;
    // The body may take minutes: no connection waits for it.
    drop(tx);
    let attachment = match found {
        Ok(stored) => stored.attachment,
        Err(refused) => return request.open(attempt(place)).await?.finish::<Upload>(Err(refused)).await.map(Json),
    };
    let size = attachment.size;
    if attachment.state == AttachmentState::Ready {
        return Ok(Json(Upload { attachment, offset: size, incident: None }));
    }
    let transfer = state.transfers().begin(caller.user)?;
    let staged = state.staging().open(id, size).await?;
    if staged.len() != offset {
        return Err(Error::conflict(format!("Upload-Offset: {} bytes have arrived, go on behind them", staged.len())));
    }
    let limits = &state.settings().limits;
    // On a task of its own: the connection may go, and what came over it stays.
    let staged = written(tokio::spawn(receive(staged, size, body, limits.body_bytes.min(LEAST), limits.body_timeout))).await?;
    if staged.len() < size {
        return Ok(Json(Upload { attachment, offset: staged.len(), incident: None }));
    }
    // On a task of its own: whoever sent it may be gone, it is kept all the same. It has its place until then.
    let done = tokio::spawn(async move {
        let _until_it_is_kept = transfer;
        whole::keep(state, request, place, attachment, staged).await
    });
    done.await.map_err(|error| Error::Internal(format!("a file could not be kept: {error}")))?.map(Json)
}

/// What a sender must bring within the time that any body has to arrive, in bytes.
const LEAST: usize = 64 * 1024;
/// How much is written at once, where it comes fast, and what is waited for it: what a service that is killed has not written is sent again.
const AT_ONCE: usize = 512 * 1024;
const PATIENCE: Duration = Duration::from_millis(10);

/// Writes down what comes while more comes. It ends with the body; what a slow sender or a cut leaves stays.
async fn receive(staged: Staged, size: u64, body: Body, least: usize, within: Duration) -> Result<Staged> {
    let mut body = Arriving { parts: body.into_data_stream(), least, within, until: Instant::now() + within, came: 0 };
    let mut writing = tokio::spawn(async { Ok(staged) });
    loop {
        let (parts, end) = body.next().await;
        let staged = written(writing).await?;
        if staged.len() + parts.iter().map(|part| part.len() as u64).sum::<u64>() > size {
            return Err(Error::refused_because(ProblemKind::PayloadTooLarge, "The file was announced to be shorter."));
        }
        writing = tokio::spawn(staged.append(parts));
        if let Some(end) = end {
            let staged = written(writing).await?;
            return end.map(|()| staged);
        }
    }
}

async fn written(writing: JoinHandle<Result<Staged>>) -> Result<Staged> {
    writing.await.map_err(|error| Error::Internal(format!("what arrived of a file could not be written: {error}")))?
}

/// A body, as far as it has come.
struct Arriving {
    parts: BodyDataStream,
    least: usize,
    within: Duration,
    /// By when at least that much must have come.
    until: Instant,
    came: usize,
}

impl Arriving {
    /// What comes next, and how it ended, if it did.
    async fn next(&mut self) -> (Vec<Bytes>, Option<Result<()>>) {
        let (mut parts, mut bytes) = (vec![], 0);
        while bytes < AT_ONCE {
            let until = if parts.is_empty() { self.until } else { self.until.min(Instant::now() + PATIENCE) };
            let part = match timeout_at(until, self.parts.next()).await {
                Err(_) if until < self.until => return (parts, None),
                Err(_) => return (parts, Some(Err(Error::refused(ProblemKind::BodyTimeout)))),
                Ok(None) => return (parts, Some(Ok(()))),
                Ok(Some(Err(error))) => return (parts, Some(Err(Error::bad_request(format!("the body was cut off: {error}"))))),
                Ok(Some(Ok(part))) => part,
            };
            bytes += part.len();
            self.came += part.len();
            parts.push(part);
            if self.came >= self.least {
                (self.until, self.came) = (Instant::now() + self.within, 0);
            }
        }
        (parts, None)
    }
}
