//! `PUT` and `DELETE /v1/customers/{customer}/rooms/{room}/suppression`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::rooms::{SignalOf, SuppressRoom};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::signal::SignalId;
use utoipa::IntoParams;

use super::{NOT_FOUND, attempt};
use crate::domain::rooms::suppression;
use crate::error::{Error, Result};
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids, outcome_of};
use crate::http::headers::{LockedTo, ReadVersion, SentAgain};
use crate::http::query::{Parameters, Query};

/// Lets the room, or one of its signals, raise nothing, for a while or until somebody lifts that; what it has open is out of sight (R73, A33). Needs
/// `rooms.view` and `rooms.modify` on it.
#[utoipa::path(
    put, path = "/customers/{customer}/rooms/{room}/suppression", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path), ReadVersion, LockedTo, SentAgain), request_body = SuppressRoom,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24, A18)"),
        (status = 404, description = NOT_FOUND),
        (status = 412, description = "It has changed since it was read"),
    ),
)]
pub(crate) async fn suppress_room(
    request: WriteRequest,
    Ids((customer, room)): Ids<(TenantId, RoomId)>,
    Body(new): Body<SuppressRoom>,
) -> Result<impl IntoResponse> {
    let version = request.version_if_any()?;
    request.about(customer)?;
    let mut write = request.open(attempt(customer, room)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(outcome_of(before, false));
    }
    let (tx, caller, random) = write.parts();
    let outcome = suppression::suppress(tx, caller, (customer, room), version, &new, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfSignal {
    /// Of one signal alone.
    #[param(required = false, inline)]
    signal: Option<SignalId>,
    /// Of which peripheral, where there are several.
    #[param(required = false, max_length = 80)]
    instance: Option<String>,
}

impl Parameters for OfSignal {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self { signal: query.one("signal")?, instance: query.one("instance")? })
    }
}

/// Lifts that: what has failed for its watch time meanwhile raises its incident now. Needs the same.
#[utoipa::path(
    delete, path = "/customers/{customer}/rooms/{room}/suppression", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path), OfSignal, ReadVersion, LockedTo, SentAgain),
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24, A18)"),
        (status = 404, description = NOT_FOUND),
        (status = 412, description = "It has changed since it was read"),
    ),
)]
pub(crate) async fn lift_suppression(
    request: WriteRequest,
    Ids((customer, room)): Ids<(TenantId, RoomId)>,
    query: Query,
) -> Result<impl IntoResponse> {
    let OfSignal { signal, instance } = query.parse()?;
    if signal.is_none() && instance.is_some() {
        return Err(Error::bad_request("instance: name the signal, too"));
    }
    let version = request.version_if_any()?;
    request.about(customer)?;
    let mut write = request.open(attempt(customer, room)).await?;
    let signal = signal.map(|signal| SignalOf { signal, instance });
    // Which signal it is stands in the query, and is what is asked as much as a body would be.
    if let Some(before) = write.answered(&signal).await? {
        return Ok(outcome_of(before, false));
    }
    let (tx, caller, random) = write.parts();
    let outcome = suppression::lift(tx, caller, (customer, room), version, signal, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
