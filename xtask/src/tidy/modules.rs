//! The modules of a crate, and in which file a path leads.

use std::collections::BTreeMap;

use super::source::{Import, Module};

/// Source files by name.
pub(super) type Sources = BTreeMap<String, Module>;

/// All modules of a crate. The first is the crate itself.
pub(super) struct Modules<'a> {
    nodes: Vec<Node<'a>>,
}

struct Node<'a> {
    path: Vec<String>,
    file: &'a str,
    is_test: bool,
    module: &'a Module,
    parent: Option<usize>,
    below: BTreeMap<&'a str, usize>,
    imports: BTreeMap<&'a str, &'a Import>,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Module(usize),
    /// Something in this module.
    Item(usize),
}

/// Which file names which other one of the same crate.
pub(super) type Edges = BTreeMap<(String, String), Edge>;

/// How a file names something in another one.
#[derive(Debug)]
pub(super) struct Edge {
    /// A path by which it is named.
    pub(super) path: String,
    /// Whether only tests name it.
    pub(super) is_test: bool,
}

impl<'a> Modules<'a> {
    /// Finds a crate's modules, from its root file on.
    pub(super) fn find(root: &str, sources: &'a Sources) -> Result<Self, String> {
        let mut modules = Self { nodes: vec![] };
        let (file, module) = sources.get_key_value(root).ok_or_else(|| format!("{root}: not there"))?;
        modules.place(None, "crate", file, false, module, sources)?;
        Ok(modules)
    }

    fn place(
        &mut self,
        parent: Option<usize>,
        name: &str,
        file: &'a str,
        is_test: bool,
        module: &'a Module,
        sources: &'a Sources,
    ) -> Result<usize, String> {
        let path = parent.map_or_else(Vec::new, |parent| [self.nodes[parent].path.as_slice(), &[name.to_owned()]].concat());
        let imports = module.imports.iter().map(|import| (import.name.as_str(), import)).collect();
        let at = self.nodes.len();
        self.nodes.push(Node { path, file, is_test, module, parent, below: BTreeMap::new(), imports });
        for (name, inner) in &module.inline {
            let below = self.place(Some(at), name, file, is_test, inner, sources)?;
            self.nodes[at].below.insert(name, below);
        }
        for declared in &module.declared {
            let candidates = match &declared.path {
                Some(named) => vec![format!("{}/{named}", folder(file))],
                None => {
                    let stem = format!("{}/{}", folder_of_children(file), declared.name);
                    vec![format!("{stem}.rs"), format!("{stem}/mod.rs")]
                }
            };
            let found = candidates.iter().find_map(|candidate| sources.get_key_value(candidate));
            let (found, inner) = found.ok_or_else(|| format!("{file}: `mod {};` has no file", declared.name))?;
            let below = self.place(Some(at), &declared.name, found, is_test || declared.is_test, inner, sources)?;
            self.nodes[at].below.insert(&declared.name, below);
        }
        Ok(at)
    }

    /// Every module: its path, its file, and what it says.
    pub(super) fn all(&self) -> impl Iterator<Item = (&[String], &str, &Module)> {
        self.nodes.iter().map(|node| (node.path.as_slice(), node.file, node.module))
    }

    /// Files that are compiled for tests alone.
    pub(super) fn test_files(&self) -> impl Iterator<Item = String> {
        self.nodes.iter().filter(|node| node.is_test).map(|node| node.file.to_owned())
    }

