//! The directory as an app meets it: through its routes.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::GLOBAL_ADMINISTRATOR;
use tenantry_model::time::Timestamp;
use tenantry_test_kit::ManualClock;
use tower::ServiceExt as _;
use url::Url;
use uuid::Uuid;

use super::*;
use crate::error::Result;
use crate::random::SeededRandom;

struct Town;

const fn anna() -> PrincipalId {
    PrincipalId::from_uuid(Uuid::from_u128(0xa))
}

const fn home() -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(0x1))
}

impl People for Town {
    fn find(&self, id: PrincipalId) -> Pin<Box<dyn Future<Output = Result<Option<Person>>> + Send + '_>> {
        let person = Person {
            id: anna(),
            tenant: home(),
            name: "Anna <Ånd>".into(),
            upn: "anna@home.example".into(),
            organisation: "Home & Co".into(),
        };
        Box::pin(async move { Ok((id == anna()).then_some(person)) })
    }
}

struct Door {
    directory: Arc<Directory>,
    clock: Arc<ManualClock>,
    folder: tempfile::TempDir,
}

const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters";
const REDIRECT: &str = "http://127.0.0.1:4711/callback";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

fn settings(folder: &std::path::Path) -> DirectorySettings {
    DirectorySettings {
        base: "http://127.0.0.1:8400".into(),
        folder: folder.to_owned(),
        token_lifetime: Duration::from_secs(3_600),
        featured: vec![FeaturedPerson { slug: "technician", may: "Reads incidents.", id: anna() }],
    }
}

fn door() -> Door {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_750_000_000_000_000)));
    let directory = Directory::open(settings(folder.path()), Arc::new(Town), clock.clone(), Arc::new(SeededRandom::new(5))).unwrap();
    Door { directory, clock, folder }
}

type Fields = HashMap<&'static str, String>;

