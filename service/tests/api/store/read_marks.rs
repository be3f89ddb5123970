//! The conformance suite: how far users have read.

use tenantry_model::id::PrincipalId;
use tenantry_model::tenancy::UserKey;
use tenantry_model::time::Clock;
use tenantry_service::store::change_log::{self, LoggedChange};
use tenantry_service::store::{people, read_marks};

use crate::support::{NewIncident, TestApp, id, number};

#[tokio::test]
async fn marks_only_rise_and_are_found_by_incident_by_the_row_of_the_log_and_while_open() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let room = estate.room(customer, 3, "A").await;
    let [one, two, three] = [1, 2, 3].map(|n| number("CUSTOM", n));
    estate.incidents([one, two, three].map(|number| NewIncident::new(number, customer, &[room], app.clock.now()))).await;
    estate.resolve(two, app.clock.now()).await;
    let (anna, ben) = (estate.user(partner, 10, "Anna").await, estate.user(partner, 11, "Ben").await);
    // Of the same id in another organisation, and unknown to the directory: somebody else.
    let other = UserKey { tenant_id: customer, user_id: anna.user_id };
    let stranger = UserKey { user_id: PrincipalId::from_uuid(id(99)), ..anna };

    let raise = async |user, marks: &[read_marks::Mark]| {
        let mut tx = app.store.write().await.unwrap();
        tx.raise_read_marks(user, marks).await.unwrap();
        tx.commit().await.unwrap();
        app.store.horizon().await.unwrap().seq
    };
    let begin = app.store.horizon().await.unwrap().seq;
    let first = raise(anna, &[(one, 3), (two, 1)]).await;
    let second = raise(anna, &[(one, 2), (three, 5)]).await;
    assert_eq!((first, second), (begin + 1, begin + 2), "one row of the log each");
    assert_eq!(raise(anna, &[(one, 3), (two, 0), (three, 4)]).await, second, "nothing rose: nobody is woken");
    assert_eq!(raise(anna, &[]).await, second);
    raise(ben, &[(one, 1)]).await;
    raise(other, &[(one, 7)]).await;
    raise(stranger, &[(one, 9)]).await;
    let third = raise(anna, &[(one, 4)]).await;

    let mut tx = app.store.write().await.unwrap();
    let conn = tx.conn();
    let mut named = read_marks::of(conn, anna, &[one, three, number("CUSTOM", 4)]).await.unwrap();
    named.sort_unstable();
    assert_eq!(named, [(one, 4), (three, 5)]);
    for (after, found) in
        [(0, vec![(two, 1), (three, 5), (one, 4)]), (first, vec![(three, 5), (one, 4)]), (second, vec![(one, 4)]), (third, vec![])]
    {
        assert_eq!(read_marks::since(conn, anna, after).await.unwrap(), found, "after {after}");
    }
    assert_eq!(read_marks::of_open(conn, anna).await.unwrap(), [(one, 4), (three, 5)]);
    for (user, read) in [(ben, 1), (other, 7), (stranger, 9)] {
        assert_eq!(read_marks::since(conn, user, 0).await.unwrap(), [(one, read)]);
    }
    let logged: Vec<LoggedChange> = change_log::between(conn, begin, third, 99).await.unwrap().into_iter().map(|(_, it)| it).collect();
    assert_eq!(logged, [anna, anna, ben, other, stranger, anna].map(LoggedChange::Marks));
    let read = change_log::concerning(conn, &[customer, partner], anna, begin, third).await.unwrap();
    assert_eq!(read, [], "who asks for customers reads no row about readers");

    people::delete(tx.conn(), ben.user_id).await.unwrap();
    assert_eq!(read_marks::since(tx.conn(), ben, 0).await.unwrap(), [], "they go with the user");
    assert_eq!(read_marks::since(tx.conn(), stranger, 0).await.unwrap(), [(one, 9)]);
    people::delete(tx.conn(), anna.user_id).await.unwrap();
    assert_eq!(read_marks::since(tx.conn(), other, 0).await.unwrap(), [(one, 7)], "and not with whoever has the same id elsewhere");
}
