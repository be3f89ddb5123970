//! Token validation: product §2, security §2. Every refusal differs from a good token in one thing alone.

use std::time::Duration;

use http::{Method, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tenantry_model::api::Me;
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::{GLOBAL_ADMINISTRATOR, PortalRole, UserKey};
use tenantry_model::time::Clock;
use tenantry_service::store;

use crate::support::{TestApp, TestKey, claims_of, id, signed_with_header};
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn app() -> (TestApp, UserKey) {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let user = estate.user(partner, 10, "Petra").await;
    (app, user)
}

async fn me(app: &TestApp, token: &str) -> StatusCode {
    app.send(Method::GET, "/v1/me", Some(token)).await.status
}

fn good(app: &TestApp, user: UserKey) -> Value {
    claims_of(&app.provider, user, app.clock.now())
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

fn without(mut claims: Value, name: &str) -> Value {
    claims.as_object_mut().unwrap().remove(name);
    claims
}

#[tokio::test]
async fn a_good_token_is_a_caller() {
    let (app, user) = app().await;
    let answer: Me = app.get("/v1/me", user).await.json();
    assert_eq!(answer.user, user);
    assert_eq!(answer.display_name, "Petra");
    assert!(answer.customers.is_empty());
    assert!(answer.portal_roles.is_empty());
}

#[tokio::test]
async fn claims_that_do_not_hold_are_refused() {
    let (app, user) = app().await;
    let good = good(&app, user);
    let now = good["iat"].as_i64().unwrap();
    let other_tenant = id(99).to_string();
    let tid = good["tid"].as_str().unwrap().to_owned();
    let table = [
        ("no audience", without(good.clone(), "aud")),
        ("another audience", with(good.clone(), "aud", json!(id(77).to_string()))),
        ("the audience among others", with(good.clone(), "aud", json!([good["aud"], id(77).to_string()]))),
        ("no issuer", without(good.clone(), "iss")),
        ("another issuer", with(good.clone(), "iss", json!(format!("https://evil.example/{tid}/v2.0")))),
        ("the template itself", with(good.clone(), "iss", json!(app.provider.template()))),
        ("issuer of another tenant", with(good.clone(), "iss", json!(app.provider.issuer(&other_tenant)))),
        ("tenant of another issuer", with(good.clone(), "tid", json!(other_tenant))),
        ("no tenant", without(good.clone(), "tid")),
        (
            "a tenant that is no GUID",
            with(with(good.clone(), "tid", json!("organizations")), "iss", json!(app.provider.issuer("organizations"))),
        ),
        ("a tenant in braces", with(good.clone(), "tid", json!(format!("{{{tid}}}")))),
        ("no object id", without(good.clone(), "oid")),
        ("an object id that is no GUID", with(good.clone(), "oid", json!("petra@partner.example"))),
        ("version 1", with(good.clone(), "ver", json!("1.0"))),
        ("no version", without(good.clone(), "ver")),
        ("no expiry", without(good.clone(), "exp")),
        ("expired six minutes ago", with(good.clone(), "exp", json!(now - 301))),
        ("valid in six minutes", with(good.clone(), "nbf", json!(now + 301))),
        ("an expiry that is no number", with(good.clone(), "exp", json!("never"))),
        ("an expiry beyond all time", with(good.clone(), "nbf", json!(i64::MAX))),
        ("an ID token: no scope", without(good.clone(), "scp")),
        ("another scope", with(good.clone(), "scp", json!("access_as_user2 Mail.Read"))),
        ("an app's own token", with(without(good.clone(), "scp"), "roles", json!(["access_as_user"]))),
        ("an app's token that has the scope", with(good.clone(), "idtyp", json!("app"))),
    ];
    for (what, claims) in table {
        let answer = app.send(Method::GET, "/v1/me", Some(&TestKey::first().sign(&claims))).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
        assert_eq!(answer.problem(), "unauthorized", "{what}");
        assert_eq!(answer.headers["www-authenticate"], "Bearer", "{what}");
    }
    let table = [
        ("expired within the skew", with(good.clone(), "exp", json!(now - 299))),
        ("valid within the skew", with(good.clone(), "nbf", json!(now + 299))),
        ("without nbf", without(good.clone(), "nbf")),
        ("the scope among others", with(good.clone(), "scp", json!("openid access_as_user profile"))),
        ("a user's token that says so", with(good.clone(), "idtyp", json!("user"))),
    ];
    for (what, claims) in table {
        assert_eq!(me(&app, &TestKey::first().sign(&claims)).await, StatusCode::OK, "{what}");
    }
}

#[tokio::test]
async fn signatures_and_headers_that_do_not_hold_are_refused() {
    let (app, user) = app().await;
    let good = good(&app, user);
    let first = TestKey::first();
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "first" });
    assert_eq!(me(&app, &signed_with_header(first, &header, &good)).await, StatusCode::OK, "the table's base");

    let hs256 = |secret: &[u8]| {
        let header = Header { kid: Some("first".into()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &good, &EncodingKey::from_secret(secret)).unwrap()
    };
    let whole = signed_with_header(first, &header, &good);
    let parts: Vec<&str> = whole.split('.').collect();
    let other_claims = signed_with_header(first, &header, &with(good.clone(), "name", json!("Mallory")));
    let unsigned = signed_with_header(first, &json!({ "alg": "none", "kid": "first" }), &good);
    let mut table = vec![
        ("HS256 with the public key", hs256(&first.public_bytes())),
        ("HS256 with the public key's text", hs256(first.jwk()["n"].as_str().unwrap().as_bytes())),
        ("alg none, signed nevertheless", unsigned.clone()),
        ("alg none", format!("{}.", unsigned.rsplit_once('.').unwrap().0)),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("another token's signature", format!("{}.{}.{}", parts[0], other_claims.split('.').nth(1).unwrap(), parts[2])),
        ("another key under this key's id", signed_with_header(TestKey::second(), &header, &good)),
        ("a key that the provider does not have", TestKey::second().sign(&good)),
        ("no key id", signed_with_header(first, &json!({ "alg": "RS256" }), &good)),
        ("two parts", format!("{}.{}", parts[0], parts[1])),
        ("garbage", "abc".to_owned()),
        ("far too long", format!("{whole}{}", "a".repeat(20_000))),
    ];
    for (name, value) in [
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/cert")),
        ("jwk", TestKey::second().jwk()),
        ("x5c", json!(["MIIB"])),
        ("crit", json!(["exp"])),
    ] {
        table.push((name, signed_with_header(first, &with(header.clone(), name, value), &good)));
    }
    // The provider may be asked again by now, so that an id it does not have is refused.
    app.clock.advance(Duration::from_secs(60));
    for (what, token) in table {
        assert_eq!(me(&app, &token).await, StatusCode::UNAUTHORIZED, "{what}");
    }

    let path = "/v1/me";
    assert_eq!(app.send(Method::GET, path, None).await.problem(), "unauthorized");
    for header in [whole.clone(), format!("Basic {whole}"), format!("Bearer{whole}"), "Bearer ".to_owned()] {
        let request = http::Request::get(path).header("authorization", header.clone()).body(axum::body::Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(app.router.clone(), request).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{}", &header[..10.min(header.len())]);
    }
}

#[tokio::test]
async fn keys_roll_over_and_an_unknown_key_id_asks_the_provider_once_a_minute_at_most() {
    let (app, user) = app().await;
    let claims = good(&app, user);
    let (old, new) = (TestKey::first().sign(&claims), TestKey::second().sign(&claims));
    assert_eq!(me(&app, &old).await, StatusCode::OK);
    assert_eq!(app.provider.fetches(), 1);
    // A refusal would end a session that is good: the provider may have rolled its keys over since it was asked.
    for _ in 0..5 {
        assert_eq!(me(&app, &new).await, StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(app.provider.fetches(), 1, "asked a moment ago");

    app.clock.advance(Duration::from_secs(61));
    app.provider.set_keys(&[TestKey::first().jwk(), TestKey::second().jwk()]);
    let both = tokio::join!(me(&app, &new), me(&app, &new), me(&app, &new), me(&app, &old));
    assert_eq!(both, (StatusCode::OK, StatusCode::OK, StatusCode::OK, StatusCode::OK));
    assert_eq!(app.provider.fetches(), 2, "those who missed the key together share one answer");

    // The old key is withdrawn: it is believed no longer than a day.
    app.provider.set_keys(&[TestKey::second().jwk()]);
    app.clock.advance(DAY);
    let claims = good(&app, user);
    assert_eq!(me(&app, &TestKey::first().sign(&claims)).await, StatusCode::UNAUTHORIZED);
    assert_eq!(me(&app, &TestKey::second().sign(&claims)).await, StatusCode::OK);
    assert_eq!(app.provider.fetches(), 3);
}

#[tokio::test]
async fn fault_07_a_key_that_is_not_known_is_refused_only_after_the_provider_was_asked_again_and_forged_ids_close_no_door() {
    let (app, user) = app().await;
    let claims = good(&app, user);
    let (old, new) = (TestKey::first().sign(&claims), TestKey::second().sign(&claims));
    assert_eq!(me(&app, &old).await, StatusCode::OK);
    app.clock.advance(Duration::from_secs(20));
    let answer = app.send(Method::GET, "/v1/me", Some(&new)).await;
    assert_eq!((answer.status, answer.headers["retry-after"].to_str().unwrap()), (StatusCode::SERVICE_UNAVAILABLE, "40"));
    let forged = |n: usize| signed_with_header(TestKey::second(), &json!({ "alg": "RS256", "kid": format!("forged {n}") }), &claims);
    for n in 0..1_500 {
        assert_eq!(me(&app, &forged(n)).await, StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!((me(&app, &old).await, app.provider.fetches()), (StatusCode::OK, 1));
    // Forged ids have spent the next look at the provider, too: it had the new key by then.
    app.provider.set_keys(&[TestKey::first().jwk(), TestKey::second().jwk()]);
    app.clock.advance(Duration::from_secs(40));
    assert_eq!(me(&app, &forged(1_499)).await, StatusCode::UNAUTHORIZED, "looked for, and not there");
    app.clock.advance(Duration::from_secs(5));
    assert_eq!(me(&app, &forged(1_499)).await, StatusCode::UNAUTHORIZED, "and not for a while");
    assert_eq!([me(&app, &new).await, me(&app, &old).await], [StatusCode::OK; 2]);
    assert_eq!(app.provider.fetches(), 2);
}

#[tokio::test]
async fn a_token_that_was_seen_before_ends_with_its_time_and_with_its_key() {
    let (app, user) = app().await;
    let claims = good(&app, user);
    let now = claims["iat"].as_i64().unwrap();
    let (short, long) = (TestKey::first().sign(&claims), TestKey::first().sign(&with(claims.clone(), "exp", json!(now + 200_000))));
    for _ in 0..2 {
        assert_eq!([me(&app, &short).await, me(&app, &long).await], [StatusCode::OK; 2]);
    }
    // One character of the signature changed is another token.
    let last = if short.ends_with('A') { 'Q' } else { 'A' };
    assert_eq!(me(&app, &format!("{}{last}", &short[..short.len() - 1])).await, StatusCode::UNAUTHORIZED);
    app.clock.advance(Duration::from_secs(3_600 + 299));
    assert_eq!(me(&app, &short).await, StatusCode::OK, "within the skew");
    app.clock.advance(Duration::from_secs(1));
    assert_eq!([me(&app, &short).await, me(&app, &long).await], [StatusCode::UNAUTHORIZED, StatusCode::OK]);

    // The same key under the same id, known anew: the token is checked anew, and still good.
    app.clock.advance(DAY);
    assert_eq!([me(&app, &long).await, me(&app, &long).await], [StatusCode::OK; 2]);
    assert_eq!(app.provider.fetches(), 2);
    // Its key is withdrawn: it is believed no longer than a day.
    app.provider.set_keys(&[TestKey::second().jwk()]);
    assert_eq!(me(&app, &long).await, StatusCode::OK);
    app.clock.advance(DAY);
    assert_eq!(me(&app, &long).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_provider_that_fails_leaves_the_keys_of_before() {
    let (app, user) = app().await;
    assert_eq!(me(&app, &app.token(user)).await, StatusCode::OK);
    app.provider.set_failing(true);
    app.clock.advance(DAY + DAY);
    assert_eq!(me(&app, &app.token(user)).await, StatusCode::OK);

    let fresh = TestApp::start().await;
    fresh.provider.set_failing(true);
    let answer = fresh.send(Method::GET, "/v1/me", Some(&fresh.token(user))).await;
    assert_eq!(answer.problem(), "unavailable");
    assert_eq!(answer.headers["retry-after"], "5");
    fresh.provider.set_failing(false);
    fresh.clock.advance(Duration::from_secs(6));
    assert_eq!(me(&fresh, &fresh.token(user)).await, StatusCode::FORBIDDEN, "the keys are there now; the tenant is not");
}

#[tokio::test]
async fn metadata_of_another_issuer_is_not_believed() {
    let (app, user) = app().await;
    app.provider.set_issuer("https://login.evil.example/{tenantid}/v2.0");
    let answer = app.send(Method::GET, "/v1/me", Some(&app.token(user))).await;
    assert_eq!(answer.problem(), "unavailable");
}

#[tokio::test]
async fn a_key_signs_for_its_issuer_alone() {
    let (app, user) = app().await;
    let claims = good(&app, user);
    let tid = claims["tid"].as_str().unwrap();
    let key = |issuer: &str| with(TestKey::first().jwk(), "issuer", json!(issuer));
    for (issuer, expected) in [
        (app.provider.template(), StatusCode::OK),
        (app.provider.issuer(tid), StatusCode::OK),
        (app.provider.issuer(&id(99).to_string()), StatusCode::UNAUTHORIZED),
        ("https://elsewhere.example/{tenantid}/v2.0".to_owned(), StatusCode::UNAUTHORIZED),
    ] {
        app.provider.set_keys(&[key(&issuer)]);
        app.clock.advance(DAY);
        let claims = good(&app, user);
        assert_eq!(me(&app, &TestKey::first().sign(&claims)).await, expected, "{issuer}");
    }
}

#[tokio::test]
async fn keys_that_are_short_or_meant_for_something_else_are_not_believed() {
    let (app, user) = app().await;
    let first = TestKey::first();
    let cases = [
        (TestKey::short(), TestKey::short().jwk()),
        (first, with(first.jwk(), "use", json!("enc"))),
        (first, with(first.jwk(), "alg", json!("RS512"))),
        (first, with(first.jwk(), "kty", json!("EC"))),
    ];
    for (key, jwk) in cases {
        app.provider.set_keys(&[json!({ "kty": "from-the-future" }), jwk.clone()]);
        app.clock.advance(DAY);
        assert_eq!(me(&app, &key.sign(&good(&app, user))).await, StatusCode::UNAUTHORIZED, "{jwk}");
    }
    app.provider.set_keys(&[json!({ "kty": "from-the-future" }), first.jwk()]);
    app.clock.advance(DAY);
    assert_eq!(me(&app, &first.sign(&good(&app, user))).await, StatusCode::OK, "a key of an unknown kind hides no other");
}

#[tokio::test]
async fn r2_an_unknown_tenant_and_one_that_is_not_onboarded_are_refused_and_no_row_is_written() {
    let (app, user) = app().await;
    let estate = app.estate();
    let not_onboarded = estate.tenant(2, "Neither", "NEITHR", false, false).await;
    let someone = PrincipalId::from_uuid(id(500));
    for tenant_id in [TenantId::from_uuid(id(404)), not_onboarded] {
        let answer = app.get("/v1/me", UserKey { tenant_id, user_id: someone }).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.problem(), "tenant-refused");
    }
    // A user that the directory data does not know, of a tenant that it does: valid, with nothing; and still no row.
    let unknown: Me = app.get("/v1/me", UserKey { user_id: someone, ..user }).await.json();
    assert_eq!(unknown.display_name, "Somebody");
    assert!(unknown.customers.is_empty() && unknown.portal_roles.is_empty());
    let mut tx = app.store.read().await.unwrap();
    assert_eq!(store::tenants::count(tx.conn()).await.unwrap(), 2);
    let mut people = vec![];
    for tenant in [user.tenant_id, not_onboarded] {
        people.extend(store::people::search(tx.conn(), tenant, &[], 9).await.unwrap());
    }
    assert_eq!(people.iter().map(|it| it.id).collect::<Vec<_>>(), [user.user_id]);
    assert_eq!(store::people::find(tx.conn(), someone).await.unwrap(), None);
}

#[tokio::test]
async fn wids_grant_global_administrator_alone() {
    let (app, user) = app().await;
    let roles = async |wids: Value| {
        let token = TestKey::first().sign(&with(good(&app, user), "wids", wids));
        app.send(Method::GET, "/v1/me", Some(&token)).await.json::<Me>().portal_roles
    };
    assert_eq!(roles(json!([GLOBAL_ADMINISTRATOR])).await, [PortalRole::GlobalAdministrator]);
    // Teams Administrator, Global Reader, and what is no id at all.
    assert_eq!(roles(json!(["69091246-20e8-4a56-aa4d-066075b2a7a8", "f2ef992c-3afb-46b9-b7cf-a126ee74c451", "global"])).await, []);
    assert_eq!(roles(json!([])).await, []);
    assert_eq!(roles(json!([GLOBAL_ADMINISTRATOR.to_uppercase()])).await, []);
}

#[tokio::test]
async fn the_identity_is_tenant_and_object_id_together() {
    let (app, petra) = app().await;
    let estate = app.estate();
    let other = estate.tenant(3, "Other", "OTHERX", true, false).await;
    estate.portal_role(petra, PortalRole::TenantManager).await;
    let namesake = UserKey { tenant_id: other, user_id: petra.user_id };
    let answer: Me = app.get("/v1/me", namesake).await.json();
    assert!(answer.portal_roles.is_empty(), "the same object id in another tenant is another person");
    assert_eq!(app.get("/v1/me", petra).await.json::<Me>().portal_roles, [PortalRole::TenantManager]);
}