fn request() -> Fields {
    HashMap::from([
        ("client_id", CLIENT_ID.to_owned()),
        ("redirect_uri", REDIRECT.to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", format!("openid profile offline_access {API_SCOPE}")),
        ("state", "the-state".to_owned()),
        ("nonce", "the-nonce".to_owned()),
        ("code_challenge", challenge()),
        ("code_challenge_method", "S256".to_owned()),
    ])
}

fn encoded(fields: &Fields) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn text(response: Response) -> String {
    String::from_utf8(axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

async fn json(response: Response) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

impl Door {
    async fn get(&self, path: &str) -> Response {
        self.directory.routes().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn ask(&self, fields: &Fields) -> Response {
        self.get(&format!("/directory/organizations/oauth2/v2.0/authorize?{}", encoded(fields))).await
    }

    async fn post(&self, path: &str, fields: &Fields) -> Response {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.directory.routes().oneshot(request.body(Body::from(encoded(fields))).unwrap()).await.unwrap()
    }

    async fn token(&self, fields: &Fields) -> Response {
        self.post("/directory/organizations/oauth2/v2.0/token", fields).await
    }

    async fn code(&self, person: &str) -> String {
        let mut fields = request();
        fields.insert("person", person.to_owned());
        let response = self.post("/directory/organizations/oauth2/v2.0/authorize", &fields).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let back = answer_of(&response);
        assert_eq!(back["state"], "the-state");
        back["code"].clone()
    }

    async fn sign_in(&self, person: &str) -> Value {
        let code = self.code(person).await;
        let response = self.token(&redeeming(&code)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        json(response).await
    }

    async fn refused(&self, fields: &Fields) -> String {
        let response = self.token(fields).await;
        assert!(response.status().is_client_error(), "{}", response.status());
        json(response).await["error"].as_str().unwrap().to_owned()
    }

    /// The claims of a token, its signature checked by the published keys.
    async fn claims(&self, token: &str, audience: &str) -> Value {
        let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
        let keys = json(self.get("/directory/discovery/v2.0/keys").await).await;
        let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == kid.as_str()).expect("the key is published");
        assert_eq!(key["issuer"], "http://127.0.0.1:8400/directory/{tenantid}/v2.0");
        let mut validation = Validation::new(Algorithm::RS256);
        validation.validate_exp = false;
        validation.set_audience(&[audience]);
        let decoding = DecodingKey::from_rsa_components(key["n"].as_str().unwrap(), key["e"].as_str().unwrap()).unwrap();
        jsonwebtoken::decode::<Value>(token, &decoding, &validation).unwrap().claims
    }
}

fn redeeming(code: &str) -> Fields {
    HashMap::from([
        ("client_id", CLIENT_ID.to_owned()),
        ("grant_type", "authorization_code".to_owned()),
        ("code", code.to_owned()),
        ("redirect_uri", REDIRECT.to_owned()),
        ("code_verifier", VERIFIER.to_owned()),
    ])
}

fn refreshing(token: &str) -> Fields {
    HashMap::from([("client_id", CLIENT_ID.to_owned()), ("grant_type", "refresh_token".to_owned()), ("refresh_token", token.to_owned())])
}

fn answer_of(response: &Response) -> HashMap<String, String> {
    let location = Url::parse(response.headers()[header::LOCATION].to_str().unwrap()).unwrap();
    assert!(location.as_str().starts_with(REDIRECT), "{location}");
    location.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn discovery_names_the_issuer_by_template_or_by_tenant_and_demands_pkce() {
    let door = door();
    let any = json(door.get("/directory/organizations/v2.0/.well-known/openid-configuration").await).await;
    assert_eq!(any["issuer"], "http://127.0.0.1:8400/directory/{tenantid}/v2.0");
    assert_eq!(any["authorization_endpoint"], "http://127.0.0.1:8400/directory/organizations/oauth2/v2.0/authorize");
    assert_eq!(any["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    let one = json(door.get(&format!("/directory/{}/v2.0/.well-known/openid-configuration", home())).await).await;
    assert_eq!(one["issuer"], format!("http://127.0.0.1:8400/directory/{}/v2.0", home()));
    assert_eq!(door.get("/directory/common/v2.0/.well-known/openid-configuration").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_offers_people_and_cannot_be_framed_scripted_or_broken_out_of() {
    let door = door();
    let mut fields = request();
    fields.insert("state", "\"><script>alert(1)</script>".to_owned());
    let response = door.ask(&fields).await;
    assert_eq!(response.status(), StatusCode::OK);
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains("form-action 'self' http://127.0.0.1:4711;"), "{policy}");
    let page = text(response).await;
    assert!(page.contains("<button type=\"submit\" name=\"person\" value=\"technician\" id=\"person-technician\""), "{page}");
    assert!(page.contains("Anna &lt;Ånd&gt;") && page.contains("Home &amp; Co"));
    assert!(!page.contains("<script>"));
}

#[tokio::test]
async fn a_sign_in_ends_in_two_tokens_of_entras_shape() {
    let door = door();
    let answer = door.sign_in("technician").await;
    assert_eq!((answer["token_type"].as_str(), answer["expires_in"].as_u64()), (Some("Bearer"), Some(3_600)));
    let id = door.claims(answer["id_token"].as_str().unwrap(), CLIENT_ID).await;
    assert_eq!(id["nonce"], "the-nonce");
    assert_eq!(id["preferred_username"], "anna@home.example");
    let access = door.claims(answer["access_token"].as_str().unwrap(), AUDIENCE).await;
    assert_eq!(access["iss"], format!("http://127.0.0.1:8400/directory/{}/v2.0", home()));
    assert_eq!(access["tid"], home().to_string());
    assert_eq!(access["oid"], anna().to_string());
    assert_eq!(access["scp"], "access_as_user");
    assert_eq!(access["ver"], "2.0");
    assert_eq!(access["exp"].as_i64().unwrap() - access["iat"].as_i64().unwrap(), 3_600);
    assert!(access.get("groups").is_none());
    assert!(!access["wids"].as_array().unwrap().contains(&GLOBAL_ADMINISTRATOR.into()));
}

#[tokio::test]
async fn a_person_is_chosen_by_slug_or_by_id_and_nobody_else_is() {
    let door = door();
    door.directory.set_global_administrator(anna(), true).unwrap();
    let answer = door.sign_in(&anna().to_string()).await;
    let access = door.claims(answer["access_token"].as_str().unwrap(), AUDIENCE).await;
    assert!(access["wids"].as_array().unwrap().contains(&GLOBAL_ADMINISTRATOR.into()));
    for nobody in ["stranger", "", "00000000-0000-0000-0000-00000000000b"] {
        let mut fields = request();
        fields.insert("person", nobody.to_owned());
        let response = door.post("/directory/organizations/oauth2/v2.0/authorize", &fields).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{nobody}");
    }
    let elsewhere = format!("/directory/{}/oauth2/v2.0/authorize", Uuid::from_u128(2));
    let mut fields = request();
    fields.insert("person", "technician".to_owned());
    assert_eq!(door.post(&elsewhere, &fields).await.status(), StatusCode::BAD_REQUEST, "another tenant's authority");
}

#[tokio::test]
async fn what_cannot_be_the_app_is_never_redirected() {
    let door = door();
    for (field, value) in [
        ("client_id", "9a3c7d52-0f6b-4e18-8c2d-64b5e7f1a093"),
        ("redirect_uri", "https://127.0.0.1:4711/"),
        ("redirect_uri", "http://127.0.0.1.example/"),
        ("redirect_uri", "http://127.0.0.2/"),
        ("redirect_uri", "http://user@127.0.0.1/"),
        ("redirect_uri", "http://127.0.0.1/#x"),
        ("redirect_uri", "tenantry://cb"),
    ] {
        let mut fields = request();
        fields.insert(field, value.to_owned());
        let response = door.ask(&fields).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{field} {value}");
        assert!(!response.headers().contains_key(header::LOCATION));
    }
    let twice = format!("/directory/organizations/oauth2/v2.0/authorize?{}&state=again", encoded(&request()));
    assert_eq!(door.get(&twice).await.status(), StatusCode::BAD_REQUEST);
    for host in ["http://localhost:1/x", "http://[::1]:1/x", "http://127.0.0.1:65535"] {
        let mut fields = request();
        fields.insert("redirect_uri", host.to_owned());
        assert_eq!(door.ask(&fields).await.status(), StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn what_the_app_asks_wrongly_is_told_to_it() {
    let door = door();
    for (field, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_mode", "fragment", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("nonce", "", "invalid_request"),
        ("scope", "openid", "invalid_scope"),
        ("scope", "openid everything", "invalid_scope"),
        ("prompt", "none", "login_required"),
    ] {
        let mut fields = request();
        fields.insert(field, value.to_owned());
        let back = answer_of(&door.ask(&fields).await);
        assert_eq!((back["error"].as_str(), back["state"].as_str()), (error, "the-state"), "{field} {value}");
    }
    for missing in ["code_challenge", "code_challenge_method", "state"] {
        let mut fields = request();
        fields.remove(missing);
        assert_eq!(answer_of(&door.ask(&fields).await)["error"], "invalid_request", "{missing}");
    }
}

#[tokio::test]
async fn a_code_needs_its_verifier_its_address_its_minute_and_its_first_use() {
    let door = door();
    for (field, value) in [
        ("code_verifier", "another-verifier-of-at-least-forty-three-characters"),
        ("code_verifier", "short"),
        ("redirect_uri", "http://127.0.0.1:4712/callback"),
        ("code", "another"),
    ] {
        let mut fields = redeeming(&door.code("technician").await);
        fields.insert(field, value.to_owned());
        assert_eq!(door.refused(&fields).await, "invalid_grant", "{field}");
    }
    let code = door.code("technician").await;
    let late = door.code("technician").await;
    let first = json(door.token(&redeeming(&code)).await).await;
    assert_eq!(door.refused(&redeeming(&code)).await, "invalid_grant");
    let family = first["refresh_token"].as_str().unwrap();
    assert_eq!(door.refused(&refreshing(family)).await, "invalid_grant", "the second use ends what the first one gave");
    door.clock.advance(Duration::from_secs(61));
    assert_eq!(door.refused(&redeeming(&late)).await, "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_rotates_and_its_reuse_ends_the_family() {
    let door = door();
    let first = door.sign_in("technician").await["refresh_token"].as_str().unwrap().to_owned();
    let second = json(door.token(&refreshing(&first)).await).await;
    assert!(second["access_token"].is_string() && second["id_token"].is_string());
    let second = second["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert_eq!(door.refused(&refreshing(&first)).await, "invalid_grant");
    assert_eq!(door.refused(&refreshing(&second)).await, "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_outlives_a_restart_and_old_tokens_a_rollover() {
    let door = door();
    let answer = door.sign_in("technician").await;
    door.directory.roll_over().unwrap();
    door.claims(answer["access_token"].as_str().unwrap(), AUDIENCE).await;
    let again = Directory::open(settings(door.folder.path()), Arc::new(Town), door.clock.clone(), Arc::new(SeededRandom::new(6))).unwrap();
    let door = Door { directory: again, ..door };
    door.claims(answer["access_token"].as_str().unwrap(), AUDIENCE).await;
    let fresh = json(door.token(&refreshing(answer["refresh_token"].as_str().unwrap())).await).await;
    let kid = |token: &Value| jsonwebtoken::decode_header(token.as_str().unwrap()).unwrap().kid.unwrap();
    assert_ne!(kid(&answer["access_token"]), kid(&fresh["access_token"]));
    door.claims(fresh["access_token"].as_str().unwrap(), AUDIENCE).await;
}

#[tokio::test]
async fn other_clients_grants_and_bodies_are_refused_in_the_words_of_rfc_6749() {
    let door = door();
    let code = door.code("technician").await;
    let with = |field, value: &str| {
        let mut fields = redeeming(&code);
        fields.insert(field, value.to_owned());
        fields
    };
    assert_eq!(door.refused(&with("client_id", "someone")).await, "invalid_client");
    assert_eq!(door.refused(&with("client_secret", "x")).await, "invalid_client");
    assert_eq!(door.refused(&with("grant_type", "password")).await, "unsupported_grant_type");
    assert_eq!(door.refused(&Fields::from([("client_id", CLIENT_ID.to_owned())])).await, "invalid_request");
    let response =
        door.directory.routes().oneshot(Request::post("/directory/organizations/oauth2/v2.0/token").body(Body::from("{}")).unwrap());
    assert_eq!(json(response.await.unwrap()).await["error"], "invalid_request");
    assert_eq!(door.token(&redeeming(&code)).await.status(), StatusCode::OK, "none of this spent the code");
}
