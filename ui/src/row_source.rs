//! Rows of a list, wherever they come from.

use std::rc::Rc;

use yew::{Reducible, UseReducerHandle};

/// How many rows of a long list arrive at once: more than a large screen shows, since each costs a keystroke of the search its time.
pub const PAGE: u32 = 60;

/// Rows by their position. Those of a long list arrive as they come into sight.
pub trait RowSource<R> {
    /// How many rows there are; none before the first answer.
    fn total(&self) -> Option<u32>;

    /// The row at a position; none where it has not arrived.
    fn row(&self, at: u32) -> Option<&R>;

    /// A number for what the rows are: while it is the same, so is every row. None where nobody counts.
    fn revision(&self) -> Option<u64> {
        None
    }

    /// Whether the rows answer an older question than the one asked now.
    fn is_behind(&self) -> bool {
        false
    }

    /// Whether newer rows are on their way.
    fn is_renewing(&self) -> bool {
        false
    }
}

impl<R> RowSource<R> for Vec<R> {
    fn total(&self) -> Option<u32> {
        u32::try_from(self.len()).ok()
    }

    fn row(&self, at: u32) -> Option<&R> {
        self.get(at as usize)
    }
}

/// Rows that a list shares with its handlers.
pub type SharedRows<R> = Rc<dyn RowSource<R>>;

impl<R, T: RowSource<R> + Reducible> RowSource<R> for UseReducerHandle<T> {
    fn total(&self) -> Option<u32> {
        (**self).total()
    }

    fn row(&self, at: u32) -> Option<&R> {
        (**self).row(at)
    }

    fn revision(&self) -> Option<u64> {
        (**self).revision()
    }

    fn is_behind(&self) -> bool {
        (**self).is_behind()
    }

    fn is_renewing(&self) -> bool {
        (**self).is_renewing()
    }
}
