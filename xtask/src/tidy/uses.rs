//! The one-way rule between modules: which part of a crate names which other, and where an outside crate may be named.

/// The folders that are looked through.
pub(super) const FOLDERS: &[&str] = &["client/src", "model/src", "service/src", "src-tauri", "tests/src", "ui/src"];

/// Modules of a crate that must not be named from another one of the same crate: (sources, from, never).
const NEVER: &[(&str, &str, &[&str])] = &[
    ("ui/src", "pages", &["api"]),
    ("ui/src", "components", &["pages", "hooks", "api"]),
    ("ui/src", "hooks", &["pages", "components"]),
    ("ui/src", "api", &["pages", "components", "hooks"]),
    ("client/src", "session", &["app", "service", "cache", "sync"]),
    ("client/src", "service", &["app", "session", "cache", "sync"]),
    ("client/src", "cache", &["app", "session", "service", "sync"]),
    ("client/src", "sync", &["app", "session", "service", "cache"]),
    ("service/src", "store", &["http", "domain"]),
    ("service/src", "domain", &["http"]),
];
/// Outside crates that may be named in these places alone: where they are used, where their errors are taken in, and in tests that look
/// past the code into the tables.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tauri", &["src-tauri/"]),
    (
        "sqlx",
        &[
            "service/src/store",
            "service/src/error.rs",
            "service/src/domain/test_bed.rs",
            "service/src/domain/intake/oracle.rs",
            "service/src/domain/board/keeping/tests.rs",
            "service/src/domain/estate/tests.rs",
            "service/src/demo/tests.rs",
        ],
    ),
    ("rusqlite", &["client/src/cache", "client/src/error.rs", "tests/"]),
];

/// Checks one source file.
pub(super) fn check(file: &str, text: &str) -> Vec<String> {
    let code = without_comments_and_strings(text);
    let mut complaints = vec![];
    for (outside, places) in ONLY_IN {
        if !places.iter().any(|place| file.starts_with(place)) && names_crate(&code, outside) {
            complaints.push(format!("{file}: names `{outside}::`, which belongs in {} alone", places[0]));
        }
    }
    for (sources, from, never) in NEVER {
        let Some(inside) = file.strip_prefix(sources).and_then(|rest| rest.strip_prefix('/')) else { continue };
        let path: Vec<&str> = inside.trim_end_matches(".rs").split('/').filter(|part| *part != "mod").collect();
        if path.first() != Some(from) {
            continue;
        }
        for module in named_modules(&code, path.len()) {
            if never.contains(&module.as_str()) {
                complaints.push(format!("{file}: `{from}` must not name `{module}` of the same crate"));
            }
        }
    }
    complaints.sort();
    complaints.dedup();
    complaints
}

/// Whether `name::` appears as the start of a path.
fn names_crate(code: &str, name: &str) -> bool {
    let wanted = format!("{name}::");
    code.match_indices(&wanted)
        .any(|(start, _)| !code[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':'))
}

/// The crate's top-level modules that are named by `crate::…`, or by as many `super::` as lead up to the crate.
fn named_modules(code: &str, depth: usize) -> Vec<String> {
    let mut roots = vec!["crate::".to_owned(), "super::".repeat(depth)];
    // A module inside the file, `tests` above all, lies one level deeper.
    roots.push("super::".repeat(depth + 1));
    let mut found = vec![];
    for root in roots {
        for (start, _) in code.match_indices(&root) {
            let before = code[..start].chars().next_back();
            if before.is_none_or(|before| !before.is_alphanumeric() && before != '_' && before != ':') {
                found.extend(heads(&code[start + root.len()..]));
            }
        }
    }
    found
}

/// The first names of a path, or of each path in braces.
fn heads(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![head(path)] };
    let mut depth = 0;
    let mut found = vec![];
    let mut start = 0;
    for (place, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(head(group[start..place].trim_start()));
                start = place + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

fn head(path: &str) -> String {
    path.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

/// The code alone; what is left out becomes a space, line breaks stay.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(end) = raw_string(rest) {
            end
        } else if character == '"' {
            string_end(rest)
        } else if let Some(end) = character_literal(rest) {
            end
        } else {
            code.push(character);
            rest = &rest[character.len_utf8()..];
            continue;
        };
        code.push(' ');
        code.extend(rest[..skipped].chars().filter(|character| *character == '\n'));
        rest = &rest[skipped..];
    }
    code
}

/// Where a string literal that starts here ends.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (place, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('r')?;
    let hashes = rest.chars().take_while(|character| *character == '#').count();
    let body = rest[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let start = 1 + hashes + 1;
    Some(body.find(&close).map_or(text.len(), |end| start + end + close.len()))
}

/// A character literal, as against a lifetime.
fn character_literal(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    (characters.next()?.1 == '\'').then_some(())?;
    let (_, first) = characters.next()?;
    if first == '\\' {
        return text[2..].char_indices().skip(1).find(|(_, character)| *character == '\'').map(|(place, _)| place + 3);
    }
    let (place, second) = characters.next()?;
    (second == '\'').then_some(place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_against_the_rule_is_found_however_it_is_written() {
        let page = "ui/src/pages/incidents/view_model.rs";
        for bad in [
            "use crate::api::invoke;",
            "use crate::{components::Button, api};",
            "use crate::{hooks::{a, b}, api::{invoke}};",
            "fn f() { crate::api::invoke() }",
            "use super::super::super::api::invoke;",
            "mod tests { use super::super::super::super::api::x; }",
        ] {
            assert_eq!(check(page, bad), [format!("{page}: `pages` must not name `api` of the same crate")], "{bad}");
        }
        assert_eq!(check("service/src/store/rooms.rs", "use crate::http::State;").len(), 1);
        assert_eq!(check("client/src/cache/mod.rs", "use crate::app::Engine;").len(), 1);
    }

    #[test]
    fn a_use_with_the_rule_is_fine() {
        let page = "ui/src/pages/incidents/mod.rs";
        for good in [
            "use crate::{components::Button, hooks::use_incidents};",
            "use tenantry_model::api::IncidentTab;",
            "// use crate::api::invoke;",
            r#"let text = "crate::api::invoke";"#,
            "use crate::hooks::api_of;",
            "use super::api_of;",
        ] {
            assert_eq!(check(page, good), Vec::<String>::new(), "{good}");
        }
        assert!(check("ui/src/hooks/mod.rs", "use crate::api::invoke;").is_empty());
    }

    #[test]
    fn an_outside_crate_in_the_wrong_place_is_found() {
        assert_eq!(check("client/src/app/mod.rs", "tauri::Builder::new()").len(), 1);
        assert_eq!(check("service/src/http/rooms/list.rs", "use sqlx::Row;").len(), 1);
        assert!(check("service/src/store/rooms.rs", "use sqlx::Row;").is_empty());
        assert!(check("src-tauri/lib.rs", "tauri::Builder::new()").is_empty());
        assert!(check("client/src/app/mod.rs", "my_tauri::x(); /* tauri::y */").is_empty());
    }

    #[test]
    fn literals_are_told_from_lifetimes() {
        assert_eq!(without_comments_and_strings("let a: &'static str = \"x\";"), "let a: &'static str =  ;");
        assert_eq!(without_comments_and_strings("('\"', '\\'', 'a')"), "( ,  ,  )");
        assert_eq!(without_comments_and_strings("r#\"a \" b\"# + c"), "  + c");
    }
}
