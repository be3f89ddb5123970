//! docs/openapi.json is what the service says of itself.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;
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

fn document() -> Value {
    serde_json::to_value(openapi()).unwrap()
}

/// Every operation, by path and method.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, methods)| methods.as_object().unwrap().iter().map(move |(method, it)| (path.as_str(), method.as_str(), it)))
}

/// What a reference leads to.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> Option<&'a Value> {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#')?),
        None => Some(value),
    }
}

/// Calls `look` with every object of `value`, also of what it refers to.
fn walk<'a>(document: &'a Value, value: &'a Value, seen: &mut HashSet<&'a str>, look: &mut dyn FnMut(&'a Value)) {
    if let Some(reference) = value["$ref"].as_str() {
        if seen.insert(reference) {
            walk(document, resolved(document, value).unwrap_or_else(|| panic!("{reference} leads nowhere")), seen, look);
        }
        return;
    }
    match value {
        Value::Object(members) => {
            look(value);
            members.values().for_each(|member| walk(document, member, seen, look));
        }
        Value::Array(values) => values.iter().for_each(|value| walk(document, value, seen, look)),
        _ => {}
    }
}

#[test]
fn fault_22_every_reference_leads_somewhere() {
    let document = document();
    let mut objects = 0;
    walk(&document, &document, &mut HashSet::new(), &mut |_| objects += 1);
    assert!(objects > 1_000);
}

#[test]
fn fault_22_every_operation_says_what_is_answered_before_its_handler() {
    let document = document();
    for (path, method, operation) in operations(&document) {
        let mut expected = vec!["400", "413", "500", "504"];
        let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let has = |place: &str, name: &str| parameters.iter().any(|it| it["in"] == place && (name.is_empty() || it["name"] == name));
        let scheme = operation["security"].as_array().into_iter().flatten().next();
        for (when, statuses) in [
            (path != "/healthz", &["429", "503"][..]),
            (scheme.is_some(), &["401"]),
            (scheme.is_some_and(|scheme| scheme["user"].is_array()), &["403"]),
            (operation["requestBody"].is_object(), &["408", "415"]),
            (has("path", ""), &["404"]),
            (has("header", "If-Match"), &["412", "428"]),
            (has("header", "Idempotency-Key") || has("header", "Tenantry-Customer"), &["409"]),
        ] {
            expected.extend(if when { statuses } else { &[] });
        }
        for status in expected {
            let response = resolved(&document, &operation["responses"][status]).unwrap_or(&Value::Null);
            assert!(response.is_object(), "{method} {path} does not say that it may answer {status}");
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            let response = resolved(&document, response).unwrap();
            assert!(response["headers"]["X-Request-Id"].is_object(), "{method} {path} {status}");
            if status.as_str() >= "400" {
                let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{method} {path} {status}");
            }
        }
    }
}

/// A query string and a header hold text: `null` would be the word.
#[test]
fn fault_22_no_parameter_may_be_null() {
    let document = document();
    for (path, method, operation) in operations(&document) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            walk(&document, &parameter["schema"], &mut HashSet::new(), &mut |schema| {
                let kinds = [&schema["type"]].into_iter().chain(schema["type"].as_array().into_iter().flatten());
                assert!(kinds.into_iter().all(|kind| kind != "null"), "{method} {path}: {}", parameter["name"]);
            });
        }
    }
}

/// As the service reads them: an unknown member is refused, however deep it lies.
#[test]
fn fault_22_bodies_say_that_they_take_no_unknown_members() {
    let document = document();
    let mut objects = 0;
    for (path, method, operation) in operations(&document) {
        walk(&document, &operation["requestBody"]["content"], &mut HashSet::new(), &mut |schema| {
            if schema["type"] == "object" {
                objects += 1;
                // Or, as a map, names those that it knows.
                let is_closed = schema["additionalProperties"] == false || schema["propertyNames"].is_object();
                assert!(is_closed, "{method} {path}: {schema}");
            }
        });
    }
    assert!(objects > 10);
}
