//! `GET /v1/incidents`.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use tenantry_model::api::{IncidentPage, IncidentTab};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentStatus, IncidentType, Severity};
use utoipa::IntoParams;

use crate::domain::caller::Caller;
use crate::domain::incidents::{self, ListQuery};
use crate::domain::open_incidents;
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::{ReadRequest, SignedIn, SnapshotRequest, VerifiedToken};
use crate::http::extract::Query;
use crate::http::v1::tenants::Paging;
use crate::store::lists::RowFilter;

/// The longest search that is looked at, in bytes.
const LONGEST_SEARCH: usize = 200;

/// Filters of a list of incidents. Given more than once, a filter's values are alternatives; different filters must all hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Query` takes by name")]
pub(crate) struct Filters {
    /// Which half; active where nobody says. Active: gravest first, then newest. Resolved: last updated first.
    #[param(inline)]
    tab: Option<IncidentTab>,
    /// Only with this status.
    status: Option<Vec<IncidentStatus>>,
    /// Only of this severity.
    severity: Option<Vec<Severity>>,
    /// Only under this heading.
    category: Option<Vec<Category>>,
    /// Only of this type: a signal, or `customer_reported`.
    #[param(rename = "type", value_type = Option<Vec<String>>)]
    kind: Option<Vec<IncidentType>>,
    /// Only with this room.
    room: Option<Vec<RoomId>>,
    /// Words that number, type, problem, customer or a visible room must hold, in any order.
    #[param(max_length = 200)]
    q: Option<String>,
}

/// Takes the filters out of a query string.
pub(crate) fn filters(query: &mut Query) -> Result<ListQuery> {
    let words: Option<String> = query.one("q")?;
    let words = words.unwrap_or_default();
    if words.len() > LONGEST_SEARCH {
        return Err(Error::bad_request(format!("q: at most {LONGEST_SEARCH} bytes")));
    }
    Ok(ListQuery {
        tab: query.one("tab")?.unwrap_or(IncidentTab::Active),
        customers: vec![],
        rows: RowFilter {
            severities: query.all("severity")?,
            statuses: query.all("status")?,
            categories: query.all("category")?,
            types: query.all("type")?,
            rooms: query.all("room")?,
        },
        words: words.to_lowercase().split_whitespace().map(str::to_owned).collect(),
        cursor: query.cursor()?,
        limit: query.limit()?,
    })
}

/// The customers of a list over all.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Query` takes by name")]
pub(crate) struct Customers {
    /// Only of this customer.
    customer: Option<Vec<TenantId>>,
}

/// The incidents of all customers that the caller may see: the union of what each customer's own list shows (R66). A page may be short; only
/// a missing `nextCursor` ends the list.
#[utoipa::path(
    get, path = "/incidents", tag = "incidents", security(("user" = [])),
    params(Customers, Filters, Paging), responses((status = 200, body = IncidentPage)),
)]
pub(crate) async fn incidents(State(state): State<AppState>, SignedIn(token): SignedIn, mut query: Query) -> Result<Response> {
    let customers = query.all("customer")?;
    let list = ListQuery { customers, ..filters(&mut query)? };
    query.finish()?;
    answer(&state, token, &list, |_| Ok(())).await
}

/// A page of a list, for a caller of whom `may` holds.
pub(crate) async fn answer(
    state: &AppState,
    token: VerifiedToken,
    list: &ListQuery,
    may: impl FnOnce(&Caller) -> Result<()>,
) -> Result<Response> {
    match list.tab {
        IncidentTab::Active => {
            let SnapshotRequest { caller, snapshot } = SnapshotRequest::open(state, token).await?;
            may(&caller)?;
            Ok(Json(open_incidents::page(&snapshot, &caller, list)?).into_response())
        }
        IncidentTab::Resolved => {
            let ReadRequest { caller, mut tx, .. } = ReadRequest::open(state, token).await?;
            may(&caller)?;
            Ok(Json(incidents::resolved(tx.conn(), &caller, list).await?).into_response())
        }
    }
}
