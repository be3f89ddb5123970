//! The conformance suite: answers to repeated requests.

use std::time::Duration;

use tenantry_model::time::Clock;
use tenantry_service::store::idempotency::{self, StoredAnswer};

use crate::support::TestApp;

#[tokio::test]
async fn an_answer_is_found_by_its_user_and_key_until_it_is_forgotten() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", false, true).await;
    let [user, colleague] = [estate.user(tenant, 2, "User").await, estate.user(tenant, 3, "Colleague").await];
    let kept = |text: &str| StoredAnswer { request: format!("request {text}"), answer: format!("answer {text}") };
    let begin = app.clock.now();
    let before = begin.minus(Duration::from_secs(1));
    let mut tx = app.store.write().await.unwrap();
    idempotency::store(tx.conn(), user, "key", &kept("a"), before, begin).await.unwrap();
    tx.commit().await.unwrap();
    let found = async |who, key, since| idempotency::find(app.store.read().await.unwrap().conn(), who, key, since).await.unwrap();
    assert_eq!(found(user, "key", before).await, Some(kept("a")));
    assert_eq!(found(user, "another", before).await, None);
    assert_eq!(found(colleague, "key", before).await, None);
    assert_eq!(found(user, "key", begin).await, None, "too old to count");

    let later = begin.plus(Duration::from_secs(9));
    let mut tx = app.store.write().await.unwrap();
    idempotency::store(tx.conn(), colleague, "key", &kept("b"), begin, later).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(found(user, "key", before).await, None, "forgotten with the next");
    assert_eq!(found(colleague, "key", before).await, Some(kept("b")));
}
