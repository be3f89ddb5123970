//! What ends access, and what does not: the service's own word and the provider's, and nobody's in between.

use serde_json::json;
use tenantry_model::ipc::{AccessEndedReason, IpcErrorKind, OfflineReason, SyncState};

use crate::world::*;

fn is_offline(state: &SyncState) -> bool {
    matches!(state, SyncState::Offline { .. })
}

#[tokio::test]
async fn fault_06_an_answer_of_a_gateway_ends_no_access_and_heals() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let renewals = world.scene().renewals;
    for status in [200, 302, 401, 403, 404, 407, 410, 502] {
        world.scene().gateway = Some(status);
        engine.sync_now().await.unwrap();
        until(&engine, |state| is_offline(state) || matches!(state, SyncState::AccessEnded { .. })).await;
        let state = engine.get_sync().await.unwrap().state;
        let said = match &state {
            SyncState::Offline { reason, .. } => *reason,
            state => panic!("{status}: {state:?}"),
        };
        // One of a proxy that cannot reach the service says what it is itself; an answer that is cut is none.
        let expected = match status {
            200 => OfflineReason::Unreachable,
            502 => OfflineReason::ServiceError,
            _ => OfflineReason::Intercepted,
        };
        assert_eq!(said, expected, "{status}");
        assert_eq!(incidents(&engine).await.unwrap().matches, 1, "{status}");
        world.scene().gateway = None;
        engine.sync_now().await.unwrap();
        until(&engine, |state| *state == SyncState::Current).await;
    }
    assert_eq!(world.scene().renewals, renewals, "a token that nobody rejected was renewed");
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_06_a_gateway_answers_no_question_and_refuses_no_sign_in() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    for status in [401, 403, 404, 409, 412] {
        world.scene().gateway = Some(status);
        let error = engine.get_roles(CUSTOMER.parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind, IpcErrorKind::Offline, "{status}: {error}");
        assert!(error.retryable, "{status}");
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_08_every_refusal_of_the_token_endpoint_means_sign_in_again() {
    for code in [
        "invalid_grant",
        "interaction_required",
        "login_required",
        "consent_required",
        "invalid_client",
        "unauthorized_client",
        "invalid_scope",
        "unsupported_grant_type",
        "mfa_required_by_a_later_provider",
    ] {
        let world = World::new().await;
        let engine = world.signed_in().await;
        world.scene().valid = "none that anybody has".into();
        world.scene().refresh_answer = Some((if code == "invalid_client" { 401 } else { 400 }, json!({ "error": code }).to_string()));
        engine.sync_now().await.unwrap();
        until(&engine, |state| !matches!(state, SyncState::Current | SyncState::Connecting)).await;
        let ended = SyncState::AccessEnded { reason: AccessEndedReason::SignInExpired };
        assert_eq!(engine.get_sync().await.unwrap().state, ended, "{code}");
        assert_eq!(incidents(&engine).await.unwrap().matches, 1, "{code}: the copy stays");
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn fault_16_a_token_endpoint_that_is_busy_or_behind_a_gateway_is_asked_again() {
    let oauth = |code: &str| json!({ "error": code }).to_string();
    let html = "<html><title>Sign in to this network</title></html>";
    for (status, body) in [
        (400, oauth("temporarily_unavailable")),
        (400, oauth("slow_down")),
        (429, oauth("invalid_grant")),
        (500, oauth("invalid_grant")),
        (503, oauth("server_error")),
        (401, html.into()),
        (403, json!({ "status": 403, "error": "Forbidden", "path": "/token" }).to_string()),
        (404, String::new()),
        (200, html.into()),
    ] {
        let world = World::new().await;
        let engine = world.signed_in().await;
        world.scene().valid = "none that anybody has".into();
        world.scene().refresh_answer = Some((status, body.clone()));
        engine.sync_now().await.unwrap();
        until(&engine, |state| !matches!(state, SyncState::Current | SyncState::Connecting)).await;
        assert!(is_offline(&engine.get_sync().await.unwrap().state), "{status} {body}: {:?}", engine.get_sync().await);
        world.scene().refresh_answer = None;
        engine.sync_now().await.unwrap();
        until(&engine, |state| *state == SyncState::Current).await;
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn fault_16_a_refresh_asks_for_no_scope() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().valid = "none that anybody has".into();
    engine.sync_now().await.unwrap();
    eventually("the token is renewed", || world.scene().renewals > 0).await;
    assert_eq!(world.scene().refresh.get("grant_type").map(String::as_str), Some("refresh_token"));
    assert_eq!(world.scene().refresh.get("scope"), None, "what was granted may be less than what was asked for at first");
    engine.shutdown().await;
}
