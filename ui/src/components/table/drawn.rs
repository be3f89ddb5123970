//! What the rows of a table are drawn from: while it is the same, they are not drawn anew, whatever else on the page is.

use std::collections::HashSet;
use std::rc::Rc;

use tenantry_model::time::Timestamp;
use yew::AttrValue;

use super::column::Column;
use super::row::{Mark, TableRow};
use crate::components::row_cursor::RowCursor;
use crate::i18n::I18n;

pub(super) struct Drawn<R: TableRow> {
    /// See [`crate::row_source::RowSource::revision`]; none where the rows may be others by now.
    pub(super) revision: Option<u64>,
    pub(super) id: AttrValue,
    pub(super) i18n: I18n,
    pub(super) now: Timestamp,
    pub(super) columns: Rc<[Column<R>]>,
    pub(super) cursor: Option<RowCursor<Mark<R::Key>>>,
    pub(super) open: Option<R::Key>,
    pub(super) selected: Option<Rc<HashSet<R::Key>>>,
}

// Derived, it would ask the same of the rows.
impl<R: TableRow> Clone for Drawn<R> {
    fn clone(&self) -> Self {
        Self {
            revision: self.revision,
            id: self.id.clone(),
            i18n: self.i18n.clone(),
            now: self.now,
            columns: Rc::clone(&self.columns),
            cursor: self.cursor.clone(),
            open: self.open.clone(),
            selected: self.selected.clone(),
        }
    }
}

impl<R: TableRow> PartialEq for Drawn<R> {
    fn eq(&self, other: &Self) -> bool {
        let alike = |(one, other): (&Column<R>, &Column<R>)| one.draws_as(other);
        self.revision.is_some()
            && self.revision == other.revision
            && self.id == other.id
            && self.i18n == other.i18n
            && self.now == other.now
            && self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&*other.columns).all(alike)
            && self.cursor == other.cursor
            && self.open == other.open
            && self.selected == other.selected
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;
    use yew::Html;

    use super::*;
    use crate::components::table::Width;
    use crate::row_source::RowSource;

    fn column(key: &'static str, cell: fn(&I18n, Timestamp, &u32) -> Html) -> Column<u32> {
        Column::new(key, |_| "Title".to_owned(), Width::Text { least: 1.0, wants: 1.0 }, cell)
    }

    fn one(_: &I18n, _: Timestamp, row: &u32) -> Html {
        row.into()
    }

    fn other(_: &I18n, _: Timestamp, row: &u32) -> Html {
        (row + 1).into()
    }

    fn drawn() -> Drawn<u32> {
        Drawn {
            revision: Some(7),
            id: "list".into(),
            i18n: I18n::default(),
            now: Timestamp::from_micros(0),
            columns: Rc::new([column("a", one)]),
            cursor: None,
            open: None,
            selected: None,
        }
    }

    #[test]
    fn fault_9_19_rows_are_drawn_once_for_one_answer() {
        assert!(drawn() == drawn());
    }

    #[test]
    fn fault_9_19_whatever_a_row_shows_draws_it_anew() {
        let rows: Vec<u32> = vec![1, 2];
        assert_eq!(rows.revision(), None, "of these nobody counts the changes");
        let others = [
            Drawn { revision: Some(8), ..drawn() },
            Drawn { id: "other".into(), ..drawn() },
            Drawn { i18n: I18n::new(Language::German), ..drawn() },
            Drawn { now: Timestamp::from_micros(1), ..drawn() },
            Drawn { columns: Rc::new([]), ..drawn() },
            Drawn { columns: Rc::new([column("b", one)]), ..drawn() },
            Drawn { columns: Rc::new([column("a", other)]), ..drawn() },
            Drawn { columns: Rc::new([column("a", one).strong()]), ..drawn() },
            Drawn { columns: Rc::new([column("a", one).at_end()]), ..drawn() },
            Drawn { cursor: Some(RowCursor::to(&rows, 1)), ..drawn() },
            Drawn { open: Some(2), ..drawn() },
            Drawn { selected: Some(Rc::new(HashSet::from([2]))), ..drawn() },
        ];
        for (at, changed) in others.iter().enumerate() {
            assert!(*changed != drawn(), "{at}");
        }
        let unknown = || Drawn { revision: None, ..drawn() };
        assert!(unknown() != unknown());
    }
}
