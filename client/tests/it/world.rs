//! A provider that signs real tokens, a service with a few rows, a browser that follows the redirect, and an engine between them.

use std::collections::HashMap;
use std::future::Future;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::{Digest, Sha256};
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use tenantry_client::app::{Browser, Engine, EngineConfig, EngineEvent};
use tenantry_client::keychain::{Keychain, MemoryKeychain};
use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{
    CustomerPage, CustomerQuery, IncidentColumn, IncidentFilter, IncidentPage, IncidentQuery, IncidentScope, IpcError, ListWindow,
    OutboxEntry, Session, SyncState,
};
use tenantry_model::time::{Clock, Timestamp};
use tenantry_test_kit::ManualClock;
use url::Url;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub(crate) const TENANT: &str = "11111111-1111-4111-8111-111111111111";
pub(crate) const PERSON: &str = "22222222-2222-4222-8222-222222222222";
pub(crate) const CUSTOMER: &str = "33333333-3333-4333-8333-333333333333";
const CLIENT: &str = "44444444-4444-4444-8444-444444444444";

/// What the provider, the service and the browser do, and what they saw.
pub(crate) struct Scene {
    base: String,
    // The provider.
    pub(crate) person: &'static str,
    pub(crate) methods: Option<Value>,
    pub(crate) metadata_issuer: Option<String>,
    pub(crate) sends_iss: bool,
    pub(crate) redirect_host: &'static str,
    pub(crate) claims: Value,
    pub(crate) sign_with_another_key: bool,
    pub(crate) invalid_grant: bool,
    /// Status and body with which the token endpoint answers a refresh instead of tokens.
    pub(crate) refresh_answer: Option<(u16, String)>,
    /// What the last refresh sent.
    pub(crate) refresh: HashMap<String, String>,
    pub(crate) renewals: u32,
    /// How long the answer to each takes.
    pub(crate) renewal_takes: Duration,
    pub(crate) issued: u32,
    challenge: String,
    redirect: String,
    nonce: String,
    /// What the browser was asked to ask for.
    pub(crate) prompt: String,
    pub(crate) scope: String,
    // The browser.
    pub(crate) callback: Callback,
    pub(crate) opened: u32,
    pub(crate) page: Option<String>,
    /// What it was shown for another state.
    pub(crate) guess_page: Option<String>,
    pub(crate) second_hit: Option<bool>,
    // The service.
    /// Something between desk and service answers everything so, in its place.
    pub(crate) gateway: Option<u16>,
    pub(crate) valid: String,
    pub(crate) sync_status: u16,
    pub(crate) offline_allowed: bool,
    pub(crate) syncs: u32,
    /// Whether the stream of events never begins, so that nothing is synced by itself.
    pub(crate) hushed: bool,
    pub(crate) seen_secrets: Vec<String>,
    /// What it answers about relationships, roles and requests, by method and path below `/v1/`.
    pub(crate) said: HashMap<String, Said>,
    /// What it was asked of these, in order.
    pub(crate) heard: Vec<Heard>,
    /// Which kinds of lines each sync said that it takes.
    pub(crate) takes: Vec<String>,
    /// What the next sync with a cursor brings.
    pub(crate) news: Vec<Value>,
}

/// An answer of the service.
#[derive(Clone)]
pub(crate) struct Said {
    status: u16,
    body: Vec<u8>,
    kind: &'static str,
    delay: Duration,
    retry_after: Option<u64>,
}

impl Said {
    /// A success.
    pub(crate) fn ok(value: impl serde::Serialize) -> Self {
        Self { status: 200, body: serde_json::to_vec(&value).unwrap(), kind: "application/json", delay: Duration::ZERO, retry_after: None }
    }

    /// A success with nothing to say.
    pub(crate) fn nothing() -> Self {
        Self { status: 204, body: vec![], kind: "application/json", delay: Duration::ZERO, retry_after: None }
    }

    /// A success that is no JSON.
    pub(crate) fn text(text: &str, kind: &'static str) -> Self {
        Self { status: 200, body: text.into(), kind, delay: Duration::ZERO, retry_after: None }
    }

    /// A success that is a file.
    pub(crate) fn bytes(bytes: &[u8]) -> Self {
        Self { status: 200, body: bytes.into(), kind: "application/octet-stream", delay: Duration::ZERO, retry_after: None }
    }

