//! The one-way rule between modules: which part of a crate names which other, and where an outside crate may be named.

use super::modules::Modules;
use super::source::Module;

/// The root files of our crates whose modules have an order.
pub(super) const ROOTS: &[&str] = &["client/src/lib.rs", "service/src/lib.rs", "ui/src/lib.rs"];
/// The folders that are looked through.
pub(super) const FOLDERS: &[&str] = &["client/src", "model/src", "service/src", "src-tauri", "tests/src", "ui/src"];

/// Modules of a crate that must not be named from another one of the same crate: (sources, from, never).
const NEVER: &[(&str, &str, &[&str])] = &[
    ("ui/src", "pages", &["api"]),
    ("ui/src", "domain_view", &["pages", "api"]),
    ("ui/src", "components", &["pages", "domain_view", "hooks", "api"]),
    ("ui/src", "hooks", &["pages", "domain_view", "components"]),
    ("ui/src", "api", &["pages", "domain_view", "components", "hooks"]),
    ("client/src", "session", &["app", "service", "cache", "outbox", "sync"]),
    ("client/src", "service", &["app", "session", "cache", "outbox", "sync"]),
    ("client/src", "cache", &["app", "session", "service", "outbox", "sync"]),
    ("client/src", "outbox", &["app", "session", "service", "cache", "sync"]),
    ("client/src", "db", &["app", "session", "service", "cache", "outbox", "sync"]),
    ("client/src", "sync", &["app", "session", "service", "cache", "outbox"]),
    ("service/src", "store", &["http", "domain"]),
    ("service/src", "domain", &["http"]),
];
/// The engine of the service's database: what speaks to it is the store, and tests that are named in `words.rs`.
const ENGINE: (&str, &[&str]) = ("service/src", &["store", "db"]);
/// Outside crates that may be named in these places alone.
const ONLY_IN: &[(&str, &[&str])] =
    &[("tauri", &["src-tauri/"]), ("sqlx", &["service/src/store/", "service/src/error.rs"]), ("rusqlite", &["client/src/db", "tests/"])];

/// Checks the crates from outside that a source file names.
pub(super) fn check_outside(file: &str, source: &Module) -> Vec<String> {
    let mut complaints = vec![];
    for (outside, places) in ONLY_IN.iter().filter(|(_, places)| !places.iter().any(|place| file.starts_with(place))) {
        let names = |path: &[String]| path.first().is_some_and(|first| first == outside);
        let is_named = source.all().iter().any(|(_, module)| {
            module.imports.iter().any(|import| names(&import.path))
                || module.paths.iter().any(|named| named.path.len() > 1 && names(&named.path))
        });
        if is_named {
            complaints.push(format!("{file}: names `{outside}::`, which belongs in {} alone", places[0]));
        }
    }
    complaints
}

/// Checks which modules of a crate name which others.
pub(super) fn check_order(modules: &Modules<'_>) -> Vec<String> {
    let mut complaints = vec![];
    for (path, file, module) in modules.all() {
        let Some((_, from, never)) = NEVER.iter().find(|(sources, from, _)| {
            file.strip_prefix(sources).is_some_and(|rest| rest.starts_with('/')) && path.first().is_some_and(|first| first == from)
        }) else {
            continue;
        };
        let paths = module.imports.iter().map(|import| &import.path).chain(module.paths.iter().map(|named| &named.path));
        let heads = paths.filter_map(|named| Modules::absolute(path, named)?.into_iter().next());
        let wrong = heads.filter(|head| never.contains(&head.as_str()));
        complaints.extend(wrong.map(|head| format!("{file}: `{from}` must not name `{head}` of the same crate")));
    }
    complaints.extend(check_statements(modules));
    complaints.sort();
    complaints.dedup();
    complaints
}

