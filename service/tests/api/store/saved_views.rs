//! The conformance suite: filters that users have saved.

use tenantry_model::api::saved_views::{SavedView, ViewPage};
use tenantry_model::id::SavedViewId;
use tenantry_model::tenancy::UserKey;
use tenantry_service::store::change_log::{self, LoggedChange};
use tenantry_service::store::{people, saved_views};

use crate::support::{TestApp, id};

fn view(n: u128, name: &str, version: u64) -> SavedView {
    let filter = "cust:=\"O'Neil, Ltd\"".to_owned();
    let page = if n.is_multiple_of(2) { ViewPage::Rooms } else { ViewPage::Incidents };
    SavedView { id: SavedViewId::from_uuid(id(n)), name: name.into(), page, filter, version }
}

#[tokio::test]
async fn views_are_one_list_of_their_user_which_is_found_by_the_row_of_the_log_also_once_it_is_empty() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let (anna, ben) = (estate.user(partner, 10, "Anna").await, estate.user(partner, 11, "Ben").await);
    // Of the same id in another organisation: somebody else.
    let other = UserKey { tenant_id: customer, user_id: anna.user_id };
    let set = async |user, views: &[SavedView]| {
        let mut tx = app.store.write().await.unwrap();
        tx.set_saved_views(user, views).await.unwrap();
        tx.commit().await.unwrap();
        app.store.horizon().await.unwrap().seq
    };
    let begin = app.store.horizon().await.unwrap().seq;
    let many: Vec<SavedView> = (1..=50).map(|n| view(n, &format!("View {n}"), n as u64)).rev().collect();
    let first = set(anna, &many).await;
    set(ben, &[view(1, "Ben's", 1)]).await;
    set(other, &[view(1, "Another's", 7)]).await;

    let mut tx = app.store.write().await.unwrap();
    let conn = tx.conn();
    assert_eq!(saved_views::of(conn, anna).await.unwrap(), many, "in their order");
    assert_eq!(saved_views::of(conn, ben).await.unwrap(), [view(1, "Ben's", 1)]);
    assert_eq!(saved_views::of(conn, other).await.unwrap(), [view(1, "Another's", 7)]);
    assert!(saved_views::changed_since(conn, anna, begin).await.unwrap());
    assert!(!saved_views::changed_since(conn, anna, first).await.unwrap(), "what others saved is nothing of hers");
    drop(tx);
    let last = set(anna, &[]).await;
    let mut tx = app.store.write().await.unwrap();
    let conn = tx.conn();
    assert_eq!(saved_views::of(conn, anna).await.unwrap(), []);
    assert!(saved_views::changed_since(conn, anna, first).await.unwrap(), "that none is left is news");
    assert!(!saved_views::changed_since(conn, anna, last).await.unwrap());
    let logged: Vec<LoggedChange> = change_log::between(conn, begin, last, 99).await.unwrap().into_iter().map(|(_, it)| it).collect();
    assert_eq!(logged, [anna, ben, other, anna].map(LoggedChange::Marks));

    people::delete(tx.conn(), ben.user_id).await.unwrap();
    assert_eq!(saved_views::of(tx.conn(), ben).await.unwrap(), [], "they go with the user");
    assert!(!saved_views::changed_since(tx.conn(), ben, 0).await.unwrap());
    people::delete(tx.conn(), anna.user_id).await.unwrap();
    assert_eq!(
        saved_views::of(tx.conn(), other).await.unwrap(),
        [view(1, "Another's", 7)],
        "and not with whoever has the same id elsewhere"
    );
    assert!(saved_views::changed_since(tx.conn(), other, 0).await.unwrap());
}
