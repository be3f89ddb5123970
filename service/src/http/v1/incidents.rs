//! `GET /v1/incidents`.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use tenantry_model::api::{IncidentPage, IncidentTab};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentStatus, IncidentType, Severity};
use tenantry_model::search::words;
use utoipa::IntoParams;

use crate::domain::caller::Caller;
use crate::domain::incidents::read::{self as incidents, ListQuery};
use crate::domain::open_incidents;
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::{Asking, ReadRequest, SignedIn, SnapshotRequest};
use crate::http::query::{Paging, Parameters, Query};
use crate::store::incident_list::RowFilter;

const LONGEST_SEARCH: usize = 200;

/// Filters of a list of incidents. Given more than once, a filter's values are alternatives; different filters must all hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filters {
    /// Which half; active where nobody says. Active: gravest first, then newest. Resolved: last updated first.
    #[param(inline, required = false)]
    tab: IncidentTab,
    /// Only with this status.
    #[param(required = false)]
    status: Vec<IncidentStatus>,
    /// Only of this severity.
    #[param(required = false)]
    severity: Vec<Severity>,
    /// Only under this heading.
    #[param(required = false)]
    category: Vec<Category>,
    /// Only of this type: a signal, or `customer_reported`.
    #[param(rename = "type", inline, required = false)]
    kind: Vec<IncidentType>,
    /// Only with this room.
    #[param(required = false)]
    room: Vec<RoomId>,
    /// Words that number, type, problem, customer, a visible room or the name of its device must hold, anywhere and in any order; without case
    /// and accents, `ä` being `a` and `ae`.
    #[param(max_length = 200, required = false)]
    q: String,
    /// `true`: what is snoozed and nothing else. Otherwise it is left out (A33).
    #[param(required = false)]
    snoozed: bool,
}

impl Parameters for Filters {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self {
            q: query.search("q", LONGEST_SEARCH)?,
            tab: query.one("tab")?.unwrap_or(IncidentTab::Active),
            severity: query.all("severity")?,
            status: query.all("status")?,
            category: query.all("category")?,
            kind: query.all("type")?,
            room: query.all("room")?,
            snoozed: query.one("snoozed")?.unwrap_or_default(),
        })
    }
}

impl Filters {
    pub(crate) fn list(self, customers: Vec<TenantId>, Paging { cursor, limit }: Paging) -> ListQuery {
        let Self { tab, status, severity, category, kind, room, q, snoozed } = self;
        let rows = RowFilter { severities: severity, statuses: status, categories: category, types: kind, rooms: room, snoozed };
        ListQuery { tab, customers, rows, words: words(&q), cursor, limit }
    }
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Customers {
    /// Only of this customer.
    #[param(required = false)]
    pub(crate) customer: Vec<TenantId>,
}

impl Parameters for Customers {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self { customer: query.all("customer")? })
    }
}

/// The incidents of all customers that the caller may see: the union of what each customer's own list shows (R66). A page may be short; only
/// a missing `nextCursor` ends the list.
#[utoipa::path(
    get, path = "/incidents", tag = "incidents", security(("user" = [])),
    params(Customers, Filters, Paging), responses((status = 200, body = IncidentPage)),
)]
pub(crate) async fn incidents(State(state): State<AppState>, SignedIn(asking): SignedIn, query: Query) -> Result<Response> {
    let (Customers { customer }, (filters, paging)): (_, (Filters, _)) = query.parse()?;
    answer(&state, asking, &filters.list(customer, paging), |_| Ok(())).await
}

/// A page of a list, for a caller whom `may` does not refuse.
pub(crate) async fn answer(
    state: &AppState,
    asking: Asking,
    list: &ListQuery,
    may: impl FnOnce(&Caller) -> Result<()>,
) -> Result<Response> {
    match list.tab {
        IncidentTab::Active => {
            let SnapshotRequest { caller, snapshot } = SnapshotRequest::open(state, asking).await?;
            may(&caller)?;
            Ok(Json(open_incidents::page(&snapshot, &caller, list)?).into_response())
        }
        IncidentTab::Resolved => {
            let ReadRequest { caller, mut tx, .. } = ReadRequest::open(state, asking).await?;
            may(&caller)?;
            Ok(Json(incidents::resolved(tx.conn(), &caller, list).await?).into_response())
        }
    }
}
