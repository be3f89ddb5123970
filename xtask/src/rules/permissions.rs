//! What each permission opens: the table in docs/rules.md. That a route is allowed to who holds it, and refused to everybody else as if there were
//! nothing, is shown by the two matrix tests over every route and person, `service/tests/api/rights.rs` and `service/tests/api/write_requests.rs`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

struct Opens {
    permission: &'static str,
    /// As `METHOD /path`, without `/v1`.
    routes: &'static [&'static str],
    screens: &'static str,
}

const fn opens(permission: &'static str, routes: &'static [&'static str], screens: &'static str) -> Opens {
    Opens { permission, routes, screens }
}

/// All, in the order of the matrix.
const PERMISSIONS: &[Opens] = &[
    opens(
        "rooms.view",
        &[
            "GET /customers/{customer}/rooms",
            "GET /customers/{customer}/rooms/{room}",
            "GET /customers/{customer}/rooms/{room}/signals",
            "GET /sync",
        ],
        "Rooms, of one customer and of all, and a room's pane; rooms to choose from; names of devices in the search of incidents",
    ),
    opens(
        "rooms.modify",
        &[
            "PATCH /customers/{customer}/rooms/{room}",
            "PUT /customers/{customer}/rooms/{room}/suppression",
            "DELETE /customers/{customer}/rooms/{room}/suppression",
        ],
        "Edit and suppress, in a room's pane; a signal or a room, in an incident's; the customer may have to approve it (A18)",
    ),
    opens(
        "rooms.reset_key",
        &["GET /customers/{customer}/enrolment-keys", "POST /customers/{customer}/enrolment-keys/reset"],
        "Reset keys, in the settings of the customer, by its own users",
    ),
    opens(
        "rooms.download_key",
        &["GET /customers/{customer}/enrolment-keys", "POST /customers/{customer}/enrolment-keys"],
        "Download key, in the settings of the customer",
    ),
    opens("rooms.unenroll", &["DELETE /customers/{customer}/rooms/{room}/enrolment"], "Unenrol, in a room's pane"),
    opens(
        "rooms.create",
        &[
            "PUT /customers/{customer}/rooms/{room}/enrolment",
            "POST /customers/{customer}/waiting-rooms",
            "DELETE /customers/{customer}/waiting-rooms/{room}",
            "POST /customers/{customer}/waiting-rooms/{room}/key",
        ],
        "Enrol, in the pane of an onboarding room; create room, on the page of rooms, download its key and cancel it, in the pane of a room that waits for its device, by the customer's own users",
    ),
    opens(
        "groups.view",
        &[
            "GET /customers/{customer}/groups",
            "GET /customers/{customer}/groups/{group}",
            "GET /customers/{customer}/groups/{group}/rooms",
            "GET /customers/{customer}/rooms",
            "GET /customers/{customer}/rooms/{room}",
            "GET /sync",
        ],
        "Room groups, and a group's pane; the groups of a room: a column, a filter, the search of rooms, a fact in its pane; groups to choose from",
    ),
    opens(
        "groups.modify",
        &["PATCH /customers/{customer}/groups/{group}", "DELETE /customers/{customer}/groups/{group}"],
        "Rename, delete, add and remove rooms, in a group's pane",
    ),
    opens("groups.create", &["POST /customers/{customer}/groups"], "New room group, on the page of room groups"),
    opens(
        "rings.view",
        &[
            "GET /customers/{customer}/rings",
            "GET /customers/{customer}/updates",
            "GET /customers/{customer}/updates/{update}",
            "GET /customers/{customer}/rooms/{room}/updates",
            "GET /customers/{customer}/rooms",
            "GET /customers/{customer}/rooms/{room}",
            "GET /sync",
        ],
        "Updates with where they stand in each ring, an update's pane, and the updates of a room; update rings, and a ring's pane; the ring of a room: a column, a filter, the search of rooms, a fact in its pane",
    ),
    opens(
        "rings.modify",
        &[
            "POST /customers/{customer}/rings",
            "PATCH /customers/{customer}/rings/{ring}",
            "DELETE /customers/{customer}/rings/{ring}",
            "POST /customers/{customer}/rings/{ring}/rooms",
            "POST /customers/{customer}/updates/{update}/actions",
        ],
        "Add, edit and delete rings, and move rooms, on the page of update rings; change ring, in a room's pane; pause, resume, retry and force updates, in an update's and a room's pane; of a partner's the customer may have to approve it (A18, A21)",
    ),
    opens(
        "reports.view",
        &[
            "GET /customers/{customer}/reports/overview",
            "GET /customers/{customer}/reports/health",
            "GET /customers/{customer}/reports/usage",
            "GET /customers/{customer}/reports/rooms",
            "GET /customers/{customer}/reports/incidents",
        ],
        "Reports: overview, health and usage, as charts or tables, and their files",
    ),
    opens(
        "incidents.create",
        &["POST /customers/{customer}/incidents", "PATCH /customers/{customer}/incidents/{number}"],
        "Report an incident, from the list and from a room; rooms that an edit adds",
    ),
    opens(
        "tickets.view",
        &[
            "GET /incidents",
            "GET /customers/{customer}/incidents",
            "GET /customers/{customer}/incidents/{number}",
            "GET /customers/{customer}/incidents/{number}/attachments/{attachment}/content",
            "GET /customers/{customer}/rooms/{room}/signals",
            "GET /sync",
        ],
        "Incidents, of one customer and of all; an incident's pane with its attachments; a room's open incidents, and those of its signals",
    ),
    opens(
        "tickets.update",
        &[
            "POST /customers/{customer}/incidents/{number}/messages",
            "POST /customers/{customer}/incidents/{number}/attachments",
            "GET /customers/{customer}/incidents/{number}/attachments/{attachment}/upload",
            "PATCH /customers/{customer}/incidents/{number}/attachments/{attachment}/upload",
            "DELETE /customers/{customer}/incidents/{number}/attachments/{attachment}",
            "POST /customers/{customer}/incidents/{number}/close",
            "PATCH /customers/{customer}/incidents/{number}",
            "PUT /customers/{customer}/incidents/{number}/claim",
            "DELETE /customers/{customer}/incidents/{number}/claim",
            "PUT /customers/{customer}/incidents/{number}/snooze",
            "DELETE /customers/{customer}/incidents/{number}/snooze",
        ],
        "Write a message, add files, assign to the service and take back; claim, snooze, edit and close, in an incident's pane",
    ),
    opens(
        "settings.view",
        &["GET /customers/{customer}/settings", "GET /customers/{customer}/signals"],
        "Settings: name, domains, region, contacts and their mail; signals",
    ),
    opens(
        "settings.modify",
        &["PATCH /customers/{customer}/settings", "PATCH /customers/{customer}/signals"],
        "Contacts and their mail, and switching signals, in the settings, by the customer's own users",
    ),
    opens(
        "roles.view",
        &["GET /customers/{customer}/roles", "GET /customers/{customer}/roles/{role}", "GET /customers/{customer}/access"],
        "Roles, a role's pane, Access explorer",
    ),
    opens(
        "roles.modify",
        &[
            "POST /customers/{customer}/roles",
            "PATCH /customers/{customer}/roles/{role}",
            "DELETE /customers/{customer}/roles/{role}",
            "POST /customers/{customer}/roles/{role}/assignments",
            "PATCH /customers/{customer}/roles/{role}/assignments/{assignment}",
            "DELETE /customers/{customer}/roles/{role}/assignments/{assignment}",
            "POST /customers/{customer}/primary-admins",
            "DELETE /customers/{customer}/primary-admins/{principal}",
            "POST /plans/apply",
        ],
        "Forms of roles and assignments, Primary admins, one step for several customers",
    ),
];

pub(super) fn table() -> String {
    let open = PERMISSIONS.iter().filter(|it| !it.routes.is_empty()).count();
    let mut text = format!(
        "\n## What each permission opens\n\n\
         {open} of {} open something. That each route is allowed to who holds the permission, and refused to everybody else as if there were nothing,\n\
         is shown over every route and person by `service/tests/api/rights.rs` and `service/tests/api/write_requests.rs`.\n\n\
         | Permission | Routes under `/v1` | Screens |\n|---|---|---|\n",
        PERMISSIONS.len(),
    );
    for Opens { permission, routes, screens } in PERMISSIONS {
        let routes = routes.iter().map(|route| format!("`{route}`")).collect::<Vec<_>>().join("<br>");
        let (routes, screens) = if routes.is_empty() { ("nothing yet", "") } else { (routes.as_str(), *screens) };
        let _ = writeln!(text, "| `{permission}` | {routes} | {screens} |");
    }
    text
}

/// Permissions that the model has and this table lacks, or the other way round, and routes that the service's document does not have.
pub(super) fn complaints(project: &Project) -> Result<Vec<String>> {
    let read = |path: &str| fs::read_to_string(project.path(path)).with_context(|| format!("{path} cannot be read"));
    let document: serde_json::Value = serde_json::from_str(&read("docs/openapi.json")?).context("docs/openapi.json")?;
    let mut found = vec![];
    let (model, ours) = (declared(&read("model/src/permission.rs")?), PERMISSIONS.iter().map(|it| it.permission.to_owned()).collect());
    found.extend(
        model
            .symmetric_difference(&ours)
            .map(|it| format!("{it} stands in one of model/src/permission.rs and xtask/src/rules/permissions.rs")),
    );
    for (permission, route) in PERMISSIONS.iter().flat_map(|it| it.routes.iter().map(|route| (it.permission, *route))) {
        let known = route
            .split_once(' ')
            .is_some_and(|(method, path)| document["paths"][format!("/v1{path}")].get(method.to_lowercase()).is_some());
        if !known {
            found.push(format!("xtask/src/rules/permissions.rs: {permission}: docs/openapi.json has no {route}"));
        }
    }
    Ok(found)
}

/// The words of permissions in the model's source: they alone have a dot.
fn declared(source: &str) -> BTreeSet<String> {
    let words = source.lines().filter_map(|line| line.trim().split_once(" = \"")?.1.strip_suffix("\","));
    words.filter(|word| word.contains('.')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_model_are_found() {
        let source = "    RoomsView = \"rooms.view\",\n    Rooms = \"rooms\",\n    Permission = \"a permission\" {\n";
        assert_eq!(declared(source), BTreeSet::from(["rooms.view".to_owned()]));
        assert_eq!(PERMISSIONS.len(), 19);
    }
}
