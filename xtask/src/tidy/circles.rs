//! Folders in which no file may name another one that leads back to it, and pages, which name no other page at all.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::modules::Edges;

/// Root file of the crate, and a folder of it. Tests do not count: they look at what they stand beside.
pub(super) const FOLDERS: &[(&str, &str)] = &[
    ("service/src/lib.rs", "service/src/domain/"),
    ("service/src/lib.rs", "service/src/store/"),
    ("client/src/lib.rs", "client/src/app/"),
];
/// Where pages lie, one folder or file each.
pub(super) const PAGES: (&str, &str) = ("ui/src/lib.rs", "ui/src/pages/");

/// Checks a folder: complains of one circle, the shortest, in every set of files that lead to each other.
pub(super) fn check(folder: &str, edges: &Edges) -> Vec<String> {
    let mut graph: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let inside = edges.iter().filter(|((from, to), edge)| !edge.is_test && from.starts_with(folder) && to.starts_with(folder));
    for ((from, to), edge) in inside {
        graph.entry(from).or_default().insert(to, &edge.path);
    }
    let mut circles: Vec<Vec<&str>> = graph.keys().filter_map(|file| shortest_circle(&graph, file)).collect();
    circles.sort_by_key(Vec::len);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut complaints = vec![];
    for circle in circles {
        if circle.iter().any(|file| seen.contains(file)) {
            continue;
        }
        let mut text = format!("{folder}: files in a circle: {}", circle[0]);
        for (from, to) in circle.iter().zip(circle.iter().cycle().skip(1)) {
            text += &format!(" -> {to} ({})", graph[from][to]);
        }
        complaints.push(text);
        seen.extend(circle);
    }
    complaints
}

/// The shortest way from a file back to itself, beginning with it.
fn shortest_circle<'a>(graph: &BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for next in graph.get(at).into_iter().flat_map(BTreeMap::keys) {
            if *next == start {
                let mut way = vec![at];
                while let Some(earlier) = before.get(way[way.len() - 1]) {
                    way.push(earlier);
                }
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(next) {
                before.insert(next, at);
                open.push_back(next);
            }
        }
    }
    None
}

/// Complains of every page that names another page.
pub(super) fn check_pages(pages: &str, edges: &Edges) -> Vec<String> {
    let pairs = edges.iter().filter_map(|((from, to), edge)| Some((from, edge, page(pages, from)?, page(pages, to)?)));
    let wrong = pairs.filter(|(_, _, from, to)| from != to);
    wrong.map(|(file, edge, from, to)| format!("{file}: the page `{from}` must not name the page `{to}` ({})", edge.path)).collect()
}

/// The page that a file belongs to.
fn page<'a>(pages: &str, file: &'a str) -> Option<&'a str> {
    let below = file.strip_prefix(pages).filter(|below| *below != "mod.rs")?;
    Some(below.split_once('/').map_or_else(|| below.trim_end_matches(".rs"), |(folder, _)| folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::modules::tests::made_up;

    const ROOT: (&str, &str) = ("s/lib.rs", "mod d; mod e;");

    #[test]
    fn a_circle_is_named_file_by_file_and_the_shortest_counts() {
        let files = [
            ROOT,
            ("s/e.rs", "pub struct E; use crate::d::a::A;"),
            ("s/d/mod.rs", "pub mod a; mod b; mod c; pub use c::C;"),
            ("s/d/a.rs", "pub struct A; use super::b::B; use crate::e::E;"),
            ("s/d/b.rs", "pub struct B; fn f() { crate::d::C::new() }"),
            ("s/d/c.rs", "pub struct C; use super::a::A; use super::b::B;"),
        ];
        assert_eq!(
            check("s/d/", &made_up(&files).edges()),
            ["s/d/: files in a circle: s/d/b.rs -> s/d/c.rs (crate::d::C::new) -> s/d/b.rs (super::b::B)"]
        );
    }

    #[test]
    fn contents_pages_and_tests_close_no_circle() {
        let files = [
            ROOT,
            ("s/e.rs", ""),
            ("s/d/mod.rs", "mod a; mod b; pub use a::A; pub use b::B;"),
            ("s/d/a.rs", "pub struct A; use super::B;"),
            ("s/d/b.rs", "pub struct B; #[cfg(test)] mod tests { use super::*; use crate::d::A; }"),
        ];
        assert_eq!(check("s/d/", &made_up(&files).edges()), Vec::<String>::new());
    }

    #[test]
    fn a_page_that_names_another_page_is_found() {
        let files = [
            ("u/lib.rs", "mod pages;"),
            ("u/pages/mod.rs", "mod home; mod rooms; pub use rooms::Rooms; pub struct Route;"),
            ("u/pages/home.rs", "use super::Rooms; use super::Route;"),
            ("u/pages/rooms/mod.rs", "mod row; pub struct Rooms; use row::Row; use crate::pages::Route;"),
            ("u/pages/rooms/row.rs", "pub struct Row; use super::Rooms; fn f() { html! { <super::super::home::X /> } }"),
        ];
        assert_eq!(
            check_pages("u/pages/", &made_up(&files).edges()),
            [
                "u/pages/home.rs: the page `home` must not name the page `rooms` (super::Rooms)",
                "u/pages/rooms/row.rs: the page `rooms` must not name the page `home` (super::super::home::X)"
            ]
        );
    }
}
