//! `GET /v1/audit`.

use axum::Json;
use tenantry_model::api::Page;
use tenantry_model::audit::{AuditCategory, AuditFilter, AuditLog, AuditOperation, AuditRecord, AuditResult};
use tenantry_model::time::UtcDay;
use utoipa::IntoParams;

use super::NOT_FOUND;
use crate::domain::audit::{self, ListQuery};
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::query::{Paging, Parameters, Query};

const LONGEST_SEARCH: usize = 200;

/// Filters of the audit log. Given more than once, a filter's values are alternatives; different filters must all hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filters {
    /// Which log; export where nobody says. Export: users, assignments, invitations, roles. Product: rooms and incidents.
    #[param(inline, required = false)]
    log: AuditLog,
    /// The first day, in UTC; at most 180 days back.
    #[param(value_type = UtcDay, required = false)]
    from: Option<UtcDay>,
    /// The last day, in UTC; it is included.
    #[param(value_type = UtcDay, required = false)]
    to: Option<UtcDay>,
    /// Only of this kind.
    #[param(required = false)]
    category: Vec<AuditCategory>,
    /// Only this operation.
    #[param(required = false)]
    operation: Vec<AuditOperation>,
    /// Only with this result.
    #[param(required = false)]
    result: Vec<AuditResult>,
    /// Words that the names and ids of the object, the user and the user's tenant must hold, in any order.
    #[param(max_length = 200, required = false)]
    q: String,
}

impl Parameters for Filters {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self {
            q: query.search("q", LONGEST_SEARCH)?,
            log: query.one("log")?.unwrap_or(AuditLog::Export),
            from: query.one("from")?,
            to: query.one("to")?,
            category: query.all("category")?,
            operation: query.all("operation")?,
            result: query.all("result")?,
        })
    }
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
    let (Filters { log, from, to, category, operation, result, q }, Paging { cursor, limit }) = query.parse()?;
    let filter = AuditFilter { log, from, to, categories: category, operations: operation, results: result, q };
    Ok(Json(audit::list(request.tx.conn(), &request.caller, request.now, ListQuery { filter, cursor, limit }).await?))
}
