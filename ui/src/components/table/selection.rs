//! Rows that are selected, by their keys. Pure.

use std::collections::HashSet;
use std::rc::Rc;

use yew::Callback;

use super::row::TableRow;
use crate::row_source::RowSource;

/// Which rows are selected, and who is told of others. What the list does not show stays selected.
#[derive(Clone)]
pub struct Selection<K> {
    pub keys: Rc<HashSet<K>>,
    pub on_pick: Callback<Picked<K>>,
    /// A list of which only a part may have arrived; where there is none, all has.
    pub all: Option<All>,
}

/// All of a list, by numbers: what has not arrived cannot be looked at.
#[derive(Clone)]
pub struct All {
    /// Selects it.
    pub on_all: Callback<()>,
    /// Whether all of it is selected, or nothing is; none where some is.
    pub holds: Option<bool>,
}

/// What was selected besides, or instead.
#[derive(Debug, Clone)]
pub enum Picked<K> {
    /// This one, or not this one any more.
    Toggle(K),
    These(HashSet<K>),
}

impl<K: Clone + Eq + std::hash::Hash> Picked<K> {
    /// What is selected then.
    pub fn of(self, held: &HashSet<K>) -> HashSet<K> {
        match self {
            Self::Toggle(key) => toggled(held, &key),
            Self::These(keys) => keys,
        }
    }
}

fn keys<R: TableRow>(rows: &dyn RowSource<R>, from: u32, to: u32) -> impl Iterator<Item = R::Key> {
    (from.min(to)..=from.max(to)).filter_map(|at| rows.row(at)?.key())
}

/// These and all from one position to the other, as far as they have arrived.
pub(super) fn with_range<R: TableRow>(held: &HashSet<R::Key>, rows: &dyn RowSource<R>, from: u32, to: u32) -> HashSet<R::Key> {
    held.iter().cloned().chain(keys(rows, from, to)).collect()
}

/// These and all that have arrived.
pub(super) fn with_all<R: TableRow>(held: &HashSet<R::Key>, rows: &dyn RowSource<R>) -> HashSet<R::Key> {
    with_range(held, rows, 0, rows.total().unwrap_or(0))
}

/// These without any that has arrived.
pub(super) fn without_all<R: TableRow>(held: &HashSet<R::Key>, rows: &dyn RowSource<R>) -> HashSet<R::Key> {
    let shown: HashSet<R::Key> = keys(rows, 0, rows.total().unwrap_or(0)).collect();
    held.difference(&shown).cloned().collect()
}

/// Whether all rows that have arrived are selected; none where some are and some are not.
pub(super) fn holds_all<R: TableRow>(held: &HashSet<R::Key>, rows: &dyn RowSource<R>) -> Option<bool> {
    let mut shown = keys(rows, 0, rows.total().unwrap_or(0)).map(|key| held.contains(&key));
    let first = shown.next().unwrap_or(false);
    shown.all(|holds| holds == first).then_some(first)
}

fn toggled<K: Clone + Eq + std::hash::Hash>(held: &HashSet<K>, key: &K) -> HashSet<K> {
    let mut held = held.clone();
    if !held.remove(key) {
        held.insert(key.clone());
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(keys: &[u32]) -> HashSet<u32> {
        keys.iter().copied().collect()
    }

    #[test]
    fn a_range_goes_either_way_and_leaves_the_rest_selected() {
        let rows = vec![10, 20, 30, 40];
        assert_eq!(with_range(&set(&[99]), &rows, 2, 1), set(&[99, 20, 30]));
        assert_eq!(with_range(&set(&[]), &rows, 3, 9), set(&[40]), "beyond the end there is nothing");
    }

    #[test]
    fn all_are_those_of_the_list_and_others_stay_as_they_are() {
        let rows = vec![10, 20];
        assert_eq!(with_all(&set(&[99]), &rows), set(&[10, 20, 99]));
        assert_eq!(without_all(&set(&[10, 99]), &rows), set(&[99]));
        assert_eq!(holds_all(&set(&[10, 20, 99]), &rows), Some(true));
        assert_eq!(holds_all(&set(&[10]), &rows), None);
        assert_eq!(holds_all(&set(&[99]), &rows), Some(false));
        assert_eq!(holds_all(&set(&[99]), &Vec::<u32>::new()), Some(false));
    }

    #[test]
    fn one_is_put_in_and_taken_out() {
        assert_eq!(toggled(&set(&[1]), &2), set(&[1, 2]));
        assert_eq!(toggled(&set(&[1, 2]), &2), set(&[1]));
    }
}
