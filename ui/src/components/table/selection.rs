//! Rows that are selected, by their keys. Pure.

use std::collections::HashSet;
use std::rc::Rc;

use yew::Callback;

use super::row::{Mark, TableRow};
use crate::components::row_cursor::RowCursor;
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
    /// Both ends, in no order: the position, and which row is meant, though it may be held no longer; none where it never arrived or heads a group.
    pub ends: [(u32, Option<K>); 2],
}

/// What a range takes.
#[derive(Debug, Clone)]
pub(super) enum Ranged<K> {
    /// All of it has arrived.
    Here(HashSet<K>),
    /// Whoever knows the whole list is asked.
    Beyond(Range<K>),
}

/// From the row of one cursor to that of another.
pub(super) fn ranged<R: TableRow>(held: &Rc<HashSet<R::Key>>, rows: &dyn RowSource<R>, from: &RowOf<R>, to: &RowOf<R>) -> Ranged<R::Key> {
    let from = from.settled(rows).unwrap_or_else(|| to.clone());
    let is_there = from.is_on(from.at, rows.row(from.at));
    // Nobody knows where a heading is that is not to be seen.
    let from = if !is_there && matches!(from.mark(), Some(Mark::Group(_))) { to } else { &from };
    if has_arrived(rows, from.at, to.at) && [from, to].iter().all(|end| end.is_on(end.at, rows.row(end.at))) {
        return Ranged::Here(with_range(held, rows, from.at, to.at));
    }
    let end = |cursor: &RowOf<R>| {
        let key = cursor.mark().and_then(|mark| if let Mark::Key(key) = mark { Some(key.clone()) } else { None });
        (cursor.at, key)
    };
    Ranged::Beyond(Range { held: held.clone(), ends: [end(from), end(to)] })
}

type RowOf<R> = RowCursor<Mark<<R as TableRow>::Key>>;

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
fn with_range<R: TableRow>(held: &HashSet<R::Key>, rows: &dyn RowSource<R>, from: u32, to: u32) -> HashSet<R::Key> {
    held.iter().cloned().chain(keys(rows, from, to)).collect()
}

/// Whether all from one position to the other has arrived.
fn has_arrived<R: TableRow>(rows: &dyn RowSource<R>, from: u32, to: u32) -> bool {
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

    /// Rows of which some are not held.
    struct Lazy(Vec<Option<u32>>);

    impl RowSource<u32> for Lazy {
        fn total(&self) -> Option<u32> {
            u32::try_from(self.0.len()).ok()
        }

        fn row(&self, at: u32) -> Option<&u32> {
            self.0.get(at as usize)?.as_ref()
        }
    }

    #[test]
    fn a_range_goes_by_the_row_where_it_began_though_that_is_held_no_longer_or_has_left() {
        let held = Rc::new(set(&[99]));
        let shown = vec![10, 20, 30];
        let from = RowCursor::to(&shown, 1);
        let evicted = Lazy(vec![None, None, None, Some(40)]);
        let moved = Lazy(vec![Some(1), Some(2), Some(3), Some(40)]);
        for rows in [&evicted, &moved] {
            let asked = ranged(&held, rows, &from, &RowCursor::to(rows, 3));
            let Ranged::Beyond(range) = asked else { panic!("{asked:?}") };
            assert_eq!((range.ends, &range.held), ([(1, Some(20)), (3, Some(40))], &held), "nobody chose what stands there instead");
        }
        let here = ranged(&held, &shown, &from, &RowCursor::to(&shown, 2));
        assert!(matches!(here, Ranged::Here(keys) if keys == set(&[99, 20, 30])));
    }

    #[test]
    fn one_is_put_in_and_taken_out() {
        assert_eq!(toggled(&set(&[1]), &2), set(&[1, 2]));
        assert_eq!(toggled(&set(&[1, 2]), &2), set(&[1]));
    }
}
