//! `GET /v1/audit/export`.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream::{once, try_unfold};
use futures_util::{StreamExt, TryStreamExt};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use tenantry_model::audit::AuditRecord;
use tenantry_model::time::UtcDay;
use utoipa::IntoParams;

use super::NOT_FOUND;
use crate::domain::audit::{self, Export};
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::ReadRequest;
use crate::http::query::{Parameters, Query};
use crate::store::Store;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Range {
    /// The first day, in UTC; at most 180 days back.
    from: UtcDay,
    /// The last day, in UTC; it is included.
    to: UtcDay,
}

impl Parameters for Range {
    fn take(query: &mut Query) -> Result<Self> {
        let mut day = |name| query.one(name)?.ok_or_else(|| Error::bad_request(format!("{name}: name a day, such as 2026-03-01")));
        Ok(Self { from: day("from")?, to: day("to")? })
    }
}

/// The log of the caller's organisation as a CSV file of the eight documented columns, oldest first (R110, R111). Cells that a spreadsheet
/// would take for a formula begin with an apostrophe (A26). An answer that breaks off is not whole.
#[utoipa::path(
    get, path = "/audit/export", operation_id = "audit_export", tag = "audit", security(("user" = [])), params(Range),
    responses(
        (status = 200, description = "RFC 4180, UTF-8", body = String, content_type = "text/csv"),
        (status = 400, description = "No such range of days, or one that reaches back more than 180 days"),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn export(State(state): State<AppState>, mut request: ReadRequest, query: Query) -> Result<Response> {
    audit::read_by(&request.caller)?;
    let Range { from, to } = query.parse()?;
    let mut export = audit::export(request.tx.conn(), &request.caller, request.now, from, to).await?;
    // The first records are read before anything is answered: what fails here is a problem, and no file.
    let mut first = audit::header();
    if let Some(records) = export.next(request.tx.conn()).await? {
        append(&mut first, &records);
    }
    let name = format!("attachment; filename=\"tenantry-audit-{from}-to-{to}.csv\"");
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()), (CONTENT_DISPOSITION, name)];
    drop(request);
    let rest = try_unfold((export, state.store().clone()), more).inspect_err(|error| tracing::warn!(%error, "an audit export was cut off"));
    let body = once(async { Ok(Bytes::from(first)) }).chain(rest);
    Ok((headers, Body::from_stream(body)).into_response())
}

async fn more((mut export, store): (Export, Store)) -> Result<Option<(Bytes, (Export, Store))>> {
    if export.is_done() {
        return Ok(None);
    }
    let mut tx = store.read().await?;
    let Some(records) = export.next(tx.conn()).await? else { return Ok(None) };
    drop(tx);
    let mut text = String::new();
    append(&mut text, &records);
    Ok(Some((Bytes::from(text), (export, store))))
}

fn append(text: &mut String, records: &[AuditRecord]) {
    records.iter().for_each(|record| text.push_str(&audit::line(record)));
}
