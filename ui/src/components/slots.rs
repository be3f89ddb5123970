//! Which element of the page shows which row of a list: changing one costs less than making one.

use std::collections::{HashMap, HashSet};
use std::mem::take;
use std::rc::Rc;

use yew::virtual_dom::{Key, VNode};

/// Rows that stay keep their elements, so that what is marked or pressed stays where it is. Rows that come get those of rows that went.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// In the order of the elements.
    shown: Vec<(Option<Key>, u32)>,
}

impl Slots {
    /// The element of each of these rows, by a number.
    fn assign(&mut self, rows: Vec<Option<Key>>) -> Vec<u32> {
        let shown = take(&mut self.shown);
        let mut unused = shown.iter().map(|(_, slot)| slot + 1).max().unwrap_or(0)..;
        let mut of_rows: HashMap<&Key, u32> = shown.iter().filter_map(|(row, slot)| Some((row.as_ref()?, *slot))).collect();
        let kept: Vec<Option<u32>> = rows.iter().map(|row| of_rows.remove(row.as_ref()?)).collect();
        let stays: HashSet<u32> = kept.iter().flatten().copied().collect();
        let mut left = shown.iter().map(|(_, slot)| *slot).filter(|slot| !stays.contains(slot));
        let slots: Vec<u32> = kept.iter().map(|kept| kept.or_else(|| left.next()).or_else(|| unused.next()).unwrap_or_default()).collect();
        self.shown = rows.into_iter().zip(slots.iter().copied()).collect();
        slots
    }

    /// Hands these rows, each with a key of its own, the keys of the elements that show them.
    pub(super) fn place(&mut self, mut rows: Vec<VNode>) -> Vec<VNode> {
        let slots = self.assign(rows.iter().map(|row| row.key().cloned()).collect());
        for (row, slot) in rows.iter_mut().zip(slots) {
            if let VNode::VTag(tag) = row {
                Rc::make_mut(tag).key = Some(slot.into());
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned(slots: &mut Slots, rows: &[&'static str]) -> Vec<u32> {
        slots.assign(rows.iter().map(|row| Some(Key::from(*row))).collect())
    }

    #[test]
    fn fault_9_19_rows_that_stay_keep_their_elements_and_others_take_what_is_left() {
        let mut slots = Slots::default();
        assert_eq!(assigned(&mut slots, &["a", "b", "c", "d"]), [0, 1, 2, 3]);
        assert_eq!(assigned(&mut slots, &["x", "b", "y"]), [0, 1, 2], "in the order of the elements, so that few are moved");
        assert_eq!(assigned(&mut slots, &["b", "x", "z", "w"]), [1, 0, 2, 3]);
        assert_eq!(assigned(&mut slots, &["z", "w", "n"]), [2, 3, 1], "in the order of the elements, whatever their numbers");
        assert_eq!(assigned(&mut slots, &["w", "p", "q"]), [3, 2, 1]);
        assert!(assigned(&mut slots, &[]).is_empty());
        assert_eq!(assigned(&mut slots, &["w"]), [0]);
    }

    #[test]
    fn fault_9_19_no_element_shows_two_rows() {
        let mut slots = Slots::default();
        assert_eq!(assigned(&mut slots, &["a", "a", "b"]), [0, 1, 2]);
        let twice = assigned(&mut slots, &["b", "a", "a", "c"]);
        assert_eq!(twice.iter().collect::<std::collections::HashSet<_>>().len(), 4, "{twice:?}");
        assert_eq!(slots.assign(vec![None, Some("c".into()), None]).iter().collect::<std::collections::HashSet<_>>().len(), 3);
    }
}
