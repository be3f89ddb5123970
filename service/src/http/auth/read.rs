//! The extractors of reading handlers: the caller, and the read transaction that answers.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::{ACTING_AS, ActingAs, Tenant};
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::open_incidents::Snapshot;
use crate::domain::rights::Access;
use crate::domain::text::without_controls;
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::{Asking, VerifiedToken};
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
        let SignedIn(asking) = SignedIn::from_request_parts(parts, state).await?;
        Self::open(state, asking).await
    }
}

impl ReadRequest {
    pub(crate) async fn open(state: &AppState, asking: Asking) -> Result<Self> {
        let now = state.clock().now();
        let mut tx = state.store().read().await?;
        let caller = identify(state, tx.conn(), &asking).await?;
        Ok(Self { caller, tx, token: asking.token, now })
    }
}

/// A valid token, with nothing looked up yet: for requests that must queue before they take a connection.
pub(crate) struct SignedIn(pub(crate) Asking);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let token = state.tokens().check(parts.headers.get(AUTHORIZATION).map(http::HeaderValue::as_bytes)).await?;
        state.limits().check_user(token.user, parts.extensions.get())?;
        Ok(Self(Asking { token, acting_as: acting_as(&parts.headers)? }))
    }
}

/// As which of the two somebody acts whose organisation is partner and customer (A37).
fn acting_as(headers: &HeaderMap) -> Result<Option<ActingAs>> {
    let Some(named) = headers.get(ACTING_AS) else { return Ok(None) };
    let acting_as = named.to_str().ok().and_then(|text| text.trim().parse().ok());
    acting_as.map(Some).ok_or_else(|| Error::bad_request("Tenantry-Acting-As: partner or customer"))
}

/// The caller and the open incidents: rights and rows of the same state of the database, mostly from memory.
pub(crate) struct SnapshotRequest {
    pub(crate) caller: Caller,
    pub(crate) snapshot: Arc<Snapshot>,
}

impl SnapshotRequest {
    /// Reads the tenant's epoch and the end of the log in one statement. If cached rights and the latest snapshot belong to them, they
    /// answer; else a transaction reads what is missing.
    pub(crate) async fn open(state: &AppState, asking: Asking) -> Result<Self> {
        let token = &asking.token;
        if let Some((tenant, horizon)) = state.store().tenant_with_horizon(token.user.tenant_id).await?
            && let (tenant, acting_as) = onboarded(Some(tenant), asking.acting_as)?
            && let Some(access) = state.access().cached(&tenant, token.user, token.global_admin)
            && let Some(snapshot) = state.open_incidents().at(horizon)
        {
            return Ok(Self { caller: caller(asking.token, (tenant.tenant, acting_as), access), snapshot });
        }
        let before = state.open_incidents().latest();
        let ReadRequest { caller, mut tx, .. } = ReadRequest::open(state, asking).await?;
        let horizon = change_log::horizon(tx.conn()).await?;
        let snapshot = state.open_incidents().snapshot_for(tx.conn(), before.as_ref(), horizon).await?;
        Ok(Self { caller, snapshot })
    }
}

/// Finds the caller of a valid token in the tables.
pub(super) async fn identify(state: &AppState, conn: &mut Conn, asking: &Asking) -> Result<Caller> {
    let token = &asking.token;
    let (tenant, acting_as) = onboarded(tenants::find(conn, token.user.tenant_id).await?, asking.acting_as)?;
    let access = state.access().resolve(conn, &tenant, token.user, token.global_admin).await?;
    Ok(caller(token.clone(), (tenant.tenant, acting_as), access))
}

/// The organisation as they act for it (A37). [`ProblemKind::TenantRefused`] for one that is unknown, or is neither an onboarded partner nor a
/// customer (R2), nor what is asked for. Nothing is written.
fn onboarded(tenant: Option<KnownTenant>, asked: Option<ActingAs>) -> Result<(KnownTenant, Option<ActingAs>)> {
    let refused = |why| Error::refused_because(ProblemKind::TenantRefused, why);
    let Some(known) = tenant.filter(|known| known.tenant.is_partner || known.tenant.is_customer) else {
        tracing::info!("a user of an organisation that is not onboarded was refused");
        return Err(refused("Your organisation is not onboarded here: ask the operator of this service."));
    };
    let acting = known.tenant.clone().acting(asked);
    let (tenant, acting_as) = acting.ok_or_else(|| refused("Your organisation is not what Tenantry-Acting-As names: leave it out."))?;
    Ok((KnownTenant { tenant, ..known }, acting_as))
}

fn caller(token: VerifiedToken, (tenant, acting_as): (Tenant, Option<ActingAs>), access: Arc<Access>) -> Caller {
    Caller {
        user: token.user,
        display_name: access.display_name.clone().or(token.name.as_deref().map(without_controls)).unwrap_or_default(),
        tenant,
        acting_as,
        global_admin: token.global_admin,
        access,
    }
}
