//! Where the database's engine is named, and where SQL stands in tests.

use std::collections::BTreeMap;

use super::source::Module;

/// The sources in which only some places name the engine: (sources, those places).
const ENGINE: &[(&str, &[&str])] = &[("service/src/", &["service/src/store/db"]), ("client/src/", &["client/src/db"])];

/// Folders that are tests as a whole; in other sources, what is compiled for tests alone.
pub(super) const TEST_FOLDERS: &[&str] = &["service/tests", "client/tests", "tests"];
/// Sources whose own tests may speak SQL, because they do.
const SPEAKS_SQL: &[&str] = &["service/src/store/", "client/src/cache/", "client/src/outbox/", "client/src/db"];
/// Test files with SQL of their own, and why. All others go through the store or the API.
const RAW_SQL: &[(&str, &str)] = &[
    ("service/tests/api/audit/program.rs", "spoils the log"),
    ("service/tests/api/audit/tampering.rs", "spoils the log"),
    ("service/tests/api/open_incident_index.rs", "puts an older state of the tables in place, as a restored backup does"),
    ("service/tests/api/power_loss/mod.rs", "asks the engine whether a file is sound"),
    ("service/tests/api/store/transactions.rs", "spoils rows, to see what the store makes of them"),
    ("tests/src/bin/bench/floor.rs", "the bare database that ours is measured against"),
    ("tests/src/pages.rs", "a file of its own, to see that erased rows would be found"),
    ("tests/tests/stories/cache_file.rs", "spoils the file"),
];
/// How a statement begins.
const STATEMENTS: &[&[&str]] = &[
    &["SELECT"],
    &["INSERT", "INTO"],
    &["INSERT", "OR"],
    &["UPDATE"],
    &["DELETE", "FROM"],
    &["PRAGMA"],
    &["CREATE", "TABLE"],
    &["CREATE", "INDEX"],
    &["ALTER", "TABLE"],
    &["DROP", "TABLE"],
];

/// Checks that a file outside of those places does not name the engine, not even in a comment.
pub(super) fn check_engine(file: &str, text: &str) -> Vec<String> {
    let is_free = |(sources, places): &&(&str, &[&str])| file.starts_with(sources) && !places.iter().any(|place| file.starts_with(place));
    let Some((_, places)) = ENGINE.iter().find(is_free) else { return vec![] };
    let lines = text.lines().zip(1..).filter(|(line, _)| line.to_ascii_lowercase().contains("sqlite"));
    let complaint = |number: i32| format!("{file}:{number}: names SQLite, which belongs in {} alone", places[0]);
    lines.map(|(_, number)| complaint(number)).collect()
}

/// Checks the statements in the tests of each file: there are none but for a reason, and no reason without them.
pub(super) fn check_raw_sql(statements: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
    let mut complaints = vec![];
    for (file, statements) in statements.iter().filter(|(file, _)| !RAW_SQL.iter().any(|(allowed, _)| allowed == *file)) {
        let short = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect::<String>();
        let complaint = |text| format!("{file}: a test that speaks SQL (`{}`): go through the store or the API", short(text));
        complaints.extend(statements.iter().map(complaint));
    }
    let idle = RAW_SQL.iter().filter(|(file, _)| statements.get(file).is_none_or(Vec::is_empty));
    complaints.extend(idle.map(|(file, _)| format!("xtask/src/tidy/words.rs: {file} speaks no SQL and needs no reason")));
    complaints
}

/// The statements in the tests of a file; `is_test` says whether that is all of it.
pub(super) fn statements(file: &str, is_test: bool, source: &Module) -> Vec<String> {
    if SPEAKS_SQL.iter().any(|place| file.starts_with(place)) {
        return vec![];
    }
    let is_test = is_test || TEST_FOLDERS.iter().any(|tests| file.starts_with(&format!("{tests}/")));
    let modules = source.all();
    let strings = modules.iter().flat_map(|(_, module)| &module.strings);
    strings.filter(|literal| (is_test || literal.is_test) && is_statement(&literal.text)).map(|literal| literal.text.clone()).collect()
}

fn is_statement(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    words.len() > 1 && STATEMENTS.iter().any(|statement| words.starts_with(statement))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::parse;

    #[test]
    fn the_engine_is_named_in_its_places_alone() {
        let named = "use x;\n/// As SQLite does it.\nstruct SqliteThing;";
        assert_eq!(check_engine("service/src/http/mod.rs", named).len(), 2);
        assert_eq!(check_engine("client/src/cache/list.rs", named).len(), 2);
        assert_eq!(
            check_engine("service/src/store/rooms.rs", "// sqlite")[0],
            "service/src/store/rooms.rs:1: names SQLite, which belongs in service/src/store/db alone"
        );
        for place in ["service/src/store/db/pool.rs", "client/src/db/open.rs", "tests/src/bin/bench/floor.rs"] {
            assert!(check_engine(place, named).is_empty(), "{place}");
        }
    }

    fn count(file: &str, is_test: bool, text: &str) -> usize {
        statements(file, is_test, &parse(text).unwrap()).len()
    }

    #[test]
    fn sql_in_a_test_is_found() {
        let text = r#"fn f() { run!(tx, "INSERT INTO tenants (id) VALUES ($1)", id); query("  SELECT 1").x(); }"#;
        assert_eq!(count("service/tests/api/lists.rs", false, text), 2);
        assert_eq!(count("service/src/demo/tests.rs", true, text), 2);
        assert_eq!(count("service/src/demo/seed.rs", false, text), 0, "this is the code itself, which other checks look at");
        let inside = r#"#[cfg(test)] mod tests { const A: &str = "DELETE FROM changes"; }"#;
        assert_eq!(count("service/src/domain/sync/mod.rs", false, inside), 1);
        assert_eq!(count("service/src/store/rooms.rs", false, inside), 0);
        let found = BTreeMap::from([("service/tests/api/lists.rs", vec!["SELECT  1".to_owned()])]);
        let complaint = "service/tests/api/lists.rs: a test that speaks SQL (`SELECT 1`): go through the store or the API";
        assert!(check_raw_sql(&found).contains(&complaint.to_owned()));
    }

    #[test]
    fn each_file_with_a_reason_speaks_sql_and_no_other_does() {
        let spoken = |(file, _): &(&'static str, &str)| (*file, vec!["SELECT 1".to_owned()]);
        let mut found: BTreeMap<&str, Vec<String>> = RAW_SQL.iter().map(spoken).collect();
        assert!(check_raw_sql(&found).is_empty());
        found.insert(RAW_SQL[0].0, vec![]);
        assert_eq!(check_raw_sql(&found), [format!("xtask/src/tidy/words.rs: {} speaks no SQL and needs no reason", RAW_SQL[0].0)]);
    }

    #[test]
    fn what_only_looks_like_sql_is_fine() {
        let text = r#"fn f() { a("SELECT"); b("Update available"); c("select a customer"); d("GET /v1/x"); }"#;
        assert_eq!(count("service/tests/api/lists.rs", false, text), 0);
    }
}
