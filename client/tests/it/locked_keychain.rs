//! A keychain that gives no key: said at once, waited for without a word more, and never the end of what is stored.

use tenantry_client::keychain::KeychainError;
use tenantry_model::ipc::{IpcErrorKind, KeyProblem, MemoryOnly, Session, SyncState};

use crate::world::*;

fn is(problem: KeyProblem) -> impl Fn(&Session) -> bool {
    move |session| *session == Session::KeyUnavailable { problem }
}

#[tokio::test]
async fn fault_09_each_trouble_of_the_keychain_is_said_and_the_store_opens_by_itself_when_it_ends() {
    for (failure, problem) in [
        (KeychainError::Locked, KeyProblem::Locked),
        (KeychainError::Refused, KeyProblem::Refused),
        (KeychainError::NoKeychain("not yet".into()), KeyProblem::NoKeychain),
        (KeychainError::Failed("of glass".into()), KeyProblem::Failed),
    ] {
        let world = stored().await;
        world.keychain.fail(Some(failure));
        let engine = world.engine();
        session(&engine, is(problem)).await;
        assert_eq!(incidents(&engine).await.unwrap_err().kind, IpcErrorKind::SignedOut);
        world.keychain.fail(None);
        opens_off_line(&engine).await;
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn fault_09_it_is_tried_again_without_a_prompt() {
    let world = stored().await;
    world.keychain.fail(Some(KeychainError::Locked));
    let engine = world.engine();
    session(&engine, is(KeyProblem::Locked)).await;
    let calls = world.keychain.calls();
    eventually("it is tried again", || world.keychain.calls() > calls + 2).await;
    assert_eq!(world.keychain.prompts(), 1, "one at the start, and none by itself");
    engine.try_keychain().await.unwrap();
    eventually("a click asks the user", || world.keychain.prompts() == 2).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_19_a_keychain_that_does_not_answer_is_said_to_and_its_late_answer_is_taken() {
    let world = stored().await;
    world.keychain.hang(true);
    let engine = world.engine();
    // Its answer comes no sooner than this was seen.
    session(&engine, is(KeyProblem::NotAnswering)).await;
    world.keychain.hang(false);
    opens_off_line(&engine).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_19_going_on_without_deletes_nothing_and_the_next_start_has_it_all() {
    let world = World::new().await;
    world.signed_in().await.shutdown().await;
    let before = world.caches();
    world.keychain.fail(Some(KeychainError::Locked));
    let engine = world.engine();
    session(&engine, is(KeyProblem::Locked)).await;
    engine.go_without_keychain().await.unwrap();
    session(&engine, |session| *session == Session::SignedOut).await;
    let Session::SignedIn { user, .. } = engine.sign_in().await.unwrap() else { panic!("not signed in") };
    assert_eq!(user.memory_only, Some(MemoryOnly::WithoutKeychain));
    until(&engine, |state| *state == SyncState::Current).await;
    engine.shutdown().await;
    assert_eq!((world.caches(), world.keychain.len()), (before, 1));
    world.keychain.fail(None);
    let engine = world.engine();
    opens_off_line(&engine).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_19_somebody_else_who_goes_on_without_and_signs_out_leaves_the_store_as_it_was() {
    let world = World::new().await;
    world.signed_in().await.shutdown().await;
    let before = world.caches();
    world.scene().person = "55555555-5555-4555-8555-555555555555";
    world.keychain.fail(Some(KeychainError::Locked));
    let engine = world.engine();
    session(&engine, is(KeyProblem::Locked)).await;
    engine.go_without_keychain().await.unwrap();
    session(&engine, |session| *session == Session::SignedOut).await;
    engine.sign_in().await.unwrap();
    world.keychain.fail(None);
    engine.sign_out().await.unwrap();
    engine.shutdown().await;
    assert_eq!((world.caches(), world.keychain.len()), (before, 1));
}

#[tokio::test]
async fn fault_19_a_keychain_that_is_locked_at_a_first_sign_in_is_waited_for() {
    let world = World::new().await;
    world.keychain.fail(Some(KeychainError::Locked));
    let engine = world.engine();
    let unlock = async {
        session(&engine, is(KeyProblem::Locked)).await;
        world.keychain.fail(None);
    };
    let (signed_in, ()) = tokio::join!(bounded(engine.sign_in()), unlock);
    assert!(is_signed_in(&signed_in.unwrap()));
    assert_eq!(world.keychain.len(), 1);
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_19_a_sign_in_that_waits_for_the_keychain_can_be_given_up_and_the_app_closed() {
    let world = World::new().await;
    world.keychain.hang(true);
    let engine = world.engine();
    let give_up = async {
        session(&engine, is(KeyProblem::NotAnswering)).await;
        engine.cancel_sign_in().await.unwrap();
    };
    let (signed_in, ()) = tokio::join!(bounded(engine.sign_in()), give_up);
    assert_eq!(signed_in.unwrap_err().kind, IpcErrorKind::Cancelled);
    assert_eq!(engine.get_session().await.unwrap(), Session::SignedOut);
    engine.shutdown().await;
    world.keychain.hang(false);
}

#[tokio::test]
async fn fault_09_of_two_entries_the_one_that_opens_the_store_is_used() {
    let world = stored().await;
    world.keychain.add_to_all(&"00".repeat(32));
    let engine = world.engine();
    opens_off_line(&engine).await;
    engine.shutdown().await;
    world.keychain.add_to_all("no key at all");
    let engine = world.engine();
    opens_off_line(&engine).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_09_a_key_that_is_gone_or_none_is_said_and_a_sign_in_makes_another() {
    for (secret, problem) in [(None, KeyProblem::KeyGone), (Some("no key at all"), KeyProblem::KeyUnreadable)] {
        let world = World::new().await;
        world.signed_in().await.shutdown().await;
        match secret {
            None => world.keychain.forget_all(),
            Some(secret) => world.keychain.replace_all(secret),
        }
        let engine = world.engine();
        session(&engine, is(problem)).await;
        engine.sign_in().await.unwrap();
        until(&engine, |state| *state == SyncState::Current).await;
        engine.shutdown().await;
        let engine = world.engine();
        session(&engine, is_signed_in).await;
        engine.shutdown().await;
    }
}
