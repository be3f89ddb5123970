//! How somebody wants the columns of a table: how wide, and which of them.

use std::collections::HashMap;

use tenantry_model::ipc::{ColumnChoice, Preferences};
use yew::prelude::*;

use crate::context::App;

/// How narrow and how wide a column can be made, in rem.
const NARROWEST: f64 = 3.0;
const WIDEST: f64 = 80.0;

/// Of one table.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Choices {
    list: &'static str,
    app: Option<App>,
    /// The width that a column has while its edge is dragged.
    dragged: HashMap<&'static str, f64>,
}

impl Choices {
    fn choice(&self, column: &str) -> Option<&ColumnChoice> {
        self.app.as_ref()?.model.preferences.column(self.list, column)
    }

    pub(super) fn hides(&self, column: &str) -> bool {
        self.choice(column).is_some_and(|choice| choice.hidden)
    }

    /// In rem.
    pub(super) fn width(&self, column: &str) -> Option<f64> {
        let kept = || self.choice(column)?.width.map(|width| f64::from(width) / 100.0);
        self.dragged.get(column).copied().or_else(kept)
    }

    pub(super) fn hide(&self, column: &'static str, hidden: bool) {
        self.change(column, move |choice| choice.hidden = hidden);
    }

    /// None gives the column the width that it has by itself.
    pub(super) fn widen(&self, column: &'static str, rem: Option<f64>) {
        self.change(column, move |choice| choice.width = rem.map(|rem| (clamped(rem) * 100.0).round() as u16));
    }

    pub(super) fn reset(&self) {
        let list = self.list;
        if let Some(app) = &self.app {
            app.prefer(move |preferences| preferences.columns.retain(|choice| choice.list != list));
        }
    }

    fn change(&self, column: &'static str, change: impl FnOnce(&mut ColumnChoice) + 'static) {
        let list = self.list;
        if let Some(app) = &self.app {
            app.prefer(move |preferences| changed(preferences, list, column, change));
        }
    }
}

fn changed(preferences: &mut Preferences, list: &str, column: &str, change: impl FnOnce(&mut ColumnChoice)) {
    let before = preferences.column(list, column).cloned();
    let mut choice = before.unwrap_or_else(|| ColumnChoice { list: list.to_owned(), column: column.to_owned(), ..ColumnChoice::default() });
    change(&mut choice);
    preferences.choose_column(choice);
}

pub(super) fn clamped(rem: f64) -> f64 {
    rem.clamp(NARROWEST, WIDEST)
}

/// The choices for the table of this name, and by what a column that is being dragged is told.
#[hook]
pub(super) fn use_choices(list: &'static str) -> (Choices, Callback<(&'static str, Option<f64>)>) {
    let app = use_context::<App>();
    let dragged = use_state_eq(HashMap::new);
    let drag = {
        let dragged = dragged.clone();
        Callback::from(move |(column, rem): (&'static str, Option<f64>)| {
            dragged.set(rem.map(|rem| (column, clamped(rem))).into_iter().collect())
        })
    };
    (Choices { list, app, dragged: (*dragged).clone() }, drag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_of_a_column_is_kept_and_nothing_of_one_that_is_as_at_first() {
        let mut kept = Preferences::default();
        changed(&mut kept, "incidents", "room", |choice| choice.hidden = true);
        changed(&mut kept, "incidents", "room", |choice| choice.width = Some(900));
        changed(&mut kept, "rooms", "room", |choice| choice.width = Some(500));
        let choice = kept.column("incidents", "room").unwrap();
        assert!(choice.hidden && choice.width == Some(900), "{choice:?}");
        changed(&mut kept, "incidents", "room", |choice| *choice = ColumnChoice { width: None, hidden: false, ..choice.clone() });
        assert_eq!((kept.columns.len(), kept.columns[0].list.as_str()), (1, "rooms"));
    }
}
