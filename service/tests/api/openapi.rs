//! docs/openapi.json is what the service says of itself.

use std::path::Path;

use tenantry_model::audit::AuditCategory;
use tenantry_model::incident::IncidentStatus;
use tenantry_model::tenancy::PortalRole;
use tenantry_service::http::openapi;

/// Write it anew with `cargo run -p tenantry-service -- openapi > docs/openapi.json`.
#[test]
fn the_document_in_the_repository_is_the_one_of_this_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    let present = openapi().to_pretty_json().unwrap();
    assert!(
        written.trim_end() == present.trim_end(),
        "docs/openapi.json is not up to date: cargo run -p tenantry-service -- openapi > docs/openapi.json"
    );
}

#[test]
fn every_operation_says_who_may_call_it_and_is_documented() {
    let document: serde_json::Value = serde_json::to_value(openapi()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
            assert_eq!(operation["security"].is_array(), path.starts_with("/v1"), "{method} {path}");
        }
    }
}

#[test]
fn the_words_of_enumerations_are_those_that_travel() {
    let document: serde_json::Value = serde_json::to_value(openapi()).unwrap();
    let words = |schema: &str| document["components"]["schemas"][schema]["enum"].clone();
    assert_eq!(words("IncidentStatus"), serde_json::to_value(IncidentStatus::ALL).unwrap());
    assert_eq!(words("PortalRole"), serde_json::to_value(PortalRole::ALL).unwrap());
    assert_eq!(words("AuditCategory"), serde_json::to_value(AuditCategory::ALL).unwrap());
}
