//! A customer's administrator downloads and resets keys, lets a room wait for its device, and switches a signal off (R106, R74).

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tenantry_model::api::enrolment_keys::InstallerFile;
use tenantry_model::api::signal_switches::{SwitchSignals, SwitchTo};
use tenantry_model::api::waiting_rooms::CreateWaitingRoom;
use tenantry_model::id::RoomId;
use tenantry_model::ipc::{ChangeOf, CreateAt, FormId, NewKey, RoomKey, SaveKeyArgs};
use tenantry_model::signal::SignalId;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

fn device(host: &str) -> Value {
    json!({
        "displayName": host, "capacity": null, "hostName": host, "account": format!("{host}@alpen.example"),
        "timezone": "Europe/Vienna", "licence": "Pro", "peripherals": [],
    })
}

/// What the rooms' door says to a device with this key.
async fn enrols(demo: &Demo, key: &str, host: &str) -> Result<(u16, Value)> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let answer = http.post(demo.url("/v1/agent/enrol")).bearer_auth(key).json(&device(host)).send().await?;
    Ok((answer.status().as_u16(), answer.json().await?))
}

/// The file that the engine writes, as an installer reads it.
async fn saved(desk: &Desk, args: SaveKeyArgs) -> Result<InstallerFile> {
    let path = desk.engine().save_enrolment_key(args).await?.path;
    serde_json::from_str(&std::fs::read_to_string(&path)?).with_context(|| path)
}

#[tokio::test(flavor = "multi_thread")]
async fn r106_a_key_reset_ends_the_old_key_at_once_and_a_waiting_room_gets_its_device() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let customer = estate.alpen.id;
    let chief = Desk::signed_in(&demo, estate.alpen.admin).await?;

    let first = saved(&chief, SaveKeyArgs { customer, key: NewKey::Another }).await?;
    ensure!(demo.url("/").starts_with(&first.service) && first.customer.id == customer, "{first:?}");
    let (status, answer) = enrols(&demo, &first.key, "one").await?;
    ensure!(status == 200, "{answer}");
    let reset = saved(&chief, SaveKeyArgs { customer, key: NewKey::Reset }).await?;
    ensure!(enrols(&demo, &first.key, "two").await?.0 == 401, "the old key enrols devices");
    ensure!(enrols(&demo, &reset.key, "two").await?.0 == 200, "the new one does not");
    let keys = chief.engine().get_enrolment_keys(customer).await?.value.keys;
    ensure!(keys.len() == 1 && keys[0].devices == 1, "{keys:?}");

    let new = CreateWaitingRoom {
        display_name: "Neubau".into(),
        capacity: Some(12),
        timezone: "Europe/Vienna".into(),
        account: "neubau@alpen.example".into(),
    };
    let made = chief.engine().create_waiting_room(CreateAt { customer, form: FormId(Uuid::from_u128(9)), new }).await?;
    let room = RoomId::from_uuid(made.id.context("a room")?);
    let key = RoomKey { customer_id: customer, id: room };
    until(SOON, "the room waits on the desk", || async {
        Ok(chief.engine().get_room(key).await.is_ok_and(|known| known.room.awaits_device))
    })
    .await?;
    let file = saved(&chief, SaveKeyArgs { customer, key: NewKey::Room(room) }).await?;
    ensure!(file.room.as_ref().is_some_and(|named| named.id == room), "{file:?}");
    let (status, answer) = enrols(&demo, &file.key, "neubau-box").await?;
    ensure!(status == 200 && answer["roomId"] == json!(room), "{answer}");
    ensure!(enrols(&demo, &file.key, "another-box").await?.0 == 401, "its key is good for one device");
    until(SOON, "the device is the room's", || async {
        let known = chief.engine().get_room(key).await?.room;
        Ok(!known.awaits_device && known.host_name == "neubau-box" && known.display_name == "Neubau")
    })
    .await?;

    let switches = chief.engine().get_signal_switches(customer).await?.value;
    ensure!(switches.may_modify && switches.signals.iter().all(|it| it.enabled), "{switches:?}");
    let change = SwitchSignals { to: SwitchTo::Disabled, signals: Some(vec![SignalId::Offline]) };
    chief.engine().switch_signals(ChangeOf { key: customer, version: switches.version, change }).await?;
    let off = chief.engine().get_signal_switches(customer).await?.value.signals;
    ensure!(off.iter().filter(|it| !it.enabled).map(|it| it.signal).eq([SignalId::Offline]), "{off:?}");
    Ok(())
}
