//! What `boot.js` asks and hears before the program runs must be what the program asks and hears.

use serde::Serialize;
use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{
    Command, DataChanged, Event, GetApp, GetCustomer, IncidentQuery, IncidentScope, ListCustomers, ListIncidents, Navigate, OutboxChanged,
    RelationsChanged, SessionChanged, SyncChanged,
};

use crate::pages::incidents::View;
use crate::row_source::PAGE;
use crate::shell::summary;

const BOOT: &str = include_str!("../boot.js");

/// What a constant is there, as it is written.
fn constant(name: &str) -> &'static str {
    let (_, rest) = BOOT.split_once(&format!("const {name} = ")).unwrap();
    rest.split_once(";\n").unwrap().0
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn fault_9_18_the_first_rows_are_asked_for_as_the_program_asks() {
    let rows = IncidentQuery { limit: PAGE, ..View::default().query(IncidentScope::All, IncidentTab::Active) };
    // The texts are compared there, so the order of the fields counts.
    assert_eq!(constant("INCIDENTS").replacen("null", &json(&IncidentScope::All), 1), json(&rows));
    assert_eq!(constant("CUSTOMERS"), json(&summary()));
    for command in [GetApp::NAME, ListCustomers::NAME, GetCustomer::NAME, ListIncidents::NAME] {
        assert!(BOOT.contains(&format!("ask('{command}', ")), "{command}");
    }
}

#[test]
fn fault_9_18_the_scopes_are_written_as_the_program_writes_them() {
    let id = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23".parse().unwrap();
    let written = |scope: &str| scope.replace('\'', "\"").replace(' ', "").replace("scope:", "\"scope\":").replace("id:", "\"id\":");
    let (_, scopes) = BOOT.split_once("const scope = preferences.allTickets ? ").unwrap();
    let (all, one) = scopes.split_once(";\n").unwrap().0.split_once(" : ").unwrap();
    assert_eq!(written(all), json(&IncidentScope::All));
    assert_eq!(written(one).replace("preferences.customer", &json(&id)), json(&IncidentScope::Customer { id }));
}

#[test]
fn fault_9_18_what_happens_before_the_program_runs_is_heard() {
    let changes = [SessionChanged::NAME, SyncChanged::NAME, DataChanged::NAME, RelationsChanged::NAME, OutboxChanged::NAME];
    assert_eq!(constant("CHANGES").replace('\'', "\"").replace(' ', ""), json(&changes));
    assert_eq!(constant("NAVIGATE"), format!("'{}'", Navigate::NAME));
}