/// Checks that nothing beside the store reaches for its database.
fn check_statements(modules: &Modules<'_>) -> Vec<String> {
    let (sources, engine) = ENGINE;
    let test_files: Vec<String> = modules.test_files().collect();
    let mut complaints = vec![];
    for (path, file, module) in
        modules.all().filter(|(path, file, _)| file.starts_with(sources) && path.first().is_none_or(|it| it != engine[0]))
    {
        let imports = module.imports.iter().map(|import| (&import.path, import.is_test));
        let paths = module.paths.iter().map(|named| (&named.path, named.is_test));
        for (named, is_test) in imports.chain(paths) {
            let is_engine =
                Modules::absolute(path, named).is_some_and(|named| named.iter().map(String::as_str).take(2).eq(engine.iter().copied()));
            if is_engine && !is_test && !test_files.iter().any(|test| test == file) {
                complaints.push(format!("{file}: names `store::db`, which belongs in the store alone"));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::modules::tests::made_up;
    use crate::tidy::source::parse;

    fn order_of(sources: &str, module: &str, text: &str) -> Vec<String> {
        let [first, folder, last] = module.split('/').collect::<Vec<_>>()[..] else { panic!("{module}") };
        let files = [
            (format!("{sources}/lib.rs"), format!("mod {first};")),
            (format!("{sources}/{first}/mod.rs"), format!("mod {folder};")),
            (format!("{sources}/{first}/{folder}/mod.rs"), format!("mod {last};")),
            (format!("{sources}/{module}.rs"), text.to_owned()),
        ];
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        check_order(&made_up(&files))
    }

    fn outside(file: &str, text: &str) -> Vec<String> {
        check_outside(file, &parse(text).unwrap())
    }

    #[test]
    fn a_use_against_the_rule_is_found_however_it_is_written() {
        for bad in [
            "use crate::api::invoke;",
            "use crate::{components::Button, api};",
            "use crate::{hooks::{a, b}, api::{invoke}};",
            "fn f() { crate::api::invoke() }",
            "use super::super::super::api::invoke;",
            "mod tests { use super::super::super::super::api::x; }",
            "fn f() -> Html { html! { <p>{ crate::api::invoke() }</p> } }",
        ] {
            let found = order_of("ui/src", "pages/incidents/view_model", bad);
            assert_eq!(found, ["ui/src/pages/incidents/view_model.rs: `pages` must not name `api` of the same crate"], "{bad}");
        }
        assert_eq!(order_of("service/src", "store/rooms/find", "use crate::http::State;").len(), 1);
        assert_eq!(order_of("client/src", "cache/list/page", "use crate::app::Engine;").len(), 1);
        assert_eq!(order_of("ui/src", "domain_view/pickers/people", "use crate::pages::Route;").len(), 1);
    }

    #[test]
    fn statements_belong_to_the_store() {
        for bad in ["use crate::store::db;", "fn f() { crate::store::db::query(x) }", "use crate::store::{Conn, db::query};"] {
            assert_eq!(order_of("service/src", "domain/roles/write", bad).len(), 1, "{bad}");
        }
        assert!(order_of("service/src", "store/rooms/find", "use crate::store::db;").is_empty());
        assert!(
            order_of("service/src", "domain/roles/write", "use crate::store::Conn; #[cfg(test)] mod tests { use crate::store::db; }")
                .is_empty()
        );
    }

    #[test]
    fn a_use_with_the_rule_is_fine() {
        for good in [
            "use crate::{components::Button, domain_view::Badge, hooks::use_incidents};",
            "use tenantry_model::api::IncidentTab;",
            "// use crate::api::invoke;",
            r#"const TEXT: &str = "crate::api::invoke";"#,
            "use crate::hooks::api_of;",
            "use super::api_of;",
        ] {
            assert_eq!(order_of("ui/src", "pages/incidents/row", good), Vec::<String>::new(), "{good}");
        }
        assert!(order_of("ui/src", "hooks/rows/read", "use crate::api::invoke;").is_empty());
    }

    #[test]
    fn an_outside_crate_in_the_wrong_place_is_found() {
        assert_eq!(outside("client/src/app/mod.rs", "fn f() { tauri::Builder::new() }").len(), 1);
        assert_eq!(outside("service/src/http/rooms/list.rs", "use sqlx::Row;").len(), 1);
        assert!(outside("service/src/store/db/query.rs", "use sqlx::Row;").is_empty());
        assert!(outside("src-tauri/lib.rs", "fn f() { tauri::Builder::new() }").is_empty());
        assert!(outside("client/src/app/mod.rs", "fn f() { my_tauri::x(); /* tauri::y */ }").is_empty());
    }
}
