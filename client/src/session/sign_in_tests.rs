//! The end of an attempt that nobody finishes. What a provider can do wrong is tried from outside: `tests/it`.

use super::*;
use tenantry_model::api::ServiceInfo;
use tenantry_model::time::Timestamp;
use tenantry_test_kit::ManualClock;

#[derive(Default)]
struct Opened(std::sync::Mutex<Vec<String>>);

impl Browser for Opened {
    fn open(&self, url: &str) -> Result<(), String> {
        self.0.lock().unwrap().push(url.to_owned());
        Ok(())
    }
}

fn provider() -> Provider {
    let info = ServiceInfo {
        api_version: "v1".into(),
        service_version: "0".into(),
        authority: "https://id.example".into(),
        client_id: "client".into(),
        scopes: vec![],
        redirect_host: "127.0.0.1".into(),
        demo: false,
    };
    let metadata = serde_json::json!({
        "issuer": "https://id.example", "authorization_endpoint": "https://id.example/a",
        "token_endpoint": "https://id.example/t", "jwks_uri": "https://id.example/k",
    });
    Provider::made(&info, serde_json::from_value(metadata).unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_ends_after_five_minutes_and_so_does_its_listener() {
    let (provider, browser) = (provider(), Opened::default());
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(Timestamp::default()));
    let started = tokio::time::Instant::now();
    let attempt = SignIn { provider: &provider, browser: &browser, random: &crate::random::OsRandom, clock: &clock, choose_account: false };
    assert!(matches!(attempt.run().await, Err(Error::TimedOut)));
    assert_eq!(started.elapsed().as_secs(), 300);
    let opened: url::Url = browser.0.lock().unwrap()[0].parse().unwrap();
    let redirect: url::Url = opened.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.parse().unwrap();
    assert!(std::net::TcpStream::connect(("127.0.0.1", redirect.port().unwrap())).is_err(), "somebody still listens");
}

#[tokio::test(start_paused = true)]
async fn every_attempt_has_its_own_state_nonce_and_challenge_and_one_path_is_registered() {
    let (provider, browser) = (provider(), Opened::default());
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(Timestamp::default()));
    for _ in 0..2 {
        let attempt =
            SignIn { provider: &provider, browser: &browser, random: &crate::random::OsRandom, clock: &clock, choose_account: false };
        assert!(attempt.run().await.is_err());
    }
    let opened = browser.0.lock().unwrap().clone();
    let of = |at: usize| url::Url::parse(&opened[at]).unwrap().query_pairs().into_owned().collect::<std::collections::HashMap<_, _>>();
    let (one, other) = (of(0), of(1));
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(one[name], other[name], "{name}");
    }
    assert_eq!(one["code_challenge_method"], "S256");
    // RFC 8252 §7.3: the provider compares all but the port with what is registered.
    let path = |of: &std::collections::HashMap<String, String>| url::Url::parse(&of["redirect_uri"]).unwrap().path().to_owned();
    assert_eq!((path(&one), path(&other)), ("/".to_owned(), "/".to_owned()));
}
