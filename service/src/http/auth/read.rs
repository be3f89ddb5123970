//! The extractors of reading handlers: the caller, and the read transaction that answers.

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
use crate::domain::text::without_controls;
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::VerifiedToken;
use crate::store::tenants::{self, KnownTenant};
use crate::store::{Conn, ReadTx, change_log};

/// The caller, with rights and data from one read transaction, so that a change of rights counts from the next request on.
pub(crate) struct ReadRequest {
    pub(crate) caller: Caller,
    /// The transaction that their rights were read in, and that answers.
    pub(crate) tx: ReadTx,
    pub(crate) token: VerifiedToken,
    /// The service's clock, read before the transaction began.
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
    pub(crate) async fn open(state: &AppState, token: VerifiedToken) -> Result<Self> {
        let now = state.clock().now();
        let mut tx = state.store().read().await?;
        let caller = identify(state, tx.conn(), &token).await?;
        Ok(Self { caller, tx, token, now })
    }
}

/// A valid token, with nothing looked up yet: for requests that must queue before they take a connection.
pub(crate) struct SignedIn(pub(crate) VerifiedToken);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let token = state.tokens().check(parts.headers.get(AUTHORIZATION).map(http::HeaderValue::as_bytes)).await?;
        state.limits().check_user(token.user, parts.extensions.get())?;
        Ok(Self(token))
    }
}

/// The caller and the open incidents: rights and rows of the same state of the database, mostly from memory.
pub(crate) struct SnapshotRequest {
    pub(crate) caller: Caller,
    pub(crate) snapshot: Arc<Snapshot>,
}

impl SnapshotRequest {
    /// Reads the tenant's epoch and the end of the log in one statement. If cached rights and the latest snapshot belong to them, they
    /// answer; else a transaction reads what is missing.
    pub(crate) async fn open(state: &AppState, token: VerifiedToken) -> Result<Self> {
        if let Some((tenant, horizon)) = state.store().tenant_with_horizon(token.user.tenant_id).await?
            && let Some(access) = state.access().cached(&tenant, token.user, token.global_admin)
            && let Some(snapshot) = state.open_incidents().at(horizon)
        {
            return Ok(Self { caller: caller(token, onboarded(Some(tenant))?.tenant, access), snapshot });
        }
        let before = state.open_incidents().latest();
        let ReadRequest { caller, mut tx, .. } = ReadRequest::open(state, token).await?;
        let horizon = change_log::horizon(tx.conn()).await?;
        let snapshot = state.open_incidents().snapshot_for(tx.conn(), before.as_ref(), horizon).await?;
        Ok(Self { caller, snapshot })
    }
}

/// Finds the caller of a valid token in the tables.
pub(super) async fn identify(state: &AppState, conn: &mut Conn, token: &VerifiedToken) -> Result<Caller> {
    let tenant = onboarded(tenants::find(conn, token.user.tenant_id).await?)?;
    let access = state.access().resolve(conn, &tenant, token.user, token.global_admin).await?;
    Ok(caller(token.clone(), tenant.tenant, access))
}

/// [`ProblemKind::TenantRefused`] for a tenant that is unknown, or is neither an onboarded partner nor a customer (R2). Nothing is written.
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
        display_name: access.display_name.clone().or(token.name.as_deref().map(without_controls)).unwrap_or_default(),
        tenant,
        global_admin: token.global_admin,
        access,
    }
}
