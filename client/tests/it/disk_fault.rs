//! A disk that does not let a store be opened: said as what it is, tried again, and never the end of what is stored.

use std::path::PathBuf;

use tenantry_client::keychain::KeychainError;
use tenantry_model::ipc::{DiskProblem, IpcErrorKind, KeyProblem, MemoryOnly, Preferences, Session, SyncState, Theme};

use crate::world::*;

const SOMEBODY_ELSE: &str = "55555555-5555-4555-8555-555555555555";
const A_THIRD: &str = "66666666-6666-4666-8666-666666666666";

fn is_refused(session: &Session) -> bool {
    *session == Session::DiskUnavailable { problem: DiskProblem::ReadOnly }
}

/// The store's file cannot be opened, since a folder lies where the engine behind it needs a file.
struct Refusal(PathBuf);

impl Refusal {
    fn of(world: &World) -> Self {
        let mut log = stores(world).remove(0).into_os_string();
        log.push("-wal");
        std::fs::create_dir(&log).unwrap();
        Self(log.into())
    }

    fn end(self) {
        std::fs::remove_dir(&self.0).unwrap();
    }
}

fn stores(world: &World) -> Vec<PathBuf> {
    world.caches().into_iter().filter(|path| path.extension().is_some_and(|end| end == "db")).collect()
}

