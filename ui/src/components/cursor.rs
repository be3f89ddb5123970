//! Where a key moves the cursor of a list.

/// The place a key leads to; none where the key does not move in lists or the list is empty.
pub fn moved(key: &str, at: Option<u32>, total: u32, page: u32) -> Option<u32> {
    let last = total.checked_sub(1)?;
    let here = at.map(|at| at.min(last));
    Some(match (key, here) {
        ("Home", _) => 0,
        ("End", _) => last,
        ("ArrowDown" | "PageDown", None) => 0,
        ("ArrowUp" | "PageUp", None) => last,
        ("ArrowDown", Some(at)) => at.saturating_add(1).min(last),
        ("ArrowUp", Some(at)) => at.saturating_sub(1),
        ("PageDown", Some(at)) => at.saturating_add(page).min(last),
        ("PageUp", Some(at)) => at.saturating_sub(page),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn keys_move_within_the_list() {
        assert_eq!(moved("ArrowDown", None, 5, 3), Some(0));
        assert_eq!(moved("ArrowDown", Some(4), 5, 3), Some(4));
        assert_eq!(moved("ArrowUp", Some(0), 5, 3), Some(0));
        assert_eq!(moved("PageDown", Some(1), 5, 3), Some(4));
        assert_eq!(moved("PageUp", Some(4), 5, 3), Some(1));
        assert_eq!(moved("End", Some(1), 5_000, 3), Some(4_999));
        assert_eq!(moved("Home", Some(9), 5_000, 3), Some(0));
    }

    #[test]
    fn an_empty_list_and_other_keys_move_nothing_and_a_shrunken_list_is_survived() {
        assert_eq!(moved("ArrowDown", Some(3), 0, 3), None);
        assert_eq!(moved("x", Some(3), 5, 3), None);
        assert_eq!(moved("ArrowUp", Some(100), 5, 3), Some(3));
    }
}
