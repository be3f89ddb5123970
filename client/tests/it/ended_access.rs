//! What ends access, and what does not.

use tenantry_model::ipc::{AccessEndedReason, IpcErrorKind, OfflineReason, SyncState};

use crate::world::*;

fn is_offline(state: &SyncState) -> bool {
    matches!(state, SyncState::Offline { .. })
}

#[tokio::test]
async fn an_answer_of_a_gateway_ends_no_access_and_heals() {
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
async fn a_gateway_answers_no_question_and_refuses_no_sign_in() {
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
