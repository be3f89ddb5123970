//! The service in this process, with a database and a clock of its own.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tenantry_model::sync::SyncLine;
use tenantry_model::tenancy::{GLOBAL_ADMINISTRATOR, UserKey};
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::attachments::Objects;
use tenantry_service::config::{Limits, Settings, https_or_loopback};
use tenantry_service::http::{AppState, router};
use tenantry_service::store::Store;
use tenantry_test_kit::ManualClock;
use tower::ServiceExt;

use super::estate::Estate;
use super::provider::{AUDIENCE, Provider, SCOPE, TestKey, claims_of};

/// When every test begins.
pub(crate) const BEGIN: Timestamp = Timestamp::from_micros(1_772_438_400_000_000);

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn lines(&self) -> Vec<SyncLine> {
        assert_eq!(self.status, StatusCode::OK, "{}", String::from_utf8_lossy(&self.body));
        self.body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).unwrap()).collect()
    }

    /// The last part of the problem's type.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{self:?}");
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem["status"], self.status.as_u16());
        assert_eq!(problem["requestId"], self.headers["x-request-id"].to_str().unwrap());
        problem["type"].as_str().unwrap().rsplit(':').next().unwrap().to_owned()
    }

    /// Everything but what names this one request.
    pub(crate) fn without_request_id(mut self) -> Alike {
        self.headers.remove("x-request-id").expect("every answer has a request id");
        let mut headers: Vec<_> = self.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        headers.sort();
        let mut body: Value = serde_json::from_slice(&self.body).unwrap();
        body.as_object_mut().unwrap().remove("requestId").expect("every problem has a request id");
        (self.status, headers, body)
    }
}

/// What of an answer must not differ between two things that are both hidden: status, headers, body.
pub(crate) type Alike = (StatusCode, Vec<(String, String)>, Value);

/// The service.
pub(crate) struct TestApp {
    pub(crate) provider: Provider,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) store: Store,
    pub(crate) state: AppState,
    pub(crate) router: Router,
    limits: Limits,
    objects: Objects,
    folder: Arc<tempfile::TempDir>,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with_limits(Limits { requests_per_s: None, ..Limits::default() }).await
    }

    pub(crate) async fn with_limits(limits: Limits) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let objects = Objects::in_folder(&folder.path().join("attachments")).unwrap();
        Self::over(Provider::start().await, Arc::new(ManualClock::at(BEGIN)), limits, objects, folder).await
    }

    /// One whose attachments are kept elsewhere.
    pub(crate) async fn keeping_in(objects: Objects) -> Self {
        let (limits, folder) = (Limits { requests_per_s: None, ..Limits::default() }, Arc::new(tempfile::tempdir().unwrap()));
        Self::over(Provider::start().await, Arc::new(ManualClock::at(BEGIN)), limits, objects, folder).await
    }

    /// Its data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One more instance of the service beside this one: the same database and provider, and nothing else in common.
    pub(crate) async fn beside(&self) -> Self {
        Self::over(self.provider.clone(), self.clock.clone(), self.limits.clone(), self.objects.clone(), self.folder.clone()).await
    }

    async fn over(provider: Provider, clock: Arc<ManualClock>, limits: Limits, objects: Objects, folder: Arc<tempfile::TempDir>) -> Self {
        let store = Store::open(&folder.path().join("tenantry.db"), clock.clone()).await.unwrap();
        let settings = Settings {
            authority: https_or_loopback(&provider.authority()).unwrap(),
            audience: AUDIENCE.to_owned(),
            client_id: AUDIENCE.to_owned(),
            scopes: vec![format!("api://{AUDIENCE}/{SCOPE}")],
            required_scope: SCOPE.to_owned(),
            redirect_host: "127.0.0.1".to_owned(),
            region: Some(tenantry_model::api::settings::Region::Eu),
            demo: false,
            limits: limits.clone(),
        };
        let state = AppState::new(settings, store.clone(), objects.clone(), clock.clone()).unwrap();
        let router = router(state.clone(), Router::new());
        Self { provider, clock, store, state, router, limits, objects, folder }
    }

    pub(crate) fn estate(&self) -> Estate {
        Estate::of(&self.store)
    }

    /// A good access token.
    pub(crate) fn token(&self, user: UserKey) -> String {
        TestKey::first().sign(&claims_of(&self.provider, user, self.clock.now()))
    }

    /// A good access token of a Global Administrator.
    pub(crate) fn admin_token(&self, user: UserKey) -> String {
        let mut claims = claims_of(&self.provider, user, self.clock.now());
        claims["wids"] = json!(["b79fbf4d-3ef9-4689-8143-76b194e85509", GLOBAL_ADMINISTRATOR]);
        TestKey::first().sign(&claims)
    }

    pub(crate) async fn send(&self, method: Method, path: &str, token: Option<&str>) -> Answer {
        self.ask(method, path, token, &[], None).await
    }

    /// Asks with headers and a JSON body.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
    }

    /// Sends a part of a file.
    pub(crate) async fn send_bytes(&self, path: &str, token: Option<&str>, headers: &[(&str, &str)], bytes: Bytes) -> Answer {
        let mut request = Request::builder().method(Method::PATCH).uri(path).header("content-type", "application/octet-stream");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(bytes)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
    }

    pub(crate) async fn get(&self, path: &str, user: UserKey) -> Answer {
        self.send(Method::GET, path, Some(&self.token(user))).await
    }
}
