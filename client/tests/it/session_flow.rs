//! Signing in, staying signed in, signing out.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tenantry_client::app::EngineEvent;
use tenantry_client::keychain::KeychainError;
use tenantry_model::ipc::{AccessEndedReason, IpcErrorKind, MemoryOnly, Preferences, Session, SetServiceArgs, SyncState, Theme};

use crate::world::*;

fn name(session: &Session) -> Option<&str> {
    match session {
        Session::SignedIn { user, .. } => Some(&user.display_name),
        _ => None,
    }
}

#[tokio::test]
async fn a_sign_in_leads_to_rows_and_leaves_nothing_readable_on_disk() {
    let world = World::new().await;
    let engine = world.engine();
    let mut events = engine.subscribe();
    assert_eq!(name(&engine.sign_in().await.unwrap()), Some("Quirin Quast"));
    until(&engine, |state| *state == SyncState::Current).await;
    let page = dropdown(&engine).await.unwrap();
    assert_eq!((page.rows[0].display_name.as_str(), page.rows[0].open), ("Wolpertinger Werke", Some(1)));
    assert_eq!(incidents(&engine).await.unwrap().matches, 1);
    let sessions: Vec<_> = drain(&mut events)
        .into_iter()
        .filter_map(|event| match event {
            EngineEvent::Session(session) => Some(name(&session).map(str::to_owned)),
            _ => None,
        })
        .collect();
    assert_eq!(sessions.last(), Some(&Some("Quirin Quast".into())));
    for scope in ["openid", "profile", "offline_access", "api://tenantry/access"] {
        assert!(world.scene().scope.split(' ').any(|asked| asked == scope), "{scope}");
    }
    let page = world.scene().page.clone().unwrap();
    assert!(page.contains("close this window") && page.contains("schließen") && !page.contains("<script"));
    assert_eq!(world.keychain.len(), 1);
    for text in ["SQLite format 3", "Wolpertinger", "Nebelhorn", "Quirin", "refresh-token", "access-token", "cursor-1"] {
        assert!(!readable(&world, text), "{text} is readable on disk");
    }
    engine.shutdown().await;
    assert!(!readable(&world, "Wolpertinger"));
}