#[tokio::test]
async fn fault_12_a_store_that_the_disk_keeps_closed_at_the_start_is_said_to_be_and_opens_by_itself() {
    let world = stored().await;
    let refusal = Refusal::of(&world);
    let engine = world.engine();
    session(&engine, is_refused).await;
    assert_eq!(incidents(&engine).await.unwrap_err().kind, IpcErrorKind::SignedOut);
    assert_eq!(world.keychain.len(), 1, "nothing is given up");
    refusal.end();
    opens_off_line(&engine).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_12_going_on_without_the_disk_deletes_nothing_and_leads_back() {
    let world = World::new().await;
    world.signed_in().await.shutdown().await;
    let refusal = Refusal::of(&world);
    world.scene().person = SOMEBODY_ELSE;
    let engine = world.engine();
    session(&engine, is_refused).await;
    engine.go_without_disk().await.unwrap();
    session(&engine, |session| *session == Session::SignedOut).await;
    assert_eq!(engine.get_app().await.unwrap().left_closed, Some(MemoryOnly::WithoutDisk));
    let Session::SignedIn { user, .. } = bounded(engine.sign_in()).await.unwrap() else { panic!("not signed in") };
    assert_eq!(user.memory_only, Some(MemoryOnly::WithoutDisk));
    until(&engine, |state| *state == SyncState::Current).await;
    engine.sign_out().await.unwrap();
    assert_eq!(engine.get_app().await.unwrap().left_closed, Some(MemoryOnly::WithoutDisk), "it is still somebody's");
    refusal.end();
    engine.try_disk().await.unwrap();
    opens_off_line(&engine).await;
    assert_eq!(engine.get_app().await.unwrap().left_closed, None);
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_12_the_way_back_ends_where_a_third_person_gets_a_store_of_their_own() {
    let world = World::new().await;
    world.signed_in().await.shutdown().await;
    let refusal = Refusal::of(&world);
    let engine = world.engine();
    session(&engine, is_refused).await;
    engine.go_without_disk().await.unwrap();
    session(&engine, |session| *session == Session::SignedOut).await;
    world.scene().person = SOMEBODY_ELSE;
    bounded(engine.sign_in()).await.unwrap();
    engine.sign_out().await.unwrap();
    assert_eq!(engine.get_app().await.unwrap().left_closed, Some(MemoryOnly::WithoutDisk));
    // The one after them is kept on disk, where one store is all there is room for: the first one's is deleted, as ever. Its outbox was never opened, and
    // may hold what was not sent: it stays for them, with the key.
    refusal.end();
    world.scene().person = A_THIRD;
    let Session::SignedIn { user, .. } = bounded(engine.sign_in()).await.unwrap() else { panic!("not signed in") };
    assert_eq!((user.memory_only, stores(&world).len(), world.keychain.len()), (None, 1, 2));
    engine.sign_out().await.unwrap();
    assert_eq!((engine.get_app().await.unwrap().left_closed, stores(&world).len(), world.keychain.len()), (None, 0, 1));
    engine.try_disk().await.unwrap();
    assert_eq!(engine.get_session().await.unwrap(), Session::SignedOut, "there is nothing to go back to");
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_12_a_disk_that_refuses_during_a_sign_in_is_waited_for() {
    let world = World::new().await;
    world.signed_in().await.shutdown().await;
    world.keychain.forget_all();
    let engine = world.engine();
    session(&engine, |session| *session == Session::KeyUnavailable { problem: KeyProblem::KeyGone }).await;
    let refusal = Refusal::of(&world);
    let mend = async {
        session(&engine, is_refused).await;
        refusal.end();
    };
    let (signed_in, ()) = tokio::join!(bounded(engine.sign_in()), mend);
    assert!(is_signed_in(&signed_in.unwrap()));
    engine.shutdown().await;
}

/// Where the store of somebody else would be. It is not there.
async fn place_of_somebody_else(world: &World) -> PathBuf {
    world.scene().person = SOMEBODY_ELSE;
    let engine = world.signed_in().await;
    let store = stores(world).remove(0);
    engine.sign_out().await.unwrap();
    engine.shutdown().await;
    world.scene().person = PERSON;
    store
}

#[tokio::test]
async fn fault_12_whoever_is_there_stays_until_the_store_of_the_next_one_is_open() {
    let world = World::new().await;
    let theirs = place_of_somebody_else(&world).await;
    let engine = world.signed_in().await;
    world.scene().valid = "none that anybody has".into();
    world.scene().invalid_grant = true;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    // Somebody else signs in where the first one has to sign in again, and the disk refuses their file.
    world.scene().invalid_grant = false;
    world.scene().person = SOMEBODY_ELSE;
    std::fs::create_dir(&theirs).unwrap();
    let give_up = async {
        session(&engine, is_refused).await;
        engine.cancel_sign_in().await.unwrap();
    };
    let (signed_in, ()) = tokio::join!(bounded(engine.sign_in()), give_up);
    assert_eq!(signed_in.unwrap_err().kind, IpcErrorKind::Cancelled);
    assert!(is_signed_in(&engine.get_session().await.unwrap()));
    assert_eq!(incidents(&engine).await.unwrap().matches, 1);
    std::fs::remove_dir(&theirs).unwrap();
    assert!(is_signed_in(&bounded(engine.sign_in()).await.unwrap()));
    assert_eq!(stores(&world), [theirs]);
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_09_a_store_that_was_left_closed_for_the_keychain_opens_off_line_once_it_is_unlocked() {
    let world = stored().await;
    world.keychain.fail(Some(KeychainError::Locked));
    let engine = world.engine();
    session(&engine, |session| *session == Session::KeyUnavailable { problem: KeyProblem::Locked }).await;
    engine.go_without_keychain().await.unwrap();
    session(&engine, |session| *session == Session::SignedOut).await;
    assert_eq!(engine.get_app().await.unwrap().left_closed, Some(MemoryOnly::WithoutKeychain));
    // Still locked: that is said again.
    engine.try_keychain().await.unwrap();
    session(&engine, |session| *session == Session::KeyUnavailable { problem: KeyProblem::Locked }).await;
    engine.go_without_keychain().await.unwrap();
    session(&engine, |session| *session == Session::SignedOut).await;
    world.keychain.fail(None);
    engine.try_keychain().await.unwrap();
    opens_off_line(&engine).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_09_a_store_that_was_left_closed_is_its_users_until_they_sign_out() {
    let world = World::new().await;
    world.signed_in().await.shutdown().await;
    world.keychain.fail(Some(KeychainError::Locked));
    let engine = world.engine();
    session(&engine, |session| *session == Session::KeyUnavailable { problem: KeyProblem::Locked }).await;
    engine.go_without_keychain().await.unwrap();
    session(&engine, |session| *session == Session::SignedOut).await;
    bounded(engine.sign_in()).await.unwrap();
    engine.try_keychain().await.unwrap();
    assert!(matches!(engine.get_session().await.unwrap(), Session::SignedIn { .. }), "a session is not taken away");
    world.keychain.fail(None);
    engine.sign_out().await.unwrap();
    assert_eq!((engine.get_app().await.unwrap().left_closed, world.caches().len(), world.keychain.len()), (None, 0, 0));
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_09_a_key_whose_deletion_still_waits_is_not_taken_for_a_new_session() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.keychain.hang_deletions(true);
    engine.sign_out().await.unwrap();
    assert_eq!(world.keychain.len(), 1, "the prompt is still open");
    let answer = async {
        session(&engine, |session| *session == Session::KeyUnavailable { problem: KeyProblem::NotAnswering }).await;
        world.keychain.hang_deletions(false);
    };
    let (signed_in, ()) = tokio::join!(bounded(engine.sign_in()), answer);
    assert!(is_signed_in(&signed_in.unwrap()));
    until(&engine, |state| *state == SyncState::Current).await;
    engine.shutdown().await;
    assert_eq!(world.keychain.len(), 1);
    let engine = world.engine();
    session(&engine, is_signed_in).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_12_a_choice_that_the_disk_refused_is_kept_with_the_next_one_that_it_takes() {
    let world = World::new().await;
    let engine = world.engine();
    session(&engine, |session| *session == Session::SignedOut).await;
    // A folder lies where the draft of the file is written.
    let draft = world.folder.path().join("state.json.new");
    std::fs::create_dir_all(draft.join("in the way")).unwrap();
    let chosen = Preferences { theme: Theme::Dark, ..Preferences::default() };
    engine.set_preferences(chosen.clone()).await.unwrap_err();
    assert_eq!(engine.get_preferences().await.unwrap(), chosen, "it holds for this run");
    std::fs::remove_dir_all(&draft).unwrap();
    engine.set_preferences(chosen.clone()).await.unwrap();
    engine.shutdown().await;
    let engine = world.engine();
    assert_eq!(engine.get_preferences().await.unwrap(), chosen);
    engine.shutdown().await;
}
