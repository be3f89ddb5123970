//! An OpenID provider on a loopback port, whose keys and answers a test may change.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tenantry_model::tenancy::UserKey;
use tenantry_model::time::Timestamp;

pub(crate) const AUDIENCE: &str = "9a3c7d52-0f6b-4e18-8c2d-64b5e7f1a093";
pub(crate) const SCOPE: &str = "access_as_user";

/// A key pair and its id.
#[derive(Clone)]
pub(crate) struct TestKey {
    pub(crate) kid: &'static str,
    private: rsa::RsaPrivateKey,
    n: String,
    e: String,
}

impl TestKey {
    fn generate(kid: &'static str, bits: usize) -> Self {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, bits).unwrap();
        let public = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        Self { kid, n: public(key.n()), e: public(key.e()), private: key }
    }

    /// The first key: what the provider starts with.
    pub(crate) fn first() -> &'static Self {
        static KEY: LazyLock<TestKey> = LazyLock::new(|| TestKey::generate("first", 2048));
        &KEY
    }

    /// The next one: what it rolls over to, or what an attacker holds.
    pub(crate) fn second() -> &'static Self {
        static KEY: LazyLock<TestKey> = LazyLock::new(|| TestKey::generate("second", 2048));
        &KEY
    }

    /// One that is too short to be believed.
    pub(crate) fn short() -> &'static Self {
        static KEY: LazyLock<TestKey> = LazyLock::new(|| TestKey::generate("short", 1024));
        &KEY
    }

    pub(crate) fn jwk(&self) -> Value {
        json!({ "kty": "RSA", "use": "sig", "kid": self.kid, "n": self.n, "e": self.e })
    }

    /// The modulus: what an attacker would use as the secret of HS256.
    pub(crate) fn public_bytes(&self) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(&self.n).unwrap()
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        signed_with_header(self, &json!({ "alg": "RS256", "typ": "JWT", "kid": self.kid }), claims)
    }
}

/// Signs with RS256 under a header written by hand. By plain RSA, so that a key may also be too short to be allowed.
pub(crate) fn signed_with_header(key: &TestKey, header: &Value, claims: &Value) -> String {
    /// What stands before a SHA-256 digest in a PKCS #1 signature (RFC 8017, 9.2).
    const SHA_256: [u8; 19] =
        [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap());
    let message = format!("{}.{}", part(header), part(claims));
    let padding = rsa::Pkcs1v15Sign { hash_len: Some(32), prefix: Box::new(SHA_256) };
    let signature = key.private.sign(padding, &Sha256::digest(message.as_bytes())).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[derive(Default)]
struct Inner {
    base: Mutex<String>,
    issuer: Mutex<Option<String>>,
    keys: Mutex<Vec<Value>>,
    failing: Mutex<bool>,
    fetches: AtomicUsize,
}

/// The provider.
#[derive(Clone)]
pub(crate) struct Provider {
    inner: Arc<Inner>,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let provider = Self { inner: Arc::default() };
        provider.set_keys(&[TestKey::first().jwk()]);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        *provider.inner.base.lock().unwrap() = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/organizations/v2.0/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn authority(&self) -> String {
        format!("{}/organizations/v2.0", self.inner.base.lock().unwrap())
    }

    /// The issuer with the place for a tenant.
    pub(crate) fn template(&self) -> String {
        format!("{}/{{tenantid}}/v2.0", self.inner.base.lock().unwrap())
    }

    pub(crate) fn issuer(&self, tenant: &str) -> String {
        self.template().replace("{tenantid}", tenant)
    }

    pub(crate) fn set_issuer(&self, issuer: &str) {
        *self.inner.issuer.lock().unwrap() = Some(issuer.to_owned());
    }

    pub(crate) fn set_keys(&self, keys: &[Value]) {
        *self.inner.keys.lock().unwrap() = keys.to_vec();
    }

    pub(crate) fn set_failing(&self, failing: bool) {
        *self.inner.failing.lock().unwrap() = failing;
    }

    /// How often the keys were fetched.
    pub(crate) fn fetches(&self) -> usize {
        self.inner.fetches.load(Ordering::SeqCst)
    }
}

async fn metadata(State(provider): State<Provider>) -> Result<Json<Value>, StatusCode> {
    if *provider.inner.failing.lock().unwrap() {
        return Err(StatusCode::INTERNAL_SERVER_ERROR);
    }
    let issuer = provider.inner.issuer.lock().unwrap().clone().unwrap_or_else(|| provider.template());
    let keys = format!("{}/keys", provider.inner.base.lock().unwrap());
    Ok(Json(json!({ "issuer": issuer, "jwks_uri": keys })))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    provider.inner.fetches.fetch_add(1, Ordering::SeqCst);
    Json(json!({ "keys": *provider.inner.keys.lock().unwrap() }))
}

/// Claims of a good access token.
pub(crate) fn claims_of(provider: &Provider, user: UserKey, now: Timestamp) -> Value {
    let tid = user.tenant_id.to_string();
    let seconds = now.micros() / 1_000_000;
    json!({
        "iss": provider.issuer(&tid), "aud": AUDIENCE, "tid": tid, "oid": user.user_id.to_string(), "ver": "2.0", "scp": SCOPE,
        "iat": seconds, "nbf": seconds, "exp": seconds + 3_600, "name": "Somebody",
    })
}
