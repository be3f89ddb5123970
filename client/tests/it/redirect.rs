//! The way back from the browser: which hit counts, what the browser is shown, and where is listened.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::json;
use tenantry_model::ipc::{IpcErrorKind, Session};

use crate::world::*;

async fn page(world: &World) -> String {
    eventually("the browser is shown a page", || world.scene().page.is_some()).await;
    world.scene().page.clone().unwrap()
}

#[tokio::test]
async fn fault_17_a_hit_with_a_wrong_state_is_ignored_and_the_attempt_goes_on() {
    let world = World::new().await;
    world.scene().callback.guess_first = true;
    world.signed_in().await.shutdown().await;
    let guess = world.scene().guess_page.clone().unwrap();
    assert!(!guess.contains("You can close this window"), "{guess}");
    assert!(guess.contains("no sign-in that is under way") && guess.contains("keiner laufenden Anmeldung"), "{guess}");
    assert!(page(&world).await.contains("You can close this window"));
}

#[tokio::test]
async fn fault_17_a_wrong_state_alone_signs_nobody_in_and_redeems_nothing() {
    let world = World::new().await;
    world.scene().callback.state = Some("0".repeat(64));
    let engine = world.engine();
    let attempt = tokio::spawn({
        let engine = engine.clone();
        async move { engine.sign_in().await }
    });
    assert!(!page(&world).await.contains("You can close this window"));
    assert_eq!(engine.get_session().await.unwrap(), Session::SigningIn, "somebody else's hit ended the attempt");
    engine.cancel_sign_in().await.unwrap();
    assert_eq!(attempt.await.unwrap().unwrap_err().kind, IpcErrorKind::Cancelled);
    assert_eq!(world.scene().issued, 0, "the code was redeemed");
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_17_the_browser_says_success_only_after_the_check() {
    for (issuer, claims) in [(Some("https://evil.example/v2.0"), json!({})), (None, json!({ "aud": "somebody-else" }))] {
        let world = World::new().await;
        world.scene().callback.iss = issuer.map(str::to_owned);
        world.scene().claims = claims;
        let engine = world.engine();
        engine.sign_in().await.unwrap_err();
        let page = page(&world).await;
        assert!(page.contains("was not finished") && !page.contains("You can close this window"), "{page}");
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn fault_17_localhost_is_listened_to_on_both_of_its_addresses() {
    for address in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
        if std::net::TcpListener::bind((address, 0)).is_err() {
            // A machine without that address: nobody can listen there.
            continue;
        }
        let world = World::new().await;
        world.scene().redirect_host = "localhost";
        world.scene().callback.resolves_to = Some(address);
        let engine = world.engine();
        let attempt = tokio::time::timeout(std::time::Duration::from_secs(5), engine.sign_in()).await;
        assert!(matches!(attempt, Ok(Ok(_))), "{address}: {attempt:?}");
        engine.shutdown().await;
    }
}
