//! Sign-ins that must not succeed.

use std::time::Duration;

use serde_json::json;
use tenantry_model::ipc::{IpcErrorKind, Session, SetServiceArgs, SyncState};

use crate::world::*;

/// The sign-in fails so, and nothing of it stays.
async fn fails(world: &World, kind: IpcErrorKind) {
    let engine = world.engine();
    let error = engine.sign_in().await.expect_err("it should have been refused");
    assert_eq!(error.kind, kind, "{error}");
    assert_eq!(engine.get_session().await.unwrap(), Session::SignedOut);
    assert!(world.keychain.is_empty() && world.caches().is_empty());
    engine.shutdown().await;
}

#[tokio::test]
async fn another_issuer_in_the_callback_is_refused() {
    let world = World::new().await;
    world.scene().callback.iss = Some("https://evil.example/v2.0".into());
    fails(&world, IpcErrorKind::Refused).await;
    assert_eq!(world.scene().issued, 0, "the code was redeemed");
}

#[tokio::test]
async fn a_callback_without_issuer_is_refused_where_the_provider_says_that_it_sends_one() {
    let world = World::new().await;
    world.scene().sends_iss = true;
    fails(&world, IpcErrorKind::Refused).await;
    assert_eq!(world.scene().issued, 0, "the code was redeemed");
    let issuer = world.scene().issuer();
    world.scene().callback.iss = Some(issuer);
    world.signed_in().await.shutdown().await;
}

#[tokio::test]
async fn a_provider_without_s256_never_sees_the_browser() {
    for methods in [Some(json!(["plain"])), Some(json!([])), None] {
        let world = World::new().await;
        world.scene().methods = methods;
        fails(&world, IpcErrorKind::Refused).await;
        assert_eq!(world.scene().opened, 0);
    }
}

#[tokio::test]
async fn metadata_of_another_issuer_is_refused() {
    let world = World::new().await;
    world.scene().metadata_issuer = Some("https://evil.example/{tenantid}/v2.0".into());
    fails(&world, IpcErrorKind::Refused).await;
    assert_eq!(world.scene().opened, 0);
}

#[tokio::test]
async fn an_id_token_that_does_not_hold_is_refused() {
    for claims in [
        json!({ "nonce": "0".repeat(64) }),
        json!({ "aud": "somebody-else" }),
        json!({ "exp": 1_000_000_000 }),
        json!({ "iss": "https://evil.example/v2.0" }),
        json!({ "tid": "99999999-9999-4999-8999-999999999999" }),
        json!({ "oid": "99999999-9999-4999-8999-999999999999" }),
        json!({ "oid": "nobody" }),
    ] {
        let world = World::new().await;
        world.scene().claims = claims.clone();
        let engine = world.engine();
        let error = engine.sign_in().await.expect_err(&claims.to_string());
        assert!(matches!(error.kind, IpcErrorKind::Refused | IpcErrorKind::WrongClock | IpcErrorKind::Offline), "{claims}: {error}");
        assert!(world.keychain.is_empty() && world.caches().is_empty());
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn an_id_token_of_another_key_is_refused() {
    let world = World::new().await;
    world.scene().sign_with_another_key = true;
    fails(&world, IpcErrorKind::Refused).await;
}

#[tokio::test]
async fn fault_13_a_refusal_says_whose_it_is_and_how_the_provider_finds_it() {
    for (code, description, kind) in [
        ("access_denied", None, IpcErrorKind::Denied),
        ("access_denied", Some(("AADSTS65004", "22222222-2222-4222-8222-222222222222")), IpcErrorKind::Denied),
        ("invalid_client", Some(("AADSTS7000218", "33333333-3333-4333-8333-333333333333")), IpcErrorKind::Refused),
    ] {
        let world = World::new().await;
        let text =
            description.map(|(code, id)| format!("{code}: a sentence about Anna. Correlation ID: {id} Timestamp: 2026-11-28 10:00:00Z"));
        world.scene().callback.error = Some(code.into());
        world.scene().callback.description = text.clone();
        let engine = world.engine();
        let error = engine.sign_in().await.unwrap_err();
        assert_eq!((error.kind, error.message.contains("Anna")), (kind, false), "{error}");
        let details = error.details.unwrap();
        assert_eq!((details.error.as_str(), details.description), (code, text));
        assert_eq!(details.code.as_deref().zip(details.correlation_id.as_deref()), description);
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn fault_13_the_account_is_asked_for_after_a_refusal_and_after_signing_out_and_else_not() {
    let world = World::new().await;
    let engine = world.engine();
    let asked = || world.scene().prompt.clone();
    world.scene().callback.error = Some("access_denied".into());
    engine.sign_in().await.unwrap_err();
    assert_eq!(asked(), "", "nobody was refused yet");
    engine.shutdown().await;
    // A restart changes nothing.
    let engine = world.engine();
    world.scene().callback.error = None;
    engine.sign_in().await.unwrap();
    assert_eq!(asked(), "select_account", "after a refusal");
    world.scene().invalid_grant = true;
    world.scene().valid = "none that anybody has".into();
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    world.scene().invalid_grant = false;
    engine.sign_in().await.unwrap();
    assert_eq!(asked(), "", "the same person again");
    engine.sign_out().await.unwrap();
    engine.sign_in().await.unwrap();
    assert_eq!(asked(), "select_account", "after signing out");
    engine.shutdown().await;
}

#[tokio::test]
async fn without_a_browser_the_app_says_so() {
    let world = World::new().await;
    world.scene().callback.cannot_open = true;
    fails(&world, IpcErrorKind::NoBrowser).await;
}

#[tokio::test]
async fn a_sign_in_that_is_given_up_ends_at_once_and_the_next_one_works() {
    let world = World::new().await;
    world.scene().callback.never = true;
    let engine = world.engine();
    let attempt = tokio::spawn({
        let engine = engine.clone();
        async move { engine.sign_in().await }
    });
    while world.scene().opened == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(engine.get_session().await.unwrap(), Session::SigningIn);
    assert_eq!(engine.sign_in().await.unwrap_err().kind, IpcErrorKind::Invalid, "two at a time");
    engine.cancel_sign_in().await.unwrap();
    assert_eq!(attempt.await.unwrap().unwrap_err().kind, IpcErrorKind::Cancelled);
    world.scene().callback.never = false;
    engine.sign_in().await.unwrap();
    engine.shutdown().await;
}

#[tokio::test]
async fn what_is_no_service_is_named_so() {
    let world = World::new().await;
    let engine = world.engine_without_address();
    assert_eq!(engine.sign_in().await.unwrap_err().kind, IpcErrorKind::Invalid);
    for (address, kind) in [
        (format!("{}/v1", world.server.as_ref().unwrap().uri()), IpcErrorKind::NotAService),
        ("http://tenantry.example".into(), IpcErrorKind::Invalid),
        ("http://127.0.0.1:1".into(), IpcErrorKind::Offline),
    ] {
        let error = engine.set_service(SetServiceArgs { address: address.clone() }).await.unwrap_err();
        assert_eq!(error.kind, kind, "{address}: {error}");
    }
    let address = world.server.as_ref().unwrap().uri();
    let service = engine.set_service(SetServiceArgs { address: address.clone() }).await.unwrap();
    assert_eq!((service.address, service.demo), (address, Some(true)));
    engine.sign_in().await.unwrap();
    engine.shutdown().await;
}
