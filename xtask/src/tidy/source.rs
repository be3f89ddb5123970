//! What a source file declares and names, read with `syn`.
//!
//! Macros are not expanded: of what stands in their brackets, paths and string literals are read off the tokens.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// A module: that of a file, or one in braces inside it.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Modules in braces.
    pub(super) inline: BTreeMap<String, Module>,
    /// Modules in files of their own.
    pub(super) declared: Vec<Declared>,
    /// The names of what is defined here. What a macro defines is not among them.
    pub(super) items: BTreeSet<String>,
    pub(super) imports: Vec<Import>,
    /// Paths that are named outside of `use`.
    pub(super) paths: Vec<Named>,
    pub(super) strings: Vec<Literal>,
    /// Public functions, asynchronous ones alone: the function, or the type and its method.
    pub(super) async_functions: Vec<String>,
    /// The names of methods that are called.
    pub(super) methods: BTreeSet<String>,
}

/// `mod name;`
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    /// What a `path` attribute says.
    pub(super) path: Option<String>,
    pub(super) is_test: bool,
}

/// One leaf of a `use`.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// The name that it gets here; `*` for everything, `_` for none.
    pub(super) name: String,
    /// Whether others may name it here.
    pub(super) is_reexport: bool,
    pub(super) is_test: bool,
}

/// A path.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) path: Vec<String>,
    pub(super) is_test: bool,
}

/// A string literal.
#[derive(Debug)]
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) is_test: bool,
}

impl Module {
    /// This module and those in braces below it, each with its path below this one.
    pub(super) fn all(&self) -> Vec<(Vec<String>, &Module)> {
        let mut found = vec![(vec![], self)];
        for (name, module) in &self.inline {
            let below = module.all().into_iter();
            found.extend(below.map(|(path, module)| ([vec![name.clone()], path].concat(), module)));
        }
        found
    }
}

/// Reads a source file.
pub(super) fn parse(text: &str) -> Result<Module, String> {
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    let mut reader = Reader { modules: vec![Module::default()], is_test: says_test(&file.attrs) };
    reader.visit_file(&file);
    reader.modules.pop().ok_or_else(|| "more modules end than begin".to_owned())
}

struct Reader {
    /// The module that is read, below those that it lies in.
    modules: Vec<Module>,
    /// Whether what is read is compiled for tests alone.
    is_test: bool,
}

impl Reader {
    fn name_path(&mut self, path: Vec<String>) {
        let is_test = self.is_test;
        self.here(|module| module.paths.push(Named { path, is_test }));
    }

