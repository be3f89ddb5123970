//! The cursor of a table: it belongs to a row, whatever position that row has by now. Pure.

use super::row::TableRow;
use crate::row_source::RowSource;

/// How far a row that has moved is looked for, on either side of where it was.
const REACH: u32 = 10_000;

/// What a row is known by.
#[derive(Debug, Clone, PartialEq)]
enum Mark<K> {
    Key(K),
    /// The id of the row that heads a group.
    Group(String),
}

fn mark<R: TableRow>(row: &R) -> Mark<R::Key> {
    row.key().map_or_else(|| Mark::Group(row.id()), Mark::Key)
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cursor<K> {
    pub(super) at: u32,
    /// None while the row there has not arrived.
    mark: Option<Mark<K>>,
}

impl<K: Clone + PartialEq> Cursor<K> {
    pub(super) fn to<R: TableRow<Key = K>>(rows: &dyn RowSource<R>, at: u32) -> Self {
        Self { at, mark: rows.row(at).map(mark) }
    }

    /// Where it is by now. It goes with its row; where that has left the list, it stays near, on the row that is there instead.
    pub(super) fn settled<R: TableRow<Key = K>>(&self, rows: &dyn RowSource<R>) -> Option<Self> {
        let Some(total) = rows.total() else { return Some(self.clone()) };
        let near = self.at.min(total.checked_sub(1)?);
        let Some(wanted) = &self.mark else { return Some(Self::to(rows, near)) };
        let around = (0..total.min(REACH)).flat_map(|far| [near.checked_sub(far), near.checked_add(far)]).flatten();
        match around.into_iter().find(|at| rows.row(*at).is_some_and(|row| mark(row) == *wanted)) {
            Some(at) => Some(Self { at, ..self.clone() }),
            // It may be among the rows that are still to come.
            None if rows.is_renewing() || rows.row(near).is_none() => Some(self.clone()),
            None => Some(Self::to(rows, near)),
        }
    }

    pub(super) fn is_on<R: TableRow<Key = K>>(&self, at: u32, row: Option<&R>) -> bool {
        self.at == at && self.mark.as_ref().zip(row).is_none_or(|(wanted, row)| mark(row) == *wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers as rows; those that have not arrived are none.
    struct Lazy(Vec<Option<u32>>, bool);

    impl RowSource<u32> for Lazy {
        fn total(&self) -> Option<u32> {
            u32::try_from(self.0.len()).ok()
        }

        fn row(&self, at: u32) -> Option<&u32> {
            self.0.get(at as usize)?.as_ref()
        }

        fn is_renewing(&self) -> bool {
            self.1
        }
    }

    fn at(cursor: &Cursor<u32>, rows: &dyn RowSource<u32>) -> Option<u32> {
        cursor.settled(rows).map(|cursor| cursor.at)
    }

    #[test]
    fn it_goes_with_its_row_when_rows_arrive_above_or_the_order_is_another() {
        let cursor = Cursor::to(&vec![10, 20, 30], 1);
        assert_eq!(at(&cursor, &vec![1, 2, 3, 10, 20, 30]), Some(4));
        assert_eq!(at(&cursor, &vec![20, 30, 10]), Some(0));
        let rows = vec![1, 10, 20];
        let there = cursor.settled(&rows).unwrap();
        assert!(there.is_on(2, Some(&20)) && !there.is_on(1, Some(&10)));
    }

    #[test]
    fn where_its_row_has_left_it_stays_near_on_the_row_that_it_shows() {
        let cursor = Cursor::to(&vec![10, 20, 30], 2);
        let there = cursor.settled(&vec![10, 20]).unwrap();
        assert!(there.is_on(1, Some(&20)));
        assert!(!cursor.is_on(2, Some(&40)), "another row in its place is not its own");
        assert_eq!(cursor.settled(&Vec::<u32>::new()), None);
    }

    #[test]
    fn a_row_that_may_still_arrive_is_waited_for() {
        let cursor = Cursor::to(&Lazy(vec![Some(10), Some(20)], false), 1);
        let renewing = Lazy(vec![Some(5), Some(10)], true);
        assert_eq!(cursor.settled(&renewing), Some(cursor.clone()));
        assert_eq!(cursor.settled(&Lazy(vec![Some(5), None, None], false)), Some(cursor.clone()));
        assert_eq!(at(&cursor, &Lazy(vec![Some(5), Some(10), Some(20)], false)), Some(2));
    }

    #[test]
    fn it_can_stand_where_no_row_has_arrived_and_takes_the_one_that_does() {
        let waiting = Cursor::to(&Lazy(vec![None, None], false), 1);
        assert!(waiting.is_on(1, None::<&u32>));
        let there = waiting.settled(&Lazy(vec![Some(10), Some(20)], false)).unwrap();
        assert_eq!(at(&there, &vec![5, 10, 20]), Some(2));
    }
}
