//! Saved views come with the sync and are readable off line; saving names the version that was read.

use serde_json::json;
use tenantry_model::api::saved_views::{SaveView, ViewPage};
use tenantry_model::ipc::{EndOf, IpcErrorKind, SaveFilterArgs, SyncState};

use crate::world::*;

const VIEW: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f99";

fn view(name: &str) -> serde_json::Value {
    json!({ "id": VIEW, "name": name, "page": "incidents", "filter": "is:unread", "version": 1 })
}

#[tokio::test]
async fn views_come_with_the_sync_and_stay_off_line_where_nothing_is_saved() {
    let world = World::hushed().await;
    let line = format!("PUT me/views/{VIEW}");
    world.scene().says(&line, Said::ok(view("Unread")));
    world.scene().says(&format!("DELETE me/views/{VIEW}"), Said::nothing());
    let engine = world.signed_in().await;
    world.scene().news = vec![json!({ "savedViews": { "views": [view("Unread")] } })];
    sync(&world, &engine).await;
    let save = |version| SaveFilterArgs {
        id: VIEW.parse().unwrap(),
        version,
        view: SaveView { name: "Unread".into(), page: ViewPage::Incidents, filter: "is:unread".into(), position: Some(1) },
    };
    assert_eq!(engine.save_filter(save(None)).await.unwrap().name, "Unread");
    engine.save_filter(save(Some(3))).await.unwrap();
    engine.delete_view(EndOf { key: VIEW.parse().unwrap(), version: 4 }).await.unwrap();
    let heard: Vec<(Option<String>, Option<serde_json::Value>)> = {
        let scene = world.scene();
        scene
            .heard
            .iter()
            .filter(|heard| heard.line.contains("me/views"))
            .map(|heard| (heard.version.clone(), heard.body.clone()))
            .collect()
    };
    let body = json!({ "name": "Unread", "page": "incidents", "filter": "is:unread", "position": 1 });
    assert_eq!(heard, [(None, Some(body.clone())), (Some("\"3\"".into()), Some(body)), (Some("\"4\"".into()), None)]);

    world.scene().sync_status = 503;
    world.scene().says(&line, Said::problem(503, "unavailable", None));
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert_eq!(engine.list_views().await.unwrap()[0].name, "Unread");
    assert_eq!(engine.save_filter(save(None)).await.unwrap_err().kind, IpcErrorKind::Offline);
    engine.shutdown().await;
}