#[tokio::test]
async fn a_second_hit_finds_nobody_and_a_guess_changes_nothing() {
    let world = World::new().await;
    world.scene().callback.elsewhere_first = true;
    let engine = world.signed_in().await;
    for _ in 0..100 {
        let second_hit = world.scene().second_hit;
        if let Some(answered) = second_hit {
            assert!(!answered, "the listener answered twice");
            return engine.shutdown().await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the browser never came back a second time");
}

#[tokio::test]
async fn the_app_starts_signed_in_and_readable_without_a_network() {
    let mut world = World::new().await;
    world.signed_in().await.shutdown().await;
    world.go_off_line();
    let engine = world.engine();
    assert_eq!(incidents(&engine).await.unwrap().matches, 1);
    assert_eq!(name(&engine.get_session().await.unwrap()), Some("Quirin Quast"));
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert!(engine.get_sync().await.unwrap().as_of.is_some());
    engine.shutdown().await;
}

#[tokio::test]
async fn signing_out_deletes_file_and_key_off_line_too() {
    let mut world = World::new().await;
    let engine = world.signed_in().await;
    assert!(!world.caches().is_empty());
    world.go_off_line();
    engine.sign_out().await.unwrap();
    assert_eq!(world.caches(), Vec::<std::path::PathBuf>::new());
    assert!(world.keychain.is_empty());
    assert_eq!(engine.get_session().await.unwrap(), Session::SignedOut);
    assert_eq!(incidents(&engine).await.unwrap_err().kind, IpcErrorKind::SignedOut);
    engine.shutdown().await;
    let engine = world.engine();
    assert_eq!(incidents(&engine).await.unwrap_err().kind, IpcErrorKind::SignedOut);
    engine.shutdown().await;
}

#[tokio::test]
async fn a_token_that_the_service_rejects_is_renewed_once_and_the_sync_goes_on() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let syncs = world.scene().syncs;
    let renewals = world.scene().renewals;
    world.scene().valid = "none that anybody has".into();
    engine.sync_now().await.unwrap();
    for _ in 0..200 {
        if world.scene().syncs > syncs {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(world.scene().syncs > syncs);
    assert_eq!(world.scene().renewals, renewals + 1);
    // The rotated token was kept: a restart goes on with it.
    engine.shutdown().await;
    let engine = world.engine();
    until(&engine, |state| *state == SyncState::Current).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_12_closing_while_the_sign_in_is_renewed_loses_nothing() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().valid = "none that anybody has".into();
    world.scene().renewal_takes = Duration::from_millis(700);
    let renewals = world.scene().renewals;
    engine.sync_now().await.unwrap();
    let begun = async {
        while world.scene().renewals == renewals {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), begun).await.expect("a renewal has begun");
    // The provider has forgotten the token that is on disk.
    engine.shutdown().await;
    world.scene().renewal_takes = Duration::ZERO;
    let engine = world.engine();
    until(&engine, |state| *state == SyncState::Current).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn a_sign_in_that_no_longer_holds_ends_access_and_is_not_tried_again() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let renewals = world.scene().renewals;
    world.scene().valid = "none that anybody has".into();
    world.scene().invalid_grant = true;
    let ended = |state: &SyncState| *state == SyncState::AccessEnded { reason: AccessEndedReason::SignInExpired };
    engine.sync_now().await.unwrap();
    until(&engine, ended).await;
    engine.sync_now().await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.scene().renewals, renewals + 1);
    // What is in the cache stays readable by its terms; a new sign-in goes on from there.
    assert_eq!(incidents(&engine).await.unwrap().matches, 1);
    world.scene().invalid_grant = false;
    engine.sign_in().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_08_signing_in_again_takes_nothing_off_the_screen_also_when_it_is_given_up() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().valid = "none that anybody has".into();
    world.scene().invalid_grant = true;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    let mut events = engine.subscribe();
    world.scene().callback.never = true;
    let attempt = tokio::spawn({
        let engine = engine.clone();
        async move { engine.sign_in().await }
    });
    let is_open = async {
        while !matches!(engine.get_session().await.unwrap(), Session::SignedIn { again: true, .. }) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), is_open).await.expect("the browser is open, and the person still signed in");
    assert_eq!(incidents(&engine).await.unwrap().matches, 1, "readable while the browser is open");
    assert_eq!(engine.sign_in().await.unwrap_err().kind, IpcErrorKind::Invalid, "two at a time");
    engine.cancel_sign_in().await.unwrap();
    assert_eq!(attempt.await.unwrap().unwrap_err().kind, IpcErrorKind::Cancelled);
    assert!(matches!(engine.get_session().await.unwrap(), Session::SignedIn { again: false, .. }));
    assert!(matches!(engine.get_sync().await.unwrap().state, SyncState::AccessEnded { .. }), "it can be tried again");
    (world.scene().callback.never, world.scene().invalid_grant) = (false, false);
    engine.sign_in().await.unwrap();
    assert_eq!(incidents(&engine).await.unwrap().matches, 1);
    until(&engine, |state| *state == SyncState::Current).await;
    for event in drain(&mut events) {
        let EngineEvent::Session(session) = event else { continue };
        assert_eq!(name(&session), Some("Quirin Quast"), "the screen was taken away");
    }
    // The fresh tokens were kept.
    engine.shutdown().await;
    let engine = world.engine();
    until(&engine, |state| *state == SyncState::Current).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn an_organisation_that_is_refused_keeps_no_rows() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().sync_status = 403;
    engine.sync_now().await.unwrap();
    until(&engine, |state| *state == SyncState::AccessEnded { reason: AccessEndedReason::TenantRefused }).await;
    assert_eq!(dropdown(&engine).await.unwrap().all, 0);
    assert_eq!(incidents(&engine).await.unwrap().matches, 0);
    engine.shutdown().await;
}

#[tokio::test]
async fn without_a_keychain_everything_stays_in_memory_and_the_app_says_so() {
    for (failure, why) in
        [(KeychainError::NoKeychain("none".into()), MemoryOnly::NoKeychain), (KeychainError::Locked, MemoryOnly::WithoutKeychain)]
    {
        let world = World::new().await;
        world.keychain.fail(Some(failure));
        let engine = world.engine();
        let session = sign_in_without_keychain(&engine).await;
        let Session::SignedIn { user, .. } = &session else { panic!("{session:?}") };
        assert_eq!(user.memory_only, Some(why));
        until(&engine, |state| *state == SyncState::Current).await;
        assert_eq!(incidents(&engine).await.unwrap().matches, 1);
        assert!(world.caches().is_empty());
        for text in ["Wolpertinger", "refresh-token", "Quirin"] {
            assert!(!readable(&world, text), "{text}");
        }
        engine.shutdown().await;
        let engine = world.engine();
        assert_eq!(incidents(&engine).await.unwrap_err().kind, IpcErrorKind::SignedOut);
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn a_lost_key_or_a_damaged_file_asks_for_a_sign_in_and_then_works() {
    for damage in ["key", "file"] {
        let world = World::new().await;
        world.signed_in().await.shutdown().await;
        if damage == "key" {
            world.keychain.replace_all(&"00".repeat(32));
        } else {
            let file = world.caches().into_iter().find(|path| path.extension().is_some_and(|end| end == "db")).unwrap();
            std::fs::write(file, [7; 30_000]).unwrap();
        }
        let engine = world.engine();
        assert_eq!(incidents(&engine).await.unwrap_err().kind, IpcErrorKind::SignedOut, "{damage}");
        engine.sign_in().await.unwrap();
        until(&engine, |state| *state == SyncState::Current).await;
        assert_eq!(incidents(&engine).await.unwrap().matches, 1);
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn preferences_are_the_persons_and_the_look_is_the_devices_too() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let chosen = Preferences {
        theme: Theme::Dark,
        zoom: 150.into(),
        all_tickets: true,
        all_rooms: true,
        customer: CUSTOMER.parse().ok(),
        ..Preferences::default()
    };
    engine.set_preferences(chosen.clone()).await.unwrap();
    engine.shutdown().await;
    let engine = world.engine();
    let _ = incidents(&engine).await;
    assert_eq!(engine.get_preferences().await.unwrap(), chosen);
    engine.sign_out().await.unwrap();
    assert_eq!(engine.get_preferences().await.unwrap(), Preferences { theme: Theme::Dark, zoom: 150.into(), ..Preferences::default() });
    engine.shutdown().await;
}

#[tokio::test]
async fn an_address_that_the_administrator_set_stays() {
    let world = World::new().await;
    let engine = world.engine();
    let app = engine.get_app().await.unwrap();
    assert!(app.service_is_managed);
    let refused = engine.set_service(SetServiceArgs { address: "https://elsewhere.example".into() }).await;
    assert_eq!(refused.unwrap_err().kind, IpcErrorKind::Invalid);
    engine.shutdown().await;
}

/// Keeps every line of the log, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_and_no_customers_text_is_in_the_log_at_any_level() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    // One thread runs all of the engine's tasks; what the cache's own thread logs is looked at through the errors that it answers.
    let _here = tracing::subscriber::set_default(subscriber);
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().valid = "none that anybody has".into();
    engine.sync_now().await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    engine.sign_out().await.unwrap();
    engine.shutdown().await;
    let log = log.0.lock().unwrap();
    assert!(memchr::memmem::find(&log, b"the sync failed").is_some(), "the log should hold something");
    let secrets = world.scene().seen_secrets.clone();
    assert!(secrets.len() > 6);
    for secret in secrets.iter().map(String::as_str).chain(["Wolpertinger", "Nebelhorn", "Quirin", "cursor-1"]) {
        assert!(memchr::memmem::find(&log, secret.as_bytes()).is_none(), "{secret} is in the log");
    }
}