    /// A refusal.
    pub(crate) fn problem(status: u16, kind: &str, detail: Option<&str>) -> Self {
        let mut value = json!({ "type": format!("urn:tenantry:problem:{kind}"), "title": "x", "status": status });
        if let Some(detail) = detail {
            value["detail"] = detail.into();
        }
        Self { status, body: value.to_string().into(), kind: "application/problem+json", delay: Duration::ZERO, retry_after: None }
    }

    /// The same about a member of what was sent.
    pub(crate) fn about(self, pointer: &str, code: &str, detail: &str) -> Self {
        let mut value: Value = serde_json::from_slice(&self.body).unwrap();
        value["errors"] = json!([{ "pointer": pointer, "code": code, "detail": detail }]);
        Self { body: value.to_string().into(), ..self }
    }

    /// The same, to be asked again only after so many seconds.
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// The same after a while.
    pub(crate) fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

/// A request that arrived.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heard {
    /// Method, path below `/v1/`, and query string.
    pub(crate) line: String,
    pub(crate) version: Option<String>,
    pub(crate) form: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) body: Option<Value>,
    /// Of a part of a file: where it begins, and what it is.
    pub(crate) offset: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// How the browser comes back.
#[derive(Clone, Default)]
pub(crate) struct Callback {
    pub(crate) never: bool,
    pub(crate) cannot_open: bool,
    pub(crate) state: Option<String>,
    pub(crate) iss: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) elsewhere_first: bool,
    /// It comes with another state first, as a page that guesses would.
    pub(crate) guess_first: bool,
    /// The address to which it resolves the redirect's host.
    pub(crate) resolves_to: Option<std::net::IpAddr>,
}

pub(crate) struct World {
    pub(crate) server: Option<MockServer>,
    pub(crate) scene: Arc<Mutex<Scene>>,
    pub(crate) keychain: Arc<MemoryKeychain>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) folder: tempfile::TempDir,
}

struct Answers(Arc<Mutex<Scene>>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        self.0.lock().unwrap().answer(request)
    }
}

struct FakeBrowser(Arc<Mutex<Scene>>);

impl Browser for FakeBrowser {
    fn open(&self, url: &str) -> Result<(), String> {
        let mut scene = self.0.lock().unwrap();
        if scene.callback.cannot_open {
            return Err("no browser".into());
        }
        scene.opened += 1;
        let url: Url = url.parse().unwrap();
        let of = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default();
        assert_eq!((of("response_type").as_str(), of("code_challenge_method").as_str()), ("code", "S256"));
        (scene.challenge, scene.redirect, scene.nonce, scene.scope) = (of("code_challenge"), of("redirect_uri"), of("nonce"), of("scope"));
        scene.prompt = of("prompt");
        assert!(scene.nonce.len() >= 32 && of("state").len() >= 32);
        let callback = scene.callback.clone();
        if callback.never {
            return Ok(());
        }
        let mut back: Url = scene.redirect.parse().unwrap();
        {
            let mut query = back.query_pairs_mut();
            query.append_pair("state", &callback.state.unwrap_or_else(|| of("state")));
            match &callback.error {
                Some(error) => query.append_pair("error", error),
                None => query.append_pair("code", "the-code"),
            };
            if let Some(description) = &callback.description {
                query.append_pair("error_description", description);
            }
            if let Some(iss) = &callback.iss {
                query.append_pair("iss", iss);
            }
        }
        let scene = Arc::clone(&self.0);
        tokio::spawn(async move {
            let mut http = reqwest::Client::builder().no_proxy();
            if let Some(address) = callback.resolves_to {
                http = http.resolve("localhost", std::net::SocketAddr::new(address, 0));
            }
            let http = http.build().unwrap();
            if callback.guess_first {
                let mut guess = back.clone();
                guess.set_query(Some("code=the-code&state=guessed"));
                let page = http.get(guess).send().await.unwrap().text().await.unwrap();
                scene.lock().unwrap().guess_page = Some(page);
            }
            if callback.elsewhere_first {
                let guess = back.join("/guess?code=x&state=y").unwrap();
                assert_eq!(http.get(guess).send().await.unwrap().status(), 404);
            }
            let Ok(page) = http.get(back.clone()).send().await else { return };
            let page = page.text().await.unwrap();
            scene.lock().unwrap().page = Some(page);
            let again = http.get(back).send().await.is_ok();
            scene.lock().unwrap().second_hit = Some(again);
        });
        Ok(())
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        // Not from the pool: one of those would go on listening after it is dropped.
        let server = MockServer::builder().start().await;
        let scene = Arc::new(Mutex::new(Scene::new(server.uri())));
        Mock::given(any()).respond_with(Answers(Arc::clone(&scene))).mount(&server).await;
        // Real time, so that the tokens of the provider hold.
        let clock = Arc::new(ManualClock::at(tenantry_client::clock::SystemClock.now()));
        let folder = tempfile::tempdir().unwrap();
        Self { server: Some(server), scene, keychain: Arc::new(MemoryKeychain::default()), clock, folder }
    }

