//! The extractor of writing handlers: the caller's request, and then the transaction that decides and writes.
//!
//! ```text
//! let version = request.version()?;                       // 428 before anything is looked up
//! let mut write = request.open(attempt).await?;          // the write transaction, and the caller as it has them
//! let (tx, caller, random) = write.parts();
//! let outcome = domain::do_it(tx, caller, …, random).await;
//! write.finish(outcome).await                           // commit, or undo and record the attempt (R111)
//! ```
//!
//! The body must have been read by then: nobody holds the one writing transaction while they send.

use axum::extract::FromRequestParts;
use http::header::IF_MATCH;
use http::request::Parts;
use http::{HeaderMap, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::problem::ProblemKind;
use tenantry_model::time::Timestamp;

use super::read::{ReadRequest, identify};
use crate::domain::audit;
use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::http::AppState;
use crate::http::auth::{Asking, SignedIn};
use crate::random::Random;
use crate::store::audit::NewAudit;
use crate::store::idempotency::{self, StoredAnswer};
use crate::store::{Store, Tx};

/// Names a creating request, so that it can be sent again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Names the customer that the form was opened for: at another customer's address the request is refused.
const LOCKED_TO: &str = "tenantry-customer";
/// How long an answer is stored under its idempotency key: longer than any customer lets a desk read off line (A28). A desk does not send again what it
/// first tried to send longer ago.
const STORED_FOR: Duration = Duration::from_secs(31 * 24 * 60 * 60);
const LONGEST_KEY: usize = 128;

/// A request for a change. Only the token is checked yet.
#[derive(Clone)]
pub(crate) struct WriteRequest {
    state: AppState,
    asking: Asking,
    headers: HeaderMap,
    method: Method,
    path: String,
}

impl FromRequestParts<AppState> for WriteRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let SignedIn(asking) = SignedIn::from_request_parts(parts, state).await?;
        Ok(Self {
            state: state.clone(),
            asking,
            headers: parts.headers.clone(),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
        })
    }
}

/// What the audit record of a failed request says was tried (R111).
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    tenant: Option<TenantId>,
    category: AuditCategory,
    operation: AuditOperation,
    object: String,
}

impl Attempt {
    /// On an object of this tenant.
    pub(crate) fn at(tenant: TenantId, category: AuditCategory, operation: AuditOperation, object: impl ToString) -> Self {
        Self { tenant: Some(tenant), ..Self::own(category, operation, object) }
    }

    /// On an object of the caller's own tenant.
    pub(crate) fn own(category: AuditCategory, operation: AuditOperation, object: impl ToString) -> Self {
        Self { tenant: None, category, operation, object: object.to_string() }
    }
}

pub(crate) struct WriteTx {
    /// The caller's rights were read in it, too.
    tx: Tx,
    caller: Caller,
    state: AppState,
    attempt: Attempt,
    key: Option<String>,
    request: String,
    /// The key with the hash of what was asked, once [`WriteTx::answered`] has looked for an answer: no other request's is stored.
    keeps: Option<(String, String)>,
}

impl WriteRequest {
    /// A copy, for a request that makes several changes, each in a transaction of its own.
    pub(crate) fn again(&self) -> Self {
        self.clone()
    }

    /// The caller and what they may read now, before anything is written; a body that is long is read behind it.
    pub(crate) async fn read(&self) -> Result<ReadRequest> {
        ReadRequest::open(&self.state, self.asking.clone()).await
    }

    /// The version in `If-Match`; 428 where there is none, 400 where it is not one of ours.
    pub(crate) fn version(&self) -> Result<u64> {
        let Some(named) = self.headers.get(IF_MATCH) else {
            return Err(Error::refused_because(ProblemKind::PreconditionRequired, "Send If-Match with the ETag that was read."));
        };
        let version = named.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        version.ok_or_else(|| Error::bad_request("If-Match: one ETag as it was read, such as \"3\""))
    }

    /// The same, where there need be none.
    pub(crate) fn version_if_any(&self) -> Result<Option<u64>> {
        if self.headers.contains_key(IF_MATCH) { self.version().map(Some) } else { Ok(None) }
    }

    /// Refuses a form that was opened for another customer than the one at whose address it arrives (409).
    pub(crate) fn about(&self, customer: TenantId) -> Result<()> {
        let Some(locked) = self.headers.get(LOCKED_TO) else { return Ok(()) };
        let locked: Option<TenantId> = locked.to_str().ok().and_then(|text| text.parse().ok());
        match locked {
            Some(locked) if locked == customer => Ok(()),
            Some(_) => Err(Error::conflict("This form was opened for another customer: nothing was changed.")),
            None => Err(Error::bad_request("Tenantry-Customer: the id of a customer")),
        }
    }

