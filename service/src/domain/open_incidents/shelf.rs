//! Rows in an order, in pieces: a copy shares all pieces with what it was copied from, and a change copies the one piece that it touches.

use std::marker::PhantomData;
use std::sync::Arc;

use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::domain::open_incidents::row::OpenRow;
use crate::store::lists::ListKey;

/// How many rows a piece holds at most.
const FULL: usize = 256;

/// What rows are ordered by; no two rows have the same.
pub(super) trait Order {
    /// It.
    type Key: Ord + Copy;

    /// A row's.
    fn key(row: &OpenRow) -> Self::Key;
}

/// As every list shows them.
#[derive(Debug, Clone, Copy)]
pub(super) struct InOrder;

impl Order for InOrder {
    type Key = ListKey;

    fn key(row: &OpenRow) -> ListKey {
        row.key
    }
}

/// Customer by customer, each as its list shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfCustomer;

impl Order for OfCustomer {
    type Key = (TenantId, ListKey);

    fn key(row: &OpenRow) -> Self::Key {
        (row.customer, row.key)
    }
}

/// By number, which a change names.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByNumber;

impl Order for ByNumber {
    type Key = TicketNumber;

    fn key(row: &OpenRow) -> TicketNumber {
        row.key.number
    }
}

type Piece = Vec<Arc<OpenRow>>;

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct Shelf<O> {
    /// None of them is empty.
    pieces: Vec<Arc<Piece>>,
    order: PhantomData<O>,
}

impl<O> Default for Shelf<O> {
    fn default() -> Self {
        Self { pieces: Vec::new(), order: PhantomData }
    }
}

impl<O: Order> Shelf<O> {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }

    /// Puts a row in its place; answers the one that stood there.
    pub(super) fn insert(&mut self, row: Arc<OpenRow>) -> Option<Arc<OpenRow>> {
        let key = O::key(&row);
        let at = self.piece_of(key);
        let Some(piece) = self.pieces.get_mut(at) else {
            // Behind everything: rows that come in order fill each piece whole.
            match self.pieces.last_mut().filter(|last| last.len() < FULL) {
                Some(last) => Arc::make_mut(last).push(row),
                None => self.pieces.push(Arc::new(vec![row])),
            }
            return None;
        };
        let rows = Arc::make_mut(piece);
        match rows.binary_search_by_key(&key, |row| O::key(row)) {
            Ok(place) => Some(std::mem::replace(&mut rows[place], row)),
            Err(place) => {
                rows.insert(place, row);
                if rows.len() > FULL {
                    let behind = rows.split_off(FULL / 2);
                    self.pieces.insert(at + 1, Arc::new(behind));
                }
                None
            }
        }
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, key: O::Key) -> Option<Arc<OpenRow>> {
        let at = self.piece_of(key);
        let place = self.pieces.get(at)?.binary_search_by_key(&key, |row| O::key(row)).ok()?;
        let rows = Arc::make_mut(self.pieces.get_mut(at)?);
        let row = rows.remove(place);
        let left = rows.len();
        // Pieces that have become small go together again.
        if left == 0 {
            self.pieces.remove(at);
        } else if self.pieces.get(at + 1).is_some_and(|next| left + next.len() <= FULL / 2) {
            let next = self.pieces.remove(at + 1);
            Arc::make_mut(&mut self.pieces[at]).extend(next.iter().cloned());
        }
        Some(row)
    }

    /// The rows for which `before` does not hold, in order; it must hold for none behind one for which it does not.
    pub(super) fn rows_from(&self, before: impl Fn(O::Key) -> bool) -> impl Iterator<Item = &OpenRow> {
        let at = self.pieces.partition_point(|piece| piece.last().is_some_and(|last| before(O::key(last))));
        let (first, rest) = self.pieces.get(at..).and_then(<[_]>::split_first).map_or((&[][..], &[][..]), |(first, rest)| {
            let place = first.partition_point(|row| before(O::key(row)));
            (&first[place..], rest)
        });
        first.iter().chain(rest.iter().flat_map(|piece| piece.iter())).map(|row| &**row)
    }

    /// The first piece that reaches to this key: where it is, if it is anywhere.
    fn piece_of(&self, key: O::Key) -> usize {
        self.pieces.partition_point(|piece| piece.last().is_some_and(|last| O::key(last) < key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// A row that stands at `n`.
    fn row(n: u32, text: &str) -> Arc<OpenRow> {
        Arc::new(OpenRow::standing_at(n, text))
    }

    fn key(n: u32) -> TicketNumber {
        row(n, "").key.number
    }

    fn texts<'a>(rows: impl Iterator<Item = &'a OpenRow>) -> Vec<&'a str> {
        rows.map(OpenRow::json).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Small numbers, so that the same place is met again; many of them, so that pieces are split and go together.
        #[test]
        fn a_shelf_is_a_sorted_map_and_its_copies_do_not_change(
            steps in prop::collection::vec((any::<bool>(), 0u32..900, 0u32..3), 0..3_000), sorted in any::<bool>(), from in 0u32..900,
        ) {
            let mut shelf: Shelf<ByNumber> = Shelf::default();
            let mut expected: BTreeMap<u32, String> = BTreeMap::new();
            if sorted {
                for n in 0..900 {
                    shelf.insert(row(n, "first"));
                    expected.insert(n, "first".into());
                }
            }
            let copy = shelf.clone();
            let before: Vec<String> = expected.values().cloned().collect();
            for (put, n, version) in steps {
                // With rows taken out more often than put in, pieces become small.
                if put && version == 0 {
                    let text = format!("{n} {version}");
                    let replaced = shelf.insert(row(n, &text));
                    prop_assert_eq!(replaced.map(|row| row.json().to_owned()), expected.insert(n, text));
                } else {
                    prop_assert_eq!(shelf.remove(key(n)).map(|row| row.json().to_owned()), expected.remove(&n));
                }
            }
            prop_assert_eq!(shelf.len(), expected.len());
            prop_assert!(shelf.pieces.iter().all(|piece| (1..=FULL).contains(&piece.len())));
            prop_assert_eq!(texts(shelf.rows_from(|_| false)), expected.values().collect::<Vec<_>>());
            prop_assert_eq!(texts(shelf.rows_from(|it| it <= key(from))), expected.range(from + 1..).map(|(_, text)| text).collect::<Vec<_>>());
            prop_assert_eq!(texts(copy.rows_from(|_| false)), before.iter().collect::<Vec<_>>());
        }
    }
}