    /// A path that begins at `crate`, `self` or `super`, from the crate on; none for any other.
    pub(super) fn absolute(module: &[String], path: &[String]) -> Option<Vec<String>> {
        let mut base = match path.first()?.as_str() {
            "crate" => vec![],
            "self" => module.to_vec(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            _ => return None,
        };
        let mut rest = &path[1..];
        while rest.first().is_some_and(|part| part == "super") {
            base.pop()?;
            rest = &rest[1..];
        }
        base.extend(rest.iter().cloned());
        Some(base)
    }

    /// Which files name which others, by `use` and by path. A contents page that re-exports something does not name it, and whoever
    /// names the re-export names the file where it is defined.
    pub(super) fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let is_contents_page = node.file.ends_with("/mod.rs") || node.file.ends_with("/lib.rs");
            let imports = node.module.imports.iter().filter(|import| !(import.is_reexport && is_contents_page));
            let imports = imports.filter(|import| import.name != "*").map(|import| (&import.path, import.is_test));
            let paths = node.module.paths.iter().map(|named| (&named.path, named.is_test));
            for (path, is_test) in imports.chain(paths) {
                let Some(Target::Item(owner)) = self.target(at, path, &mut vec![]) else { continue };
                let to = self.nodes[owner].file;
                if to != node.file {
                    let edge = || Edge { path: path.join("::"), is_test: true };
                    let edge = edges.entry((node.file.to_owned(), to.to_owned())).or_insert_with(edge);
                    edge.is_test &= is_test || node.is_test;
                }
            }
        }
        edges
    }

    /// What a path leads to that stands in a module. `asked` holds the names that are being looked up: imports may form a circle.
    fn target(&self, module: usize, path: &[String], asked: &mut Vec<(usize, String)>) -> Option<Target> {
        let mut at = match path.first()?.as_str() {
            "crate" => 0,
            "self" => module,
            "super" => self.nodes[module].parent?,
            first => match self.name(module, first, asked)? {
                Target::Module(found) => found,
                item @ Target::Item(_) => return Some(item),
            },
        };
        for part in &path[1..] {
            match part.as_str() {
                "self" => {}
                "super" => at = self.nodes[at].parent?,
                part => match self.name(at, part, asked) {
                    Some(Target::Module(found)) => at = found,
                    Some(item) => return Some(item),
                    // A macro made it: the module's own file it is.
                    None => return Some(Target::Item(at)),
                },
            }
        }
        Some(Target::Module(at))
    }

    /// What a name means in a module: a module below, something defined here, something imported.
    fn name(&self, module: usize, name: &str, asked: &mut Vec<(usize, String)>) -> Option<Target> {
        let node = &self.nodes[module];
        if let Some(below) = node.below.get(name) {
            return Some(Target::Module(*below));
        }
        if node.module.items.contains(name) {
            return Some(Target::Item(module));
        }
        if asked.iter().any(|(at, what)| *at == module && what == name) {
            return None;
        }
        asked.push((module, name.to_owned()));
        if let Some(import) = node.imports.get(name) {
            return self.target(module, &import.path, asked);
        }
        let globs = node.module.imports.iter().filter(|import| import.name == "*");
        globs.into_iter().find_map(|import| match self.target(module, &import.path, asked)? {
            Target::Module(from) => self.name(from, name, asked),
            Target::Item(_) => None,
        })
    }
}

/// The folder of a file.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folder in which the files of a file's modules lie.
fn folder_of_children(file: &str) -> &str {
    let is_root = ["/mod.rs", "/lib.rs", "/main.rs"].iter().any(|root| file.ends_with(root));
    if is_root { folder(file) } else { file.trim_end_matches(".rs") }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::tidy::source::parse;

    /// The modules of a crate that is made up; its first file is the root.
    pub(crate) fn made_up(files: &[(&str, &str)]) -> Modules<'static> {
        let sources: Sources = files.iter().map(|(name, text)| ((*name).to_owned(), parse(text).unwrap())).collect();
        Modules::find(files[0].0, Box::leak(Box::new(sources))).unwrap()
    }

    fn edges(files: &[(&str, &str)]) -> Vec<String> {
        made_up(files).edges().into_keys().map(|(from, to)| format!("{from} -> {to}")).collect()
    }

    #[test]
    fn a_path_leads_to_the_file_however_it_is_written() {
        for text in [
            "use crate::b::c::X;",
            "use crate::b::{c::X as Y};",
            "use super::b::c; fn f() { c::X::new() }",
            "use crate::b; fn f(x: b::c::X) {}",
            "use crate::b::*; fn f() { c::made_by_a_macro() }",
            "mod inner { use super::super::b::c::X; }",
            "m!(crate::b::c::X);",
        ] {
            let files = [("s/lib.rs", "mod a; mod b;"), ("s/a.rs", text), ("s/b/mod.rs", "pub mod c;"), ("s/b/c.rs", "pub struct X;")];
            assert_eq!(edges(&files), ["s/a.rs -> s/b/c.rs"], "{text}");
        }
    }

    #[test]
    fn a_reexport_leads_to_where_the_thing_is_defined() {
        let files = [
            ("s/lib.rs", "mod a; mod b;"),
            ("s/a.rs", "use crate::b::X;"),
            ("s/b/mod.rs", "mod c; pub use c::X; pub use d::*; mod d;"),
            ("s/b/c.rs", "pub struct X; use super::Y;"),
            ("s/b/d.rs", "pub struct Y;"),
        ];
        assert_eq!(edges(&files), ["s/a.rs -> s/b/c.rs", "s/b/c.rs -> s/b/d.rs"]);
    }

    #[test]
    fn other_crates_and_names_of_one_s_own_lead_nowhere() {
        let files = [("s/lib.rs", "mod a;"), ("s/a.rs", "use serde::Serialize; use std::fmt; fn f() { fmt::x(); g(); } fn g() {}")];
        assert_eq!(edges(&files), Vec::<String>::new());
    }

    #[test]
    fn a_module_is_found_where_an_attribute_says() {
        let files = [
            ("s/lib.rs", "mod a; pub fn f() {}"),
            ("s/a.rs", "#[cfg(test)] #[path = \"a_tests.rs\"] mod tests;"),
            ("s/a_tests.rs", "use crate::f;"),
        ];
        let edges = made_up(&files).edges();
        assert_eq!(edges.iter().map(|((from, _), edge)| (from.as_str(), edge.is_test)).collect::<Vec<_>>(), [("s/a_tests.rs", true)]);
    }
}
