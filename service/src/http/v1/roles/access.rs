//! `GET /v1/customers/{customer}/access`.

use axum::Json;
use tenantry_model::api::roles::AccessAnswer;
use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use utoipa::IntoParams;

use crate::domain::roles::explain;
use crate::error::{Error, Result};
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::{Parameters, Query};

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// Who: a user of the caller's own organisation.
    user: PrincipalId,
    /// What they want to do.
    permission: Permission,
    /// Where: a room that the caller may see the roles of.
    room: RoomId,
}

impl Parameters for Question {
    fn take(query: &mut Query) -> Result<Self> {
        let missing = |what: &str| Error::bad_request(format!("{what}: say which"));
        Ok(Self {
            user: query.one("user")?.ok_or_else(|| missing("user"))?,
            permission: query.one("permission")?.ok_or_else(|| missing("permission"))?,
            room: query.one("room")?.ok_or_else(|| missing("room"))?,
        })
    }
}

/// Why somebody can, or can't, do something in a room: relationship, delegation, ceiling, assignment, role, scope. Needs `roles.view` on the room.
#[utoipa::path(
    get, path = "/customers/{customer}/access", tag = "roles", security(("user" = [])), params(("customer" = TenantId, Path), Question),
    responses((status = 200, body = AccessAnswer), (status = 404, description = "The customer or the room does not exist, or not for the caller")),
)]
pub(crate) async fn access(mut request: ReadRequest, Ids(customer): Ids<TenantId>, query: Query) -> Result<Json<AccessAnswer>> {
    // Before the query string is looked at: whoever may not ask learns nothing of how to.
    request.caller.rights_with(customer, Permission::RolesView)?;
    let Question { user, permission, room } = query.parse()?;
    Ok(Json(explain::access(request.tx.conn(), &request.caller, customer, user, permission, room).await?))
}
