//! What Schemathesis is told: who calls what, what is there, and where a check asks for what no schema can say.

/// Who calls. Each operation is asked for by whoever gets the most from it.
#[derive(Clone)]
pub(crate) struct Callers {
    /// A Primary admin of every customer, at a partner.
    pub(crate) partner: String,
    /// Administers a customer.
    pub(crate) customer: String,
    pub(crate) enrolment_key: String,
    pub(crate) room_key: String,
}

/// One of each, all of one customer.
pub(crate) struct Examples {
    pub(crate) customer: String,
    pub(crate) partner: String,
    pub(crate) principal: String,
    pub(crate) role: String,
    pub(crate) assignment: String,
    pub(crate) room: String,
    pub(crate) group: String,
    pub(crate) ring: String,
    pub(crate) number: String,
    pub(crate) attachment: String,
}

/// What a name, a domain or a cursor must be beyond its schema, a precondition, and what only the present state decides.
const REFUSED_FOR_ITS_CONTENT: &str = r#"["2xx", 400, 401, 403, 404, 409, 410, 412, 429]"#;

/// How to read a body of lines: its schema is that of them all.
pub(crate) const HOOKS: &str = r#"import json
import schemathesis


@schemathesis.deserializer("application/x-ndjson")
def lines(context, response):
    return [json.loads(line) for line in response.content.splitlines()]
"#;

/// The settings, as a file.
pub(crate) fn written(callers: &Callers, examples: &Examples) -> String {
    let Callers { partner, customer, enrolment_key, room_key } = callers;
    let mut text = format!(
        r#"hooks = "hooks.py"
rate-limit = "58/s"
headers = {{ Authorization = "Bearer {partner}" }}
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 412, 429]
[checks.missing_required_header]
expected-statuses = [400, 401, 404, 428]
[[operations]]
include-path = "/v1/events"
enabled = false
"#
    );
    for (paths, token) in [
        ("^/v1/(partners|change-requests|audit)", customer),
        ("^/v1/agent/enrol$", enrolment_key),
        ("^/v1/agent/(signals|events|updates|usage)$", room_key),
    ] {
        text += &format!("[[operations]]\ninclude-path-regex = \"{paths}\"\nheaders = {{ Authorization = \"Bearer {token}\" }}\n");
    }
    let Examples { customer, partner, principal, role, assignment, room, group, ring, number, attachment } = examples;
    for (name, value) in [
        ("customer", customer),
        ("partner", partner),
        ("principal", principal),
        ("role", role),
        ("assignment", assignment),
        ("room", room),
        ("group", group),
        ("ring", ring),
        ("number", number),
        ("attachment", attachment),
    ] {
        text += &format!(
            "[dictionaries.{name}]\nvalues = [\"{value}\"]\n[parameters.\"path.{name}\"]\ndictionary = \"{name}\"\nprobability = 0.8\n"
        );
    }
    // Lists take cursors of their own alone, the log days of the last 180, reports those of the last 90; names have rules that no pattern says.
    text += &format!(
        "[[operations]]\ninclude-path-regex = \"(incidents|rooms|groups|tenants|audit|export|sync|events|waiting-requests|reports/[a-z]*)$\"\n[operations.checks.positive_data_acceptance]\n\
         expected-statuses = {REFUSED_FOR_ITS_CONTENT}\n"
    );
    text += &format!(
        "[[operations]]\ninclude-method = [\"POST\", \"PATCH\"]\n[operations.checks.positive_data_acceptance]\nexpected-statuses = {REFUSED_FOR_ITS_CONTENT}\n"
    );
    // Reasons are texts, a peripheral is one's of a signal, and a whole number may be written with a point.
    text += &format!(
        "[[operations]]\ninclude-path-regex = \"(snooze|suppression|read-marks|views/[^/]*)$\"\n[operations.checks.positive_data_acceptance]\n\
         expected-statuses = {REFUSED_FOR_ITS_CONTENT}\n"
    );
    text
}