    fn here(&mut self, change: impl FnOnce(&mut Module)) {
        if let Some(module) = self.modules.last_mut() {
            change(module);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = vec![];
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    if colons == 1 && punct.spacing() == Spacing::Alone {
                        self.end_path(&mut path);
                    }
                    continue;
                }
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end_path(&mut path);
                    }
                    path.push(ident.to_string());
                }
                TokenTree::Group(group) => {
                    self.end_path(&mut path);
                    self.tokens(group.stream());
                }
                TokenTree::Literal(literal) => {
                    self.end_path(&mut path);
                    if let Ok(syn::Lit::Str(text)) = syn::parse_str::<syn::Lit>(&literal.to_string()) {
                        self.visit_lit_str(&text);
                    }
                }
                TokenTree::Punct(_) => self.end_path(&mut path),
            }
            colons = 0;
        }
        self.end_path(&mut path);
    }

    fn end_path(&mut self, path: &mut Vec<String>) {
        if path.len() > 1 {
            self.name_path(std::mem::take(path));
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let before = self.is_test;
        self.is_test |= says_test(attributes(item));
        if let Some(name) = name(item) {
            self.here(|module| _ = module.items.insert(name));
        }
        visit::visit_item(self, item);
        self.is_test = before;
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        if item.content.is_some() {
            self.modules.push(Module::default());
            visit::visit_item_mod(self, item);
            if let Some(module) = self.modules.pop() {
                self.here(|outer| _ = outer.inline.insert(name, module));
            }
        } else {
            let declared = Declared { name, path: path_attribute(&item.attrs), is_test: self.is_test };
            self.here(|module| module.declared.push(declared));
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_reexport = !matches!(item.vis, Visibility::Inherited);
        let mut leaves = vec![];
        flatten(&item.tree, &mut vec![], &mut leaves);
        let is_test = self.is_test;
        let imports = leaves.into_iter().map(|(path, name)| Import { path, name, is_reexport, is_test });
        self.here(|module| module.imports.extend(imports));
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if item.sig.asyncness.is_some() && !self.is_test && matches!(item.vis, Visibility::Public(_)) {
            self.here(|module| module.async_functions.push(item.sig.ident.to_string()));
        }
        visit::visit_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let owner = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        for inner in &item.items {
            if let (syn::ImplItem::Fn(function), Some(owner), false) = (inner, &owner, self.is_test)
                && function.sig.asyncness.is_some()
                && matches!(function.vis, Visibility::Public(_))
            {
                self.here(|module| module.async_functions.push(format!("{owner}::{}", function.sig.ident)));
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        self.here(|module| _ = module.methods.insert(name));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name_path(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.visit_path(&mac.path);
        self.tokens(mac.tokens.clone());
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let literal = Literal { text: literal.value(), is_test: self.is_test };
        self.here(|module| module.strings.push(literal));
    }

    /// Documentation and attributes name nothing that is followed here.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

fn flatten(tree: &UseTree, before: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, leaves);
            before.pop();
        }
        UseTree::Name(name) => leaf(before, &name.ident.to_string(), None, leaves),
        UseTree::Rename(rename) => leaf(before, &rename.ident.to_string(), Some(rename.rename.to_string()), leaves),
        UseTree::Glob(_) => leaves.push((before.clone(), "*".to_owned())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, leaves)),
    }
}

/// `self` in braces means the path before them.
fn leaf(before: &[String], ident: &str, renamed: Option<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    let path = if ident == "self" && !before.is_empty() { before.to_vec() } else { [before, &[ident.to_owned()]].concat() };
    let name = renamed.or_else(|| path.last().cloned()).unwrap_or_default();
    leaves.push((path, name));
}

fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether these attributes make something a test, or compile it for tests alone.
fn says_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => {
            let mut tokens = list.tokens.clone().into_iter();
            matches!(tokens.next(), Some(TokenTree::Ident(ident)) if ident == "test")
        }
        syn::Meta::Path(path) => path.is_ident("test"),
        _ => false,
    })
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        parse(text).unwrap().paths.iter().map(|named| named.path.join("::")).collect()
    }

    #[test]
    fn every_leaf_of_a_use_is_found() {
        let module = parse("pub use a::{self, b::{C, D as E}, f::*};").unwrap();
        let found: Vec<_> = module.imports.iter().map(|import| format!("{} as {}", import.path.join("::"), import.name)).collect();
        assert_eq!(found, ["a as a", "a::b::C as C", "a::b::D as E", "a::f as *"]);
        assert!(module.imports.iter().all(|import| import.is_reexport));
    }

    #[test]
    fn paths_are_found_in_code_and_in_macros() {
        assert_eq!(paths("fn f() { crate::a::b() }"), ["crate::a::b"]);
        assert_eq!(paths("m! { <crate::a::B key={x} /> , if c: d { e::f } }"), ["m", "crate::a::B", "e::f"]);
    }

    #[test]
    fn comments_and_strings_name_nothing_and_strings_are_kept() {
        let module = parse(r#"/* a::b */ const C: () = d!("e::f", 'x', r"g"); // h::i"#).unwrap();
        assert_eq!(module.paths.iter().map(|named| named.path.join("::")).collect::<Vec<_>>(), ["d"]);
        assert_eq!(module.strings.iter().map(|literal| literal.text.as_str()).collect::<Vec<_>>(), ["e::f", "g"]);
    }

    #[test]
    fn what_is_compiled_for_tests_alone_is_known() {
        let module =
            parse("use a::B; #[cfg(test)] mod tests { use super::*; } #[cfg(test)] mod more; #[cfg(not(test))] mod none;").unwrap();
        assert!(!module.imports[0].is_test && module.inline["tests"].imports[0].is_test);
        assert_eq!(module.declared.iter().map(|it| it.is_test).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn public_asynchronous_functions_are_listed() {
        let module =
            parse("pub async fn a() {} async fn b() {} pub fn c() {} impl D { pub async fn e(&self) {} pub(crate) async fn f() {} }")
                .unwrap();
        assert_eq!(module.async_functions, ["a", "D::e"]);
    }
}
