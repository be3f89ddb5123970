//! The app's screens, compiled to WebAssembly. They hold about one screen of data; every row lies in the engine.
//!
//! Dependencies point one way: `pages` → `domain_view` → `components`; `pages` and `domain_view` → `hooks` → `api` → the model. No page
//! imports another.
//!
//! # One more command
//! A line in the list of `model::ipc` (kind, name, arguments, answer), and the engine's method of that name. Here nothing is declared again:
//! `hooks::call::<ListRooms>(query).await` is typed by the declaration. An event likewise: `hooks::use_event::<DataChanged>(…)`.
//!
//! # One more string
//! A line in `i18n/en.ftl` and one in `i18n/de.ftl`, and `t!(i18n, "the-key")` or `t!(i18n, "the-key", count = n)` where it shows.
//! Labels of an enumeration's values are made from the value's spelling, in `i18n/labels.rs`. A key that is missing in one language
//! fails the build; the tests there fail on one that nobody uses, or whose variables differ between the languages.
//!
//! # One more page
//! 1. A folder under `pages/`: `mod.rs` lists its parts, `page.rs` is the component, `view_model.rs` its decisions, pure and tested
//!    natively. A page with a list is a [`components::list_page::ListPage`] around a [`components::table::Table`], whose columns are
//!    declared once (`type Column = table::Column<Row>`), in `columns.rs` where there are many; [`hooks::use_place`] says where it stands. What it shares with other pages lies in [`domain_view`].
//! 2. A variant of [`route::Route`] with what the address says of the page, and one of [`route::Section`].
//! 3. A row of [`page_table::PAGES`].
//! 4. Where the shared sheets of `styles/components/` do not say how it looks, one of its own, linked in `index.html`, in tokens of
//!    `styles/tokens.css` alone.
//!
//! # One more form
//! It carries what it was opened for ([`hooks::FormTarget`]: customer, version, the form's own name), and that never changes. A page with
//! forms holds the open one in [`hooks::use_form`]: it stays as it is while one is at another page. One about the dropdown's customer is
//! shown inside [`components::parked::Parked`]. One that is open while something is in it is [`hooks::UseForm::fill`]ed; one that is a
//! people picker and a button is [`domain_view::pickers::use_people_form`]. What is filled in is a [`hooks::use_draft`]. Changes run in
//! [`hooks::use_task`]; [`components::notice`] says how they went, why nothing can be changed now, and how old a page is;
//! [`components::confirm`] asks before what hurts, by name, and shows somebody else's change beside one's own. Several steps are a
//! [`components::wizard::Wizard`]; people and rooms are chosen with [`domain_view::pickers`].
//!
//! # Rules of the house here
//! The page's policy allows no inline style: `style="…"` does nothing in the app. Where a place on the screen must be computed, set the
//! property instead: `~style={…}`. Long lists ask for windows of rows through [`hooks::use_rows`]; a table
//! takes them as its [`row_source::RowSource`]. Everything the service may refuse or not know yet is a [`remote::Remote`].

pub mod app;
pub mod context;
pub mod page_table;
pub mod remote;
pub mod route;
pub mod row_source;

pub mod api;
pub mod components;
pub mod domain_view;
pub mod hooks;
pub mod i18n;
pub mod pages;
pub mod shell;

#[cfg(test)]
mod boot;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod styles;
