//! The cursor of a list: it belongs to a row, whatever position that row has by now. Pure.

use crate::row_source::RowSource;

/// How far a row that has moved is looked for, on either side of where it was.
const REACH: u32 = 10_000;

/// A row that can be told from others, whatever its position.
pub trait Marked {
    type Mark: Clone + PartialEq + 'static;

    fn mark(&self) -> Self::Mark;
}

#[derive(Debug, Clone, PartialEq)]
pub struct RowCursor<M> {
    pub at: u32,
    /// None while the row there has not arrived.
    mark: Option<M>,
    /// Whether its row is not among those that are held, so that it is on none.
    is_off: bool,
    has_left: bool,
}

impl<M: Clone + PartialEq> RowCursor<M> {
    pub fn to<R: Marked<Mark = M>>(rows: &dyn RowSource<R>, at: u32) -> Self {
        Self { at, mark: rows.row(at).map(R::mark), is_off: false, has_left: false }
    }

    /// On whatever row will be there.
    pub fn awaiting(at: u32) -> Self {
        Self { at, mark: None, is_off: false, has_left: false }
    }

    /// Where it is by now. It goes with its row. Where that is not to be seen any more, it stays near without a row: the one that is there instead
    /// may be another customer's, and nobody chose it.
    pub fn settled<R: Marked<Mark = M>>(&self, rows: &dyn RowSource<R>) -> Option<Self> {
        let Some(total) = rows.total() else { return Some(self.clone()) };
        let near = self.at.min(total.checked_sub(1)?);
        let Some(wanted) = &self.mark else { return Some(Self::to(rows, near)) };
        let around = (0..total.min(REACH)).flat_map(|far| [near.checked_sub(far), near.checked_add(far)]).flatten();
        match around.into_iter().find(|at| rows.row(*at).is_some_and(|row| row.mark() == *wanted)) {
            Some(at) => Some(Self { at, is_off: false, has_left: false, ..self.clone() }),
            // It may be among the rows that are still to come.
            None if rows.is_renewing() || rows.row(near).is_none() => Some(self.clone()),
            None => {
                // Of a row beyond those that are held nobody knows whether it has left.
                let has_left = total <= REACH && (0..total).all(|at| rows.row(at).is_some());
                Some(Self { at: near, is_off: true, has_left, ..self.clone() })
            }
        }
    }

    pub fn is_on<R: Marked<Mark = M>>(&self, at: u32, row: Option<&R>) -> bool {
        // Where its row has not arrived, another one may stand there by now.
        let is_its_row = match (&self.mark, row) {
            (Some(wanted), Some(row)) => row.mark() == *wanted,
            (Some(_), None) => false,
            (None, _) => true,
        };
        self.at == at && !self.is_off && is_its_row
    }

    /// What tells its row from others; none while the row there has not arrived.
    pub fn mark(&self) -> Option<&M> {
        self.mark.as_ref()
    }

    /// Whether it is on no row.
    pub fn is_off(&self) -> bool {
        self.is_off
    }

    /// Whether its row is known to be no longer in the list.
    pub fn has_left(&self) -> bool {
        self.has_left
    }

    /// The same, of what others did: it is not the row that the user took out.
    pub fn is_missed(&self, taken: Option<&M>) -> bool {
        self.has_left && taken.is_none_or(|taken| self.mark.as_ref() != Some(taken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers as rows; those that have not arrived are none.
    struct Lazy(Vec<Option<u16>>, bool);

    impl RowSource<u16> for Lazy {
        fn total(&self) -> Option<u32> {
            u32::try_from(self.0.len()).ok()
        }

        fn row(&self, at: u32) -> Option<&u16> {
            self.0.get(at as usize)?.as_ref()
        }

        fn is_renewing(&self) -> bool {
            self.1
        }
    }

    fn rows(numbers: &[u16]) -> Vec<u16> {
        numbers.to_vec()
    }

    impl Marked for u16 {
        type Mark = u16;

        fn mark(&self) -> u16 {
            *self
        }
    }

    fn at(cursor: &RowCursor<u16>, rows: &dyn RowSource<u16>) -> Option<u32> {
        cursor.settled(rows).map(|cursor| cursor.at)
    }

    #[test]
    fn fault_01_it_goes_with_its_row_when_rows_arrive_above_or_the_order_is_another() {
        let cursor = RowCursor::to(&rows(&[10, 20, 30]), 1);
        assert_eq!(at(&cursor, &rows(&[1, 2, 3, 10, 20, 30])), Some(4));
        assert_eq!(at(&cursor, &rows(&[20, 30, 10])), Some(0));
        let later = rows(&[1, 10, 20]);
        let there = cursor.settled(&later).unwrap();
        assert!(there.is_on(2, Some(&20_u16)) && !there.is_on(1, Some(&10_u16)));
    }

    #[test]
    fn fault_01_where_its_row_has_left_it_stays_near_and_is_on_no_row_until_that_one_is_back() {
        let cursor = RowCursor::to(&rows(&[10, 20, 30]), 2);
        let there = cursor.settled(&rows(&[10, 20])).unwrap();
        assert!(there.has_left() && there.at == 1);
        assert!(!there.is_on(1, Some(&20_u16)), "nobody chose that row");
        let back = there.settled(&rows(&[30, 10, 20])).unwrap();
        assert!(!back.has_left() && back.is_on(0, Some(&30_u16)));
        assert!(!cursor.is_on(2, Some(&40_u16)), "another row in its place is not its own");
        assert_eq!(cursor.settled(&rows(&[])), None);
    }

    #[test]
    fn keys_a_row_that_the_user_took_out_is_not_missed() {
        let cursor = RowCursor::to(&rows(&[10, 20, 30]), 2);
        let there = cursor.settled(&rows(&[10, 20])).unwrap();
        assert!(there.is_missed(None) && there.is_missed(Some(&10)), "somebody else did it");
        assert!(!there.is_missed(Some(&30)) && there.is_off(), "and it is on no other row");
        assert!(!cursor.is_missed(None), "it is still there");
    }

    #[test]
    fn fault_01_a_row_that_may_still_arrive_is_waited_for() {
        let cursor = RowCursor::to(&Lazy(vec![Some(10), Some(20)], false), 1);
        let renewing = Lazy(vec![Some(5), Some(10)], true);
        assert_eq!(cursor.settled(&renewing), Some(cursor.clone()));
        assert_eq!(cursor.settled(&Lazy(vec![Some(5), None, None], false)), Some(cursor.clone()));
        assert_eq!(at(&cursor, &Lazy(vec![Some(5), Some(10), Some(20)], false)), Some(2));
    }

    #[test]
    fn fault_01_a_row_beyond_those_that_are_held_is_not_said_to_have_left() {
        let cursor = RowCursor::to(&Lazy(vec![Some(10), Some(20), None], false), 1);
        let moved = Lazy(vec![Some(5), Some(6), None, None], false);
        let there = cursor.settled(&moved).unwrap();
        assert!(there.is_off() && !there.has_left(), "it may be one of those that are not held");
        let known = there.settled(&rows(&[5, 6, 7, 8])).unwrap();
        assert!(known.is_off() && known.has_left());
    }

    #[test]
    fn fault_01_it_can_stand_where_no_row_has_arrived_and_takes_the_one_that_does() {
        let waiting = RowCursor::to(&Lazy(vec![None, None], false), 1);
        assert!(waiting.is_on(1, None::<&u16>));
        let there = waiting.settled(&Lazy(vec![Some(10), Some(20)], false)).unwrap();
        assert_eq!(at(&there, &rows(&[5, 10, 20])), Some(2));
    }
}
