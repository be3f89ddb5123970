//! The conformance suite: settings of customers, and the keys by which devices enrol.

use tenantry_model::api::settings::{Contact, ContactMail, MailLanguage};
use tenantry_model::id::EnrolmentKeyId;
use tenantry_model::incident::IncidentType;
use tenantry_model::signal::SignalId;
use tenantry_model::time::Clock;
use tenantry_service::store::enrolment_keys::{self, EnrolmentKey};
use tenantry_service::store::settings::{self, Closing, Settings, SwitchedOff};

use crate::support::{NewIncident, TestApp, id, number};

#[tokio::test]
async fn settings_are_their_customers_and_count_their_versions() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let mut tx = app.store.write().await.unwrap();
    assert_eq!(settings::of(tx.conn(), customer).await.unwrap(), Settings::default());
    let contact = Contact { first_name: "Ida".into(), last_name: "Roth".into(), email: "ida@custom.example".into() };
    let mail = ContactMail { acceptance: true, roles: false, removal: true };
    let mut set = Settings { contacts: vec![contact], mail, mail_language: MailLanguage::German, version: 1 };
    for version in 2..4 {
        settings::put(tx.conn(), customer, &set).await.unwrap();
        set.version = version;
        assert_eq!(settings::of(tx.conn(), customer).await.unwrap(), set);
    }
    assert_eq!(settings::switched_off(tx.conn(), customer).await.unwrap(), (SwitchedOff::default(), 1), "these have another version");
    let off = SwitchedOff([SignalId::Offline, SignalId::TimeDrift].into());
    settings::put_switched_off(tx.conn(), customer, &off).await.unwrap();
    settings::put_switched_off(tx.conn(), other, &SwitchedOff::default()).await.unwrap();
    assert_eq!(settings::switched_off(tx.conn(), customer).await.unwrap(), (off, 2));
    assert_eq!(settings::switched_off(tx.conn(), other).await.unwrap(), (SwitchedOff::default(), 2));
    assert_eq!(settings::of(tx.conn(), customer).await.unwrap(), set);
    assert_eq!(settings::of(tx.conn(), other).await.unwrap(), Settings::default());
}

#[tokio::test]
async fn r74_what_is_open_of_a_signal_is_counted_and_found_by_when_it_opened() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let [a, b, theirs] = [estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await, estate.room(other, 5, "T").await];
    let now = app.clock.now();
    let of = |n, prefix, customer, room, kind| NewIncident { kind, ..NewIncident::new(number(prefix, n), customer, &[room], now) };
    let (disk, drift) = (IncidentType::Signal(SignalId::DiskHealth), IncidentType::Signal(SignalId::TimeDrift));
    for new in [
        of(1, "CUSTOM", customer, a, disk),
        of(2, "CUSTOM", customer, b, disk),
        of(3, "CUSTOM", customer, b, drift),
        of(4, "CUSTOM", customer, b, IncidentType::CustomerReported),
        of(1, "OTHERX", other, theirs, disk),
    ] {
        estate.incident(new).await;
    }
    let mut tx = app.store.write().await.unwrap();
    let mut counted = settings::open_by_signal(tx.conn(), customer).await.unwrap();
    counted.sort_unstable();
    assert_eq!(counted, [(SignalId::DiskHealth, 2), (SignalId::TimeDrift, 1)]);
    let closing = |open_at| Closing { customer, signal: SignalId::DiskHealth, open_at, by: Some("Ida".into()) };
    assert_eq!(settings::rooms_to_close(tx.conn(), &closing(now), 9).await.unwrap(), [a, b]);
    assert_eq!(settings::rooms_to_close(tx.conn(), &closing(now), 1).await.unwrap().len(), 1);
    let before = now.minus(std::time::Duration::from_secs(1));
    assert_eq!(settings::rooms_to_close(tx.conn(), &closing(before), 9).await.unwrap(), [], "it opened later");
    assert_eq!(settings::next_closing(tx.conn()).await.unwrap(), None);
    settings::begin_closing(tx.conn(), &closing(before)).await.unwrap();
    settings::begin_closing(tx.conn(), &closing(now)).await.unwrap();
    assert_eq!(settings::next_closing(tx.conn()).await.unwrap(), Some(closing(now)), "one for each signal");
    settings::end_closing(tx.conn(), &closing(now)).await.unwrap();
    assert_eq!(settings::next_closing(tx.conn()).await.unwrap(), None);
}

#[tokio::test]
async fn r106_keys_are_found_by_their_hash_at_their_customer() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let room = estate.room(customer, 3, "A").await;
    let now = app.clock.now();
    let key = |n: u128, room, hash: &str| EnrolmentKey {
        id: EnrolmentKeyId::from_uuid(id(n)),
        customer,
        room,
        hash: hash.to_owned(),
        issued_at: now.plus(std::time::Duration::from_secs(u64::try_from(n).unwrap())),
        issued_by: Some((customer, "Ida".to_owned())),
        last_used: None,
        devices: 0,
    };
    let mut tx = app.store.write().await.unwrap();
    enrolment_keys::delete_all(tx.conn(), customer).await.unwrap();
    let (first, second, bound) = (key(1, None, "one"), key(2, None, "two"), key(3, Some(room), "three"));
    for new in [&first, &second, &bound] {
        enrolment_keys::insert(tx.conn(), new).await.unwrap();
    }
    assert_eq!(enrolment_keys::of_customer(tx.conn(), customer).await.unwrap(), [second.clone(), first.clone()], "newest first");
    assert_eq!(enrolment_keys::by_hash(tx.conn(), customer, "three").await.unwrap(), Some(bound));
    assert_eq!(enrolment_keys::by_hash(tx.conn(), other, "one").await.unwrap(), None, "another customer's");
    enrolment_keys::insert(tx.conn(), &key(4, Some(room), "four")).await.unwrap();
    assert_eq!(enrolment_keys::by_hash(tx.conn(), customer, "three").await.unwrap(), None, "a room has one");
    enrolment_keys::note_use(tx.conn(), first.id, now, true).await.unwrap();
    enrolment_keys::note_use(tx.conn(), first.id, now, false).await.unwrap();
    let used = enrolment_keys::by_hash(tx.conn(), customer, "one").await.unwrap().unwrap();
    assert_eq!((used.last_used, used.devices), (Some(now), 1));
    enrolment_keys::delete(tx.conn(), second.id).await.unwrap();
    assert_eq!(enrolment_keys::of_customer(tx.conn(), customer).await.unwrap().len(), 1);
    enrolment_keys::delete_of_room(tx.conn(), room).await.unwrap();
    assert_eq!(enrolment_keys::by_hash(tx.conn(), customer, "four").await.unwrap(), None);
    enrolment_keys::delete_all(tx.conn(), customer).await.unwrap();
    assert_eq!(enrolment_keys::of_customer(tx.conn(), customer).await.unwrap(), []);
}
