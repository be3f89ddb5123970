//! Rows that are selected, by their keys. Pure.

use std::collections::HashSet;
use std::rc::Rc;

use yew::Callback;

use super::row::TableRow;
use crate::row_source::RowSource;

/// Which rows are selected, and who is told of others. What the list does not show stays selected. Of a long list only a part has arrived: all of
/// it, and what lies between two rows, is asked of who knows it.
#[derive(Clone)]
pub struct Selection<K> {
    pub keys: Rc<HashSet<K>>,
    pub on_pick: Callback<Picked<K>>,
    /// Selects all.
    pub on_all: Callback<()>,
    /// Whether all is selected, or nothing is; none where some is.
    pub holds: Option<bool>,
    /// Selects what lies between two rows, of which not all has arrived.
    pub on_range: Callback<Range<K>>,
}

/// See [`Selection::on_range`].
#[derive(Debug, Clone)]
pub struct Range<K> {
    /// What was selected before, and stays so.
    pub held: Rc<HashSet<K>>,
    /// Both ends, in no order: the position, and what stands there where that has arrived and heads no group.
    pub ends: [(u32, Option<K>); 2],
    /// These, and what has arrived of what is between.
    pub arrived: HashSet<K>,
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

/// Whether all from one position to the other has arrived.
pub(super) fn has_arrived<R: TableRow>(rows: &dyn RowSource<R>, from: u32, to: u32) -> bool {
    (from.min(to)..=from.max(to)).all(|at| rows.row(at).is_some())
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
    fn a_range_of_which_not_all_has_arrived_is_known_to_be_one() {
        let rows = vec![10, 20, 30];
        assert!(has_arrived(&rows, 2, 0) && has_arrived(&rows, 1, 1));
        assert!(!has_arrived(&rows, 1, 3), "beyond what is here");
    }

    #[test]
    fn one_is_put_in_and_taken_out() {
        assert_eq!(toggled(&set(&[1]), &2), set(&[1, 2]));
        assert_eq!(toggled(&set(&[1, 2]), &2), set(&[1]));
    }
}
