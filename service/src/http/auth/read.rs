//! The extractors of reading handlers: who calls, and the moment of the database that answers them.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::Tenant;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::open_incidents::Snapshot;
use crate::domain::rights::Access;
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::VerifiedToken;
use crate::store::tenants::{self, KnownTenant};
use crate::store::{Conn, ReadTx, change_log};

/// Who calls, with rights and data from one and the same moment, so that a change of rights counts from the next request on.
pub(crate) struct ReadRequest {
    /// Who calls.
    pub(crate) caller: Caller,
    /// The transaction that their rights were read in, and that answers.
    pub(crate) tx: ReadTx,
    /// What their token proves.
    pub(crate) token: VerifiedToken,
    /// The moment, by the service's clock: not after what the transaction sees.
    pub(crate) now: Timestamp,
}

impl FromRequestParts<AppState> for ReadRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let SignedIn(token) = SignedIn::from_request_parts(parts, state).await?;
        Self::open(state, token).await
    }
}

impl ReadRequest {
    /// Takes a moment of the database and finds the caller in it.
    pub(crate) async fn open(state: &AppState, token: VerifiedToken) -> Result<Self> {
        let now = state.clock().now();
        let mut tx = state.store().read().await?;
        let caller = identify(state, tx.conn(), &token).await?;
        Ok(Self { caller, tx, token, now })
    }
}

/// A valid token, nothing looked up yet: for what must wait its turn before it takes a connection.
pub(crate) struct SignedIn(pub(crate) VerifiedToken);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let token = state.tokens().check(parts.headers.get(AUTHORIZATION).map(http::HeaderValue::as_bytes)).await?;
        state.limits().check_user(token.user)?;
        Ok(Self(token))
    }
}

/// Who calls, and the open incidents: rights and rows from one and the same moment, mostly from memory.
pub(crate) struct SnapshotRequest {
    /// Who calls.
    pub(crate) caller: Caller,
    /// The moment.
    pub(crate) open: Arc<Snapshot>,
}

impl SnapshotRequest {
    /// Looks at which moment the database is. If what is kept in memory is of this moment, it answers; else a transaction reads the rest.
    pub(crate) async fn open(state: &AppState, token: VerifiedToken) -> Result<Self> {
        if let Some((tenant, horizon)) = state.store().glance(token.user.tenant_id).await?
            && let Some(access) = state.access().kept(&tenant, token.user, token.global_admin)
            && let Some(open) = state.open_incidents().at(horizon)
        {
            return Ok(Self { caller: caller(token, onboarded(Some(tenant))?.tenant, access), open });
        }
        let before = state.open_incidents().latest();
        let ReadRequest { caller, mut tx, .. } = ReadRequest::open(state, token).await?;
        let horizon = change_log::horizon(tx.conn()).await?;
        let open = state.open_incidents().seen_by(tx.conn(), before.as_ref(), horizon).await?;
        Ok(Self { caller, open })
    }
}

/// Finds the caller of a valid token in the tables.
///
/// # Errors
/// See [`onboarded`].
pub(super) async fn identify(state: &AppState, conn: &mut Conn, token: &VerifiedToken) -> Result<Caller> {
    let tenant = onboarded(tenants::find(conn, token.user.tenant_id).await?)?;
    let access = state.access().resolve(conn, &tenant, token.user, token.global_admin).await?;
    Ok(caller(token.clone(), tenant.tenant, access))
}

/// A tenant whose users may call.
///
/// # Errors
/// [`ProblemKind::TenantRefused`] for one that is not known, or is neither an onboarded partner nor a customer (R2). Nothing is written.
fn onboarded(tenant: Option<KnownTenant>) -> Result<KnownTenant> {
    let tenant = tenant.filter(|known| known.tenant.is_partner || known.tenant.is_customer);
    tenant.ok_or_else(|| {
        tracing::info!("a user of an organisation that is not onboarded was refused");
        Error::refused_because(ProblemKind::TenantRefused, "Your organisation is not onboarded here: ask the operator of this service.")
    })
}

fn caller(token: VerifiedToken, tenant: Tenant, access: Arc<Access>) -> Caller {
    Caller {
        user: token.user,
        display_name: access.display_name.clone().or(token.name).unwrap_or_default(),
        tenant,
        global_admin: token.global_admin,
        access,
    }
}