    /// One in which nothing is synced by itself.
    pub(crate) async fn hushed() -> Self {
        let world = Self::new().await;
        world.scene().hushed = true;
        world
    }

    pub(crate) fn scene(&self) -> MutexGuard<'_, Scene> {
        self.scene.lock().unwrap()
    }

    pub(crate) fn engine(&self) -> Engine {
        let address = self.scene().base.clone();
        self.start(Some(address))
    }

    /// An engine that knows no service yet.
    pub(crate) fn engine_without_address(&self) -> Engine {
        self.start(None)
    }

    fn start(&self, service: Option<String>) -> Engine {
        let config = EngineConfig {
            data_dir: self.folder.path().to_owned(),
            service,
            app_version: "0.0.0".into(),
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            keychain: Arc::clone(&self.keychain) as Arc<dyn Keychain>,
            browser: Arc::new(FakeBrowser(Arc::clone(&self.scene))),
            downloads: Some(self.downloads()),
        };
        Engine::open(config).unwrap()
    }

    /// An engine that is signed in and current.
    pub(crate) async fn signed_in(&self) -> Engine {
        let engine = self.engine();
        engine.sign_in().await.unwrap();
        until(&engine, |state| *state == SyncState::Current).await;
        engine
    }

    /// Takes the service and the provider off the network.
    pub(crate) fn go_off_line(&mut self) {
        self.server = None;
    }

    /// Where exports go.
    pub(crate) fn downloads(&self) -> std::path::PathBuf {
        self.folder.path().join("downloads")
    }

    pub(crate) fn caches(&self) -> Vec<std::path::PathBuf> {
        files(&self.folder.path().join("caches"))
    }
}

pub(crate) fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default()
}

