//! The audit log as a file: whole or not at all, and never over another one.

use tenantry_model::ipc::{CellSeparator, Command, ExportAudit, ExportRange, IpcErrorKind};

use crate::world::*;

const HEAD: &str = "activity.category,activity.objectName,activity.operation,activity.resultStatus,activity.tenantId,creationTime,user.userId,\
                    user.userTenantId\r\n";
const RECORD: &str = "Role,\"Nacht, dienst\",Create,Successful,t,2026-02-01T00:00:00Z,u,t\r\n";

fn range() -> <ExportAudit as Command>::Args {
    serde_json::from_value(serde_json::json!({ "from": "2026-02-01", "to": "2026-02-28" })).unwrap()
}

/// As a spreadsheet knows the encoding.
fn marked(text: &str) -> String {
    format!("\u{feff}{text}")
}

fn csv(text: &str) -> Said {
    Said::text(text, "text/csv; charset=utf-8; header=present")
}

fn names(world: &World) -> Vec<String> {
    let mut names: Vec<String> =
        files(&world.downloads()).iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn an_export_is_written_beside_those_before_and_over_none() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let whole = format!("{HEAD}{RECORD}{RECORD}");
    world.scene().says("GET audit/export", csv(&whole));
    std::fs::create_dir_all(world.downloads()).unwrap();
    std::fs::write(world.downloads().join("tenantry-audit-2026-02-01-to-2026-02-28.csv"), "mine").unwrap();
    for name in ["tenantry-audit-2026-02-01-to-2026-02-28 (2).csv", "tenantry-audit-2026-02-01-to-2026-02-28 (3).csv"] {
        let saved = engine.export_audit(range()).await.unwrap();
        assert_eq!((saved.path.as_str(), saved.records), (world.downloads().join(name).to_str().unwrap(), 2));
        assert_eq!(std::fs::read_to_string(saved.path).unwrap(), marked(&whole));
    }
    assert_eq!(std::fs::read_to_string(world.downloads().join("tenantry-audit-2026-02-01-to-2026-02-28.csv")).unwrap(), "mine");
    assert_eq!(names(&world).len(), 3, "{:?}", names(&world));
    assert_eq!(world.scene().times("GET audit/export?from=2026-02-01&to=2026-02-28"), 2);
    engine.shutdown().await;
}

#[tokio::test]
async fn a_day_without_records_is_a_file_with_its_columns() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says("GET audit/export", csv(HEAD));
    let saved = engine.export_audit(range()).await.unwrap();
    assert_eq!((saved.records, std::fs::read_to_string(saved.path).unwrap()), (0, marked(HEAD)));
    assert_eq!(names(&world), ["tenantry-audit-2026-02-01-to-2026-02-28.csv"]);
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_9_15_a_german_spreadsheet_opens_it_in_columns_and_its_folder_is_known() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    assert_eq!(engine.export_folder(), None);
    world.scene().says("GET audit/export", csv(&format!("{HEAD}{RECORD}")));
    let saved = engine.export_audit(ExportRange { separator: CellSeparator::Semicolon, ..range() }).await.unwrap();
    let text = std::fs::read_to_string(saved.path).unwrap();
    assert!(text.starts_with("\u{feff}activity.category;activity.objectName;"), "{text}");
    assert!(text.ends_with("\r\nRole;\"Nacht, dienst\";Create;Successful;t;2026-02-01T00:00:00Z;u;t\r\n"), "{text}");
    assert_eq!(engine.export_folder(), Some(world.downloads()));
    engine.shutdown().await;
}

#[tokio::test]
async fn what_is_refused_or_no_export_leaves_no_file() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    for (said, kind) in [
        (Said::problem(404, "not-found", None), IpcErrorKind::NotFound),
        (Said::problem(400, "bad-request", Some("records are kept for 180 days")), IpcErrorKind::Invalid),
        (csv("<!doctype html><p>Sign in to the guests' network</p>\n"), IpcErrorKind::NotAService),
        (csv(&HEAD[..HEAD.len() - 2]), IpcErrorKind::Offline),
        (csv(&format!("{HEAD}{RECORD}Role,\"Nacht")), IpcErrorKind::Offline),
        (csv(""), IpcErrorKind::Offline),
    ] {
        world.scene().says("GET audit/export", said);
        assert_eq!(engine.export_audit(range()).await.unwrap_err().kind, kind);
        assert_eq!(names(&world), Vec::<String>::new());
    }
    engine.shutdown().await;
}
