//! The one extractor of reading handlers: who calls, and the moment of the database that answers them.

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use tenantry_model::problem::ProblemKind;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::VerifiedToken;
use crate::store::{ReadTx, SqliteConnection, tenants};

/// Who calls, with rights and data from one and the same moment, so that a change of rights counts from the next request on.
pub(crate) struct Reading {
    /// Who calls.
    pub(crate) caller: Caller,
    /// The transaction that their rights were read in, and that answers.
    pub(crate) tx: ReadTx,
    /// What their token proves.
    pub(crate) token: VerifiedToken,
    /// The moment, by the service's clock: not after what the transaction sees.
    pub(crate) now: Timestamp,
}

impl FromRequestParts<AppState> for Reading {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let SignedIn(token) = SignedIn::from_request_parts(parts, state).await?;
        Self::open(state, token).await
    }
}

impl Reading {
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

/// Finds the caller of a valid token in the tables.
///
/// # Errors
/// [`ProblemKind::TenantRefused`] for a tenant that is not known, or is neither an onboarded partner nor a customer (R2). Nothing is written.
async fn identify(state: &AppState, conn: &mut SqliteConnection, token: &VerifiedToken) -> Result<Caller> {
    let tenant = tenants::find(conn, token.user.tenant_id).await?;
    let tenant = tenant.filter(|known| known.tenant.is_partner || known.tenant.is_customer);
    let tenant = tenant.ok_or_else(|| {
        tracing::info!("a user of an organisation that is not onboarded was refused");
        Error::refused_because(ProblemKind::TenantRefused, "Your organisation is not onboarded here: ask the operator of this service.")
    })?;
    let access = state.access().resolve(conn, &tenant, token.user, token.global_admin).await?;
    Ok(Caller {
        user: token.user,
        display_name: access.display_name.clone().or_else(|| token.name.clone()).unwrap_or_default(),
        tenant: tenant.tenant,
        global_admin: token.global_admin,
        access,
    })
}