/// Waits, for a while at most, until the sync's state is as wanted.
pub(crate) async fn until(engine: &Engine, wanted: impl Fn(&SyncState) -> bool) {
    let mut events = engine.subscribe();
    let wait = async {
        loop {
            if wanted(&engine.get_sync().await.unwrap().state) {
                return;
            }
            // The state may have turned before anybody listened; an event, or a moment, and then it is looked at again.
            let _ = tokio::time::timeout(Duration::from_millis(50), events.recv()).await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(10), wait).await.is_err() {
        panic!("still {:?}", engine.get_sync().await);
    }
}

/// The moment that an answer stands for, by a service whose clock is right: each sync brings a later one.
fn as_of(syncs: u32) -> Timestamp {
    static START: OnceLock<Timestamp> = OnceLock::new();
    START.get_or_init(|| tenantry_client::clock::SystemClock.now()).plus(Duration::from_secs(syncs.into()))
}

/// Syncs, and waits for its end.
pub(crate) async fn sync(world: &World, engine: &Engine) {
    let mut events = engine.subscribe();
    let before = world.scene().syncs;
    engine.sync_now().await.unwrap();
    let wait = async {
        let mut is_applied = false;
        loop {
            match events.recv().await {
                Ok(EngineEvent::Sync(status)) => is_applied = status.as_of > Some(as_of(before)),
                // Said at the end of each.
                Ok(EngineEvent::Relations) if is_applied => return,
                _ => {}
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the sync never ended");
}

/// Waits until the session is as wanted.
pub(crate) async fn session(engine: &Engine, wanted: impl Fn(&Session) -> bool) -> Session {
    for _ in 0..500 {
        let session = engine.get_session().await.unwrap();
        if wanted(&session) {
            return session;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the session stays {:?}", engine.get_session().await.unwrap());
}

pub(crate) fn is_signed_in(session: &Session) -> bool {
    matches!(session, Session::SignedIn { user, .. } if user.memory_only.is_none())
}

/// A sign-in that waits for ever is a failure, and no test that never ends.
pub(crate) async fn bounded(sign_in: impl Future<Output = Result<Session, IpcError>>) -> Result<Session, IpcError> {
    tokio::time::timeout(Duration::from_secs(20), sign_in).await.expect("the sign-in never ends")
}

/// A world in which somebody has signed in and closed the app, and the network is gone.
pub(crate) async fn stored() -> World {
    let mut world = World::new().await;
    world.signed_in().await.shutdown().await;
    world.go_off_line();
    world
}

pub(crate) async fn opens_off_line(engine: &Engine) {
    session(engine, is_signed_in).await;
    assert_eq!(incidents(engine).await.unwrap().matches, 1);
}

/// Signs in, and goes on without a keychain that gives no key.
pub(crate) async fn sign_in_without_keychain(engine: &Engine) -> Session {
    let asked = engine.clone();
    let go_on = async {
        session(engine, |session| matches!(session, Session::KeyUnavailable { .. } | Session::SignedIn { .. })).await;
        engine.go_without_keychain().await.unwrap();
    };
    tokio::join!(asked.sign_in(), go_on).0.unwrap()
}

/// Waits, for a while at most, until this holds.
pub(crate) async fn eventually(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {what}");
}

/// Whether a text can be read in a file of the app.
pub(crate) fn readable(world: &World, text: &str) -> bool {
    let mut files = files(world.folder.path());
    files.extend(world.caches());
    files.iter().filter(|path| path.is_file()).any(|path| memchr::memmem::find(&std::fs::read(path).unwrap(), text.as_bytes()).is_some())
}

pub(crate) async fn dropdown(engine: &Engine) -> Result<CustomerPage, IpcError> {
    engine.list_customers(CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 10 } }).await
}

pub(crate) async fn incidents(engine: &Engine) -> Result<IncidentPage, IpcError> {
    listed(engine, IncidentTab::Active).await
}

pub(crate) async fn listed(engine: &Engine, tab: IncidentTab) -> Result<IncidentPage, IpcError> {
    let query = IncidentQuery {
        scope: IncidentScope::All,
        tab,
        resolved_days: 7,
        filter: IncidentFilter::default(),
        sort: IncidentColumn::Urgency,
        descending: false,
        titles: vec![],
        by_category: false,
        collapsed: vec![],
        offset: 0,
        limit: 10,
    };
    engine.list_incidents(query).await.map(|page| page.read().unwrap())
}

/// Every event that is waiting.
pub(crate) fn drain(events: &mut tokio::sync::broadcast::Receiver<EngineEvent>) -> Vec<EngineEvent> {
    std::iter::from_fn(|| events.try_recv().ok()).collect()
}

fn keys() -> &'static [rsa::RsaPrivateKey; 2] {
    static KEYS: OnceLock<[rsa::RsaPrivateKey; 2]> = OnceLock::new();
    KEYS.get_or_init(|| std::array::from_fn(|_| rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap()))
}

impl Scene {
    fn new(base: String) -> Self {
        Self {
            base,
            person: PERSON,
            methods: Some(json!(["S256"])),
            metadata_issuer: None,
            sends_iss: false,
            redirect_host: "127.0.0.1",
            claims: json!({}),
            sign_with_another_key: false,
            invalid_grant: false,
            refresh_answer: None,
            refresh: HashMap::new(),
            renewals: 0,
            renewal_takes: Duration::ZERO,
            issued: 0,
            challenge: String::new(),
            redirect: String::new(),
            nonce: String::new(),
            prompt: String::new(),
            scope: String::new(),
            callback: Callback::default(),
            opened: 0,
            page: None,
            guess_page: None,
            second_hit: None,
            gateway: None,
            valid: String::new(),
            sync_status: 200,
            offline_allowed: true,
            syncs: 0,
            hushed: false,
            seen_secrets: vec![],
            said: HashMap::new(),
            heard: vec![],
            takes: vec![],
            news: vec![],
        }
    }

    /// The issuer of a token of this tenant.
    pub(crate) fn issuer(&self) -> String {
        format!("{}/directory/{TENANT}/v2.0", self.base)
    }

    fn answer(&mut self, request: &Request) -> ResponseTemplate {
        let base = &self.base;
        let path = request.url.path();
        if let Some(status) = self.gateway.filter(|_| path.starts_with("/v1/") || path.starts_with("/.well-known/")) {
            return ResponseTemplate::new(status)
                .insert_header("www-authenticate", "Bearer realm=\"gateway\"")
                .insert_header("location", "https://gateway.example/")
                .set_body_raw("<html><title>Sign in to this network</title></html>", "text/html");
        }
        match path {
            "/.well-known/tenantry" => ok(json!({
                "apiVersion": "v1", "serviceVersion": "0.0.0", "authority": format!("{base}/directory/organizations/v2.0"),
                "clientId": CLIENT, "scopes": ["api://tenantry/access"], "redirectHost": self.redirect_host, "demo": true,
            })),
            "/directory/organizations/v2.0/.well-known/openid-configuration" => {
                let issuer = self.metadata_issuer.clone().unwrap_or_else(|| format!("{base}/directory/{{tenantid}}/v2.0"));
                let mut metadata = json!({
                    "issuer": issuer,
                    "authorization_endpoint": format!("{base}/authorize"),
                    "token_endpoint": format!("{base}/token"),
                    "jwks_uri": format!("{base}/keys"),
                    "authorization_response_iss_parameter_supported": self.sends_iss,
                });
                if let Some(methods) = &self.methods {
                    metadata["code_challenge_methods_supported"] = methods.clone();
                }
                ok(metadata)
            }
            "/keys" => {
                let key = &keys()[0];
                ok(json!({ "keys": [{
                    "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one",
                    "n": BASE64.encode(key.n().to_bytes_be()), "e": BASE64.encode(key.e().to_bytes_be()),
                }] }))
            }
            "/token" => self.token(&request.body),
            _ if request.headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&format!("Bearer {}", self.valid)) => {
                problem(401, "unauthorized")
            }
            "/v1/me" => ok(json!({
                "user": { "tenantId": TENANT, "userId": self.person }, "displayName": "Quirin Quast",
                "tenant": { "id": TENANT, "displayName": "Partner AG", "isPartner": true, "isCustomer": false },
                "portalRoles": ["tenant_manager"], "customers": [],
            })),
            "/v1/sync" => {
                self.syncs += 1;
                let takes = request.headers.get("tenantry-takes").map(|takes| takes.to_str().unwrap().to_owned());
                self.takes.push(takes.unwrap_or_default());
                match self.sync_status {
                    200 => self.lines(request.url.query_pairs().any(|(name, _)| name == "cursor")),
                    403 => problem(403, "tenant-refused"),
                    status => problem(status, "unavailable"),
                }
            }
            path => self.about_relations(path.trim_start_matches("/v1/"), request),
        }
    }

    fn about_relations(&mut self, path: &str, request: &Request) -> ResponseTemplate {
        if path == "events" {
            // Refused, it would be tried again, with a sync each time.
            let events = problem(404, "not-found");
            return if self.hushed { events.set_delay(Duration::from_secs(30)) } else { events };
        }
        let header = |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        self.heard.push(Heard {
            line: format!("{} {path}{query}", request.method),
            version: header("if-match"),
            form: header("idempotency-key"),
            customer: header("tenantry-customer"),
            body: serde_json::from_slice(&request.body).ok(),
            offset: header("upload-offset"),
            bytes: if header("upload-offset").is_some() { request.body.clone() } else { vec![] },
        });
        // The same with its query string comes first.
        let said =
            self.said.get(&format!("{} {path}{query}", request.method)).or_else(|| self.said.get(&format!("{} {path}", request.method)));
        match said {
            Some(said) => {
                let answer = ResponseTemplate::new(said.status).set_body_raw(said.body.clone(), said.kind).set_delay(said.delay);
                said.retry_after.map_or(answer.clone(), |seconds| answer.insert_header("retry-after", seconds.to_string()))
            }
            None => problem(404, "not-found"),
        }
    }

    /// From now on the service says this.
    pub(crate) fn says(&mut self, line: &str, said: Said) {
        self.said.insert(line.to_owned(), said);
    }

    /// How often it was asked this.
    pub(crate) fn times(&self, line: &str) -> usize {
        self.heard.iter().filter(|heard| heard.line == line).count()
    }

    fn token(&mut self, body: &[u8]) -> ResponseTemplate {
        let form: std::collections::HashMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
        let refused = |error: &str| ResponseTemplate::new(400).set_body_json(json!({ "error": error }));
        if !form.get("client_secret").is_none_or(String::is_empty) || form.get("client_id").map(String::as_str) != Some(CLIENT) {
            return refused("invalid_client");
        }
        match form["grant_type"].as_str() {
            "authorization_code" => {
                let challenge = BASE64.encode(Sha256::digest(form["code_verifier"].as_bytes()));
                if form["code"] != "the-code" || form["redirect_uri"] != self.redirect || challenge != self.challenge {
                    return refused("invalid_grant");
                }
                self.seen_secrets.push(form["code_verifier"].clone());
            }
            _ => {
                self.renewals += 1;
                self.refresh = form.clone();
                if let Some((status, body)) = &self.refresh_answer {
                    return ResponseTemplate::new(*status).set_body_raw(body.clone(), "application/json");
                }
                // A refresh token is good once.
                if self.invalid_grant || form["refresh_token"] != format!("refresh-token-{}", self.issued) {
                    return refused("invalid_grant");
                }
            }
        }
        self.issued += 1;
        self.valid = format!("access-token-{}", self.issued);
        let refresh = format!("refresh-token-{}", self.issued);
        let id_token = self.id_token();
        self.seen_secrets.extend([self.valid.clone(), refresh.clone(), id_token.clone(), "the-code".into()]);
        let takes = if form["grant_type"] == "refresh_token" { self.renewal_takes } else { Duration::ZERO };
        let answer = json!({
            "token_type": "Bearer", "access_token": self.valid, "refresh_token": refresh, "expires_in": 3600, "id_token": id_token,
        });
        ok(answer).set_delay(takes)
    }

    fn id_token(&self) -> String {
        let now = tenantry_client::clock::SystemClock.now().micros() / 1_000_000;
        let mut claims = json!({
            "iss": self.issuer(), "aud": CLIENT, "sub": "subject", "tid": TENANT, "oid": self.person, "nonce": self.nonce,
            "iat": now, "exp": now + 3600,
        });
        for (name, value) in self.claims.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let head = BASE64.encode(json!({ "alg": "RS256", "typ": "JWT", "kid": "one" }).to_string());
        let signed = format!("{head}.{}", BASE64.encode(claims.to_string()));
        let key = keys()[usize::from(self.sign_with_another_key)].clone();
        let signature = SigningKey::<Sha256>::new(key).sign(signed.as_bytes());
        format!("{signed}.{}", BASE64.encode(signature.to_bytes()))
    }

    fn lines(&mut self, with_cursor: bool) -> ResponseTemplate {
        let mut lines = vec![json!({ "begin": { "snapshot": !with_cursor } })];
        if !with_cursor {
            lines.push(json!({ "customer": {
                "id": CUSTOMER, "displayName": "Wolpertinger Werke", "permissions": ["tickets.view", "rooms.view"],
                "offline": { "allowed": self.offline_allowed, "days": 7 }, "reset": false,
            } }));
            lines.push(json!({ "incident": {
                "row": {
                    "number": "AAAAAA-000001", "customerId": CUSTOMER, "category": "hardware", "type": "camera_room", "severity": "critical",
                    "status": "needs_action", "rooms": [], "redactedRooms": 0, "problem": "Nebelhorn", "createdAt": "2026-01-01T00:00:00Z",
                    "lastUpdated": "2026-01-01T00:00:00Z", "activeSince": "2026-01-01T00:00:00Z", "lastResolved": null, "lastClosed": null,
                    "messages": 1, "lastMessageAt": null, "version": 1,
                },
                "description": "Es tutet", "action": "", "highImpact": false, "highImpactReason": null, "closedBy": null,
                "closureReason": null, "closureComment": null, "messages": [], "history": [],
            } }));
        }
        if with_cursor {
            lines.append(&mut self.news);
        }
        lines.push(json!({ "checkpoint": { "cursor": "cursor-1", "at": as_of(self.syncs), "historyPending": false } }));
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        ResponseTemplate::new(200).set_body_raw(text, "application/x-ndjson")
    }
}

fn ok(value: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(value)
}

fn problem(status: u16, kind: &str) -> ResponseTemplate {
    let value = json!({ "type": format!("urn:tenantry:problem:{kind}"), "title": "x", "status": status });
    ResponseTemplate::new(status).set_body_raw(value.to_string(), "application/problem+json")
}

/// Waits, for a while at most, until the outbox is so.
pub(crate) async fn outbox(engine: &Engine, wanted: impl Fn(&[OutboxEntry]) -> bool) -> Vec<OutboxEntry> {
    for _ in 0..500 {
        let entries = engine.get_outbox().await.unwrap();
        if wanted(&entries) {
            return entries;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("still {:?}", engine.get_outbox().await);
}
