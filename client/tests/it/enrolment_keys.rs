//! The file that an installer brings to a device: the key goes from the service's answer into it, and nowhere else (R106).

use serde_json::{Value, json};
use tenantry_model::ipc::{IpcErrorKind, NewKey, SaveKeyArgs};

use crate::world::*;

const CUSTOMER: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23";
const ROOM: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f24";
const KEY: &str = "tke_018f4e2a7c1b7d3e9a4f2b6c8d0e1f23_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

fn args(key: NewKey) -> SaveKeyArgs {
    SaveKeyArgs { customer: CUSTOMER.parse().unwrap(), key }
}

fn issued(room: Option<&str>) -> Said {
    let mut issued = json!({ "id": ROOM, "key": KEY, "customer": { "id": CUSTOMER, "name": "../Alpha & Söhne" } });
    if let Some(name) = room {
        issued["room"] = json!({ "id": ROOM, "name": name });
    }
    Said::ok(issued)
}

#[tokio::test]
async fn r106_a_key_is_written_into_a_file_of_the_users_and_told_to_nobody() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST customers/{CUSTOMER}/enrolment-keys"), issued(None));
    world.scene().says(&format!("POST customers/{CUSTOMER}/enrolment-keys/reset"), issued(None));
    world.scene().says(&format!("POST customers/{CUSTOMER}/waiting-rooms/{ROOM}/key"), issued(Some("Aare (8)")));
    for (key, name) in [
        (NewKey::Another, "tenantry-enrolment-Alpha---Söhne.json"),
        (NewKey::Reset, "tenantry-enrolment-Alpha---Söhne (2).json"),
        (NewKey::Room(ROOM.parse().unwrap()), "tenantry-enrolment-Aare--8.json"),
    ] {
        let saved = engine.save_enrolment_key(args(key)).await.unwrap();
        assert_eq!(saved.path, world.downloads().join(name).to_str().unwrap());
        assert!(!format!("{saved:?}").contains("tke_"));
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&saved.path).unwrap()).unwrap();
        assert_eq!((file["version"].as_u64(), file["key"].as_str()), (Some(1), Some(KEY)));
        assert_eq!(file["customer"]["name"].as_str(), Some("../Alpha & Söhne"));
        assert!(file["service"].as_str().unwrap().starts_with("http"), "{file}");
        assert_eq!(file["room"]["name"].as_str(), matches!(key, NewKey::Room(_)).then_some("Aare (8)"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&saved.path).unwrap().permissions().mode() & 0o077, 0, "its user's alone");
        }
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn r106_no_key_is_made_where_its_file_could_not_be_written_and_no_file_where_none_was_made() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let path = format!("POST customers/{CUSTOMER}/enrolment-keys");
    let refused = engine.save_enrolment_key(args(NewKey::Another)).await.unwrap_err();
    assert_eq!(refused.kind, IpcErrorKind::NotFound, "the service has no such customer");
    assert_eq!(files(&world.downloads()), Vec::<std::path::PathBuf>::new());
    let asked = world.scene().times(&path);
    std::fs::remove_dir_all(world.downloads()).ok();
    std::fs::write(world.downloads(), "a file where the folder should be").unwrap();
    engine.save_enrolment_key(args(NewKey::Another)).await.unwrap_err();
    assert_eq!(world.scene().times(&path), asked, "nothing was asked for");
    engine.shutdown().await;
}
