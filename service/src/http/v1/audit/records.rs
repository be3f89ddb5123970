//! `GET /v1/audit`.

use axum::Json;
use tenantry_model::api::Page;
use tenantry_model::audit::{AuditCategory, AuditFilter, AuditLog, AuditOperation, AuditRecord, AuditResult};
use tenantry_model::time::UtcDay;
use utoipa::IntoParams;

use super::NOT_FOUND;
use crate::domain::audit::{self, ListQuery};
use crate::error::{Error, Result};
use crate::http::auth::ReadRequest;
use crate::http::extract::Query;
use crate::http::v1::tenants::Paging;

/// The longest search that is looked at, in bytes.
const LONGEST_SEARCH: usize = 200;

/// Filters of the audit log. Given more than once, a filter's values are alternatives; different filters must all hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Query` takes by name")]
pub(crate) struct Filters {
    /// Which log; export where nobody says. Export: users, assignments, invitations, roles. Product: rooms and incidents.
    #[param(inline)]
    log: Option<AuditLog>,
    /// The first day, in UTC; at most 180 days back.
    from: Option<UtcDay>,
    /// The last day, in UTC; it is included.
    to: Option<UtcDay>,
    /// Only of this kind.
    category: Option<Vec<AuditCategory>>,
    /// Only this operation.
    operation: Option<Vec<AuditOperation>>,
    /// Only with this result.
    result: Option<Vec<AuditResult>>,
    /// Words that the names and ids of the object, the user and the user's tenant must hold, in any order.
    #[param(max_length = 200)]
    q: Option<String>,
}

/// What was done to the caller's organisation in the last 180 days, newest first: at a customer also what partners did there (R107). For
/// Managed Service Administrators and Global Administrators of that organisation. A page may be short; only a missing `nextCursor` ends the
/// list.
#[utoipa::path(
    get, path = "/audit", operation_id = "audit", tag = "audit", security(("user" = [])), params(Filters, Paging),
    responses((status = 200, body = Page<AuditRecord>), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn records(mut request: ReadRequest, query: Query) -> Result<Json<Page<AuditRecord>>> {
    audit::read_by(&request.caller)?;
    Ok(Json(audit::list(request.tx.conn(), &request.caller, request.now, list_query(query)?).await?))
}

fn list_query(mut query: Query) -> Result<ListQuery> {
    let q: String = query.one("q")?.unwrap_or_default();
    if q.len() > LONGEST_SEARCH {
        return Err(Error::bad_request(format!("q: at most {LONGEST_SEARCH} bytes")));
    }
    let filter = AuditFilter {
        log: query.one("log")?.unwrap_or(AuditLog::Export),
        from: query.one("from")?,
        to: query.one("to")?,
        categories: query.all("category")?,
        operations: query.all("operation")?,
        results: query.all("result")?,
        q,
    };
    let list = ListQuery { filter, cursor: query.cursor()?, limit: query.limit()? };
    query.finish()?;
    Ok(list)
}
