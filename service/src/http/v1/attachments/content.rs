//! `GET /v1/customers/{customer}/incidents/{number}/attachments/{attachment}/content`.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use http::header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG};
use http::{HeaderMap, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tenantry_model::id::{AttachmentId, TenantId};
use tenantry_model::text::TicketNumber;

use super::{FileBytes, range};
use crate::domain::incidents::attachments::{self, Place};
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// What RFC 8187 lets stand in a parameter as it is.
const AS_IT_IS: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The content of a file: always as mere bytes, to be stored under its name, which no browser runs or shows; what it is says the incident. Needs
/// `tickets.view`, as the incident does. `Range` takes one range of bytes; `ETag` is the SHA-256 of all of it.
#[utoipa::path(
    get, path = "/customers/{customer}/incidents/{number}/attachments/{attachment}/content", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), ("attachment" = AttachmentId, Path)),
    responses(
        (status = 200, description = "All of it", body = FileBytes, content_type = "application/octet-stream", headers(("ETag" = String, description = "Its SHA-256"))),
        (status = 206, description = "The part that was asked for", body = FileBytes, content_type = "application/octet-stream"),
        (status = 404, description = "It does not exist, has not arrived yet, or not for the caller"),
        (status = 416, description = "It has no such bytes"),
    ),
)]
pub(crate) async fn content(
    State(state): State<AppState>,
    mut request: ReadRequest,
    Ids((customer, number, id)): Ids<(TenantId, TicketNumber, AttachmentId)>,
    headers: HeaderMap,
) -> Result<Response> {
    let attachment = attachments::ready(request.tx.conn(), &request.caller, Place { customer, number, id }).await?;
    let user = request.caller.user;
    // It may be read for minutes: no connection waits for that.
    drop(request);
    let tag = format!("\"{}\"", attachment.sha256);
    let (size, asked) = (attachment.size, range::asked(&headers, attachment.size, &tag)?);
    let transfer = state.transfers().begin(user)?;
    let range = asked.clone().unwrap_or(0..size);
    let parts = state.objects().read(id, range.clone()).await?.inspect(move |part| {
        let _until_it_is_read = &transfer;
        if let Err(error) = part {
            tracing::warn!(%error, "an attachment was cut off");
        }
    });
    let mut answer = (
        [
            (CONTENT_TYPE, "application/octet-stream".to_owned()),
            (CONTENT_DISPOSITION, disposition(&attachment.file_name)),
            (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox".to_owned()),
            (CONTENT_LENGTH, (range.end - range.start).to_string()),
            (ACCEPT_RANGES, "bytes".to_owned()),
            (ETAG, tag),
        ],
        Body::from_stream(parts),
    )
        .into_response();
    if asked.is_some() {
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
        let part = format!("bytes {}-{}/{size}", range.start, range.end - 1);
        answer.headers_mut().extend(part.parse().ok().map(|part| (CONTENT_RANGE, part)));
    }
    Ok(answer)
}

/// To be stored and not shown, under its name (RFC 6266): for old readers in ASCII alone.
fn disposition(name: &str) -> String {
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, &AS_IT_IS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r82_a_name_breaks_out_of_no_header() {
        assert_eq!(disposition("a b.png"), "attachment; filename=\"a b.png\"; filename*=UTF-8''a%20b.png");
        let odd = disposition("Tür\"; x=\r\n\u{202e}é.log");
        assert_eq!(odd, "attachment; filename=\"T_r__ x_____.log\"; filename*=UTF-8''T%C3%BCr%22%3B%20x%3D%0D%0A%E2%80%AE%C3%A9.log");
    }
}