    pub(crate) async fn open(self, attempt: Attempt) -> Result<WriteTx> {
        let key = match self.headers.get(IDEMPOTENCY_KEY) {
            None => None,
            Some(key) => {
                let key = key.to_str().ok().filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
                Some(key.ok_or_else(|| Error::bad_request("Idempotency-Key: 1 to 128 ASCII characters"))?.to_owned())
            }
        };
        let mut tx = self.state.store().write().await?;
        let caller = identify(&self.state, tx.conn(), &self.asking).await?;
        // The same request as the other of the two is another one (A37).
        let acting_as = caller.acting_as.map(|it| format!(" {}", it.as_str())).unwrap_or_default();
        let request = format!("{} {}{acting_as}", self.method, self.path);
        Ok(WriteTx { tx, caller, state: self.state, attempt, key, request, keeps: None })
    }
}

impl WriteTx {
    pub(crate) fn parts(&mut self) -> (&mut Tx, &Caller, &dyn Random) {
        (&mut self.tx, &self.caller, self.state.random())
    }

    /// Sets the tenant and the object of the attempt where they are known only after looking them up.
    pub(crate) fn concerns(&mut self, tenant: TenantId, object: String) {
        self.attempt.tenant = Some(tenant);
        self.attempt.object = object;
    }

    /// Sets the category of the attempt, likewise.
    pub(crate) fn is_of(&mut self, category: AuditCategory) {
        self.attempt.category = category;
    }

    /// The earlier answer to this request, where it names a key and was sent with the same body before; 409 where the key was used for another
    /// request.
    pub(crate) async fn answered<B: Serialize, A: DeserializeOwned>(&mut self, body: &B) -> Result<Option<A>> {
        let Some(key) = self.key.take() else { return Ok(None) };
        let written = serde_json::to_vec(body).map_err(|error| Error::Internal(format!("a request cannot be written: {error}")))?;
        let digest = Sha256::new().chain_update(&self.request).chain_update(b"\n").chain_update(written).finalize();
        let request: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let since = self.since();
        let Some(stored) = idempotency::find(self.tx.conn(), self.caller.user, &key, since).await? else {
            self.keeps = Some((key, request));
            return Ok(None);
        };
        if stored.request != request {
            return Err(Error::conflict("Idempotency-Key: it was used for another request; take a new one"));
        }
        // The same answer as then, whatever has changed since.
        serde_json::from_str(&stored.answer).map(Some).map_err(|error| Error::bad_row("idempotency_keys", "answer", key, error))
    }

    /// Commits an `Ok` outcome; rolls back a refused one and records it as a failed attempt (R111).
    pub(crate) async fn finish<T: Serialize>(mut self, outcome: Result<T>) -> Result<T> {
        match outcome {
            Ok(done) => {
                if let Some((key, request)) = self.keeps.take() {
                    let answer =
                        serde_json::to_string(&done).map_err(|error| Error::Internal(format!("an answer cannot be stored: {error}")))?;
                    let (since, now) = (self.since(), self.tx.now());
                    let stored = StoredAnswer { request, answer };
                    idempotency::store(self.tx.conn(), self.caller.user, &key, &stored, since, now).await?;
                }
                self.tx.commit().await?;
                Ok(done)
            }
            Err(error) => {
                let (store, attempt) = self.undo();
                audit::or_failed(&store, Err(error), attempt).await
            }
        }
    }

    /// Commits what leaves no audit record, however it goes.
    pub(crate) async fn commit(self) -> Result<()> {
        self.tx.commit().await
    }

    /// Commits what was done but answers with a refusal, which is recorded as a failed attempt (R111).
    pub(crate) async fn ended<T>(self, refusal: Error) -> Result<T> {
        let (store, attempt) = (self.state.store().clone(), self.record());
        self.tx.commit().await?;
        audit::or_failed(&store, Err(refusal), attempt).await
    }

    /// Rolls back and records the failed attempt, where the refusal is one part of a larger answer.
    pub(crate) async fn give_up(self, refusal: ProblemKind) {
        let (store, attempt) = self.undo();
        // The refusal itself is in the answer already.
        let _: Result<()> = audit::or_failed(&store, Err(Error::refused(refusal)), attempt).await;
    }

    /// Drops the transaction, which rolls back; answers what the record of the attempt needs.
    fn undo(self) -> (Store, NewAudit) {
        (self.state.store().clone(), self.record())
    }

    fn record(&self) -> NewAudit {
        let Attempt { tenant, category, operation, object } = self.attempt.clone();
        NewAudit::by(self.caller.user, tenant.unwrap_or(self.caller.tenant.id), category, operation, object)
    }

    fn since(&self) -> Timestamp {
        self.tx.now().minus(STORED_FOR)
    }
}
