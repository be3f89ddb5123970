use std::sync::Arc;

use tenantry_model::access::{Rights, Subject};
use tenantry_model::id::PrincipalId;
use tenantry_model::tenancy::{PortalRole, Tenant, UserKey};
use tenantry_model::time::Timestamp;
use tenantry_test_kit::ManualClock;
use uuid::Uuid;

use super::*;
use crate::domain::rights::Access;
use crate::random::{Random as _, SeededRandom};
use crate::store::{Change, Store, Tx};

/// Ten customers, the partner's own organisation and another one.
const CUSTOMERS: u8 = 10;
const PARTNER: u128 = 100;
const ANOTHER: u128 = 101;

/// A store in a folder that goes with the second value.
async fn store() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_750_000_000_000_000)));
    (Store::open(&folder.path().join("test.db"), clock).await.unwrap(), folder)
}

const fn tenant(n: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(0x1000 + n))
}

const fn principal(n: u128) -> PrincipalId {
    PrincipalId::from_uuid(Uuid::from_u128(0x2000 + n))
}

const fn room(n: u128) -> RoomId {
    RoomId::from_uuid(Uuid::from_u128(0x3000 + n))
}

fn caller(sees: impl Iterator<Item = u128>, portal_roles: Vec<PortalRole>) -> Caller {
    let user = UserKey { tenant_id: tenant(PARTNER), user_id: principal(1) };
    let own = Tenant { id: user.tenant_id, display_name: "Partner".into(), is_partner: true, is_customer: false };
    let customers = sees.map(|n| (tenant(n), Rights::default())).collect();
    let subject = Subject { user: user.user_id, groups: vec![] };
    let access = Access { subject, display_name: None, portal_roles, customers };
    Caller { user, display_name: "Tech".into(), tenant: own, acting_as: None, global_admin: false, access: Arc::new(access) }
}

fn some<const N: usize>(random: &SeededRandom) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill(&mut bytes);
    bytes
}

/// One row of the log, of any kind and about anybody.
async fn record_some(tx: &mut Tx, random: &SeededRandom) {
    let byte = || u128::from(some::<1>(random)[0]);
    let customer = tenant(byte() % u128::from(CUSTOMERS));
    let change = match byte() % 8 {
        0 => Change::customer(customer),
        1 => Change::tenant(tenant(PARTNER)),
        2 | 3 => Change::room(customer, room(byte() % 20)),
        4 | 5 => Change::incident(customer, format!("ALPHAA-{:06}", byte() % 20).parse().unwrap()),
        _ => {
            let whose = [None, Some(tenant(PARTNER)), Some(tenant(ANOTHER))][byte() as usize % 3];
            let who: Option<PrincipalId> = [None, Some(principal(1)), Some(principal(2))][byte() as usize % 3];
            let rights = Change::rights(customer, whose, who.filter(|_| whose.is_some()));
            match byte() % 3 {
                0 => rights,
                1 => rights.lost_by(Audience::NOBODY),
                _ => rights.lost_by(tx.audience(&[principal(byte() % 4)]).await.unwrap()),
            }
        }
    };
    tx.record(change).await.unwrap();
}

#[tokio::test]
async fn both_ways_to_read_the_log_say_the_same() {
    let ((store, _folder), random) = (store().await, SeededRandom::new(11));
    let mut tx = store.write().await.unwrap();
    for _ in 0..600 {
        record_some(&mut tx, &random).await;
    }
    let until = change_log::horizon(tx.conn()).await.unwrap().seq;
    for round in 0..60 {
        let mask = u16::from_le_bytes(some(&random));
        let sees = (0..u128::from(CUSTOMERS)).filter(|n| mask & (1 << n) != 0);
        let caller = caller(sees, if round % 3 == 0 { vec![PortalRole::TenantManager] } else { vec![] });
        let after = i64::from(u16::from_le_bytes(some(&random))) % until;
        let in_order = touched_in_order(tx.conn(), &caller, after, until).await.unwrap();
        let by_customer = touched_by_customer(tx.conn(), &caller, after, until).await.unwrap();
        assert_eq!(by_customer, in_order, "round {round}");
        assert_eq!(touched(tx.conn(), &caller, after, until).await.unwrap(), in_order, "round {round}");
    }
}

#[tokio::test]
async fn rows_about_others_are_not_read_and_do_not_make_a_caller_far_behind() {
    let (store, _folder) = store().await;
    let mut tx = store.write().await.unwrap();
    tx.record(Change::customer(tenant(1))).await.unwrap();
    tx.record_all(&vec![Change::customer(tenant(2)); 510]).await.unwrap();
    let until = change_log::horizon(tx.conn()).await.unwrap().seq;
    let (theirs, others) = (caller(std::iter::once(2), vec![]), caller(std::iter::once(1), vec![]));
    assert!(has_more_than(500, tx.conn(), &theirs, 0, until).await.unwrap());
    assert!(!has_more_than(500, tx.conn(), &others, 0, until).await.unwrap());
    assert!(!has_more_than(500, tx.conn(), &theirs, until - 500, until).await.unwrap());
    let read = change_log::concerning(tx.conn(), &[tenant(1)], others.user, 0, until).await.unwrap();
    assert_eq!(read, [LoggedChange::Customer(tenant(1))]);
}
