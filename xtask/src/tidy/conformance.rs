//! The store's conformance suite calls every public function of the store that speaks to the database: the async ones.

use std::collections::BTreeSet;

use super::modules::Sources;
use super::source::Module;

const STORE: &str = "service/src/store/";
/// What names the engine is behind all others, which the suite calls.
const ENGINE: &str = "service/src/store/db";
/// The suite: a file, or the files of a folder.
const SUITE: &[&str] = &["service/tests/api/store.rs", "service/tests/api/store/"];
/// Functions that another test shows, and which.
const ELSEWHERE: &[(&str, &str)] = &[];

/// Complains of every function that neither the suite calls nor the test that is named for it.
pub(super) fn check(sources: &Sources) -> Vec<String> {
    let suite: Vec<&Module> =
        sources.iter().filter(|(file, _)| SUITE.iter().any(|part| file.starts_with(part))).map(|(_, it)| it).collect();
    let called = Calls::of(&suite);
    let mut complaints = vec![];
    for (file, source) in sources.iter().filter(|(file, _)| file.starts_with(STORE) && !file.starts_with(ENGINE)) {
        for (_, module) in source.all() {
            for function in &module.async_functions {
                let named = called_as(file, function);
                let test = ELSEWHERE.iter().find(|(function, _)| named.contains(&(*function).to_owned())).map(|(_, test)| *test);
                let is_called = match test {
                    Some(test) => sources.get(test).is_some_and(|test| Calls::of(&[test]).call(&named)),
                    None => called.call(&named),
                };
                if !is_called {
                    let test = test.unwrap_or("the conformance suite, service/tests/api/store/");
                    complaints.push(format!("{file}: `{}` is not called by {test}", named[0]));
                }
            }
        }
    }
    complaints
}

/// How callers name a function: below its module, or, where that is re-exported, below the folder. A method below its type.
fn called_as(file: &str, function: &str) -> Vec<String> {
    if function.contains("::") {
        return vec![function.to_owned()];
    }
    let mut parts = file.trim_end_matches(".rs").rsplit('/').filter(|part| *part != "mod");
    let (module, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    vec![format!("{module}::{function}"), format!("{folder}::{function}")]
}

struct Calls {
    /// The last two parts of every path.
    paths: BTreeSet<String>,
    methods: BTreeSet<String>,
}

impl Calls {
    fn of(tests: &[&Module]) -> Self {
        let modules: Vec<&Module> = tests.iter().flat_map(|test| test.all()).map(|(_, module)| module).collect();
        let named = modules.iter().flat_map(|module| module.paths.iter().map(|named| &named.path));
        let imported = modules.iter().flat_map(|module| module.imports.iter().map(|import| &import.path));
        let paths = named.chain(imported).map(|path| path[path.len().saturating_sub(2)..].join("::")).collect();
        Self { paths, methods: modules.iter().flat_map(|module| module.methods.clone()).collect() }
    }

    fn call(&self, named: &[String]) -> bool {
        named.iter().any(|function| {
            let method = function.split_once("::").filter(|(owner, _)| owner.starts_with(char::is_uppercase)).map(|(_, method)| method);
            self.paths.contains(function) || method.is_some_and(|method| self.methods.contains(method))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::parse;

    #[test]
    fn a_function_that_the_suite_does_not_call_is_found() {
        let files = [
            ("service/src/store/rooms.rs", "pub async fn find() {} pub async fn load() {} async fn own() {} pub(crate) async fn ours() {}"),
            (
                "service/src/store/audit/reading.rs",
                "pub async fn head() {} impl Tx { pub async fn audit(&mut self) {} pub async fn end(self) {} }",
            ),
            ("service/src/store/db/pool.rs", "pub async fn open() {}"),
            (
                "service/tests/api/store.rs",
                "use x::store::{audit, rooms}; async fn f() { rooms::find().await; audit::head(); tx.audit().await }",
            ),
            ("service/tests/api/lists.rs", "fn f() { rooms::load() }"),
        ];
        let sources: Sources = files.iter().map(|(file, text)| ((*file).to_owned(), parse(text).unwrap())).collect();
        assert_eq!(
            check(&sources),
            [
                "service/src/store/audit/reading.rs: `Tx::end` is not called by the conformance suite, service/tests/api/store/",
                "service/src/store/rooms.rs: `rooms::load` is not called by the conformance suite, service/tests/api/store/"
            ]
        );
    }
}
