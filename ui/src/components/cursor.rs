//! Where a key moves the cursor of a list.

use web_sys::KeyboardEvent;

/// The key, where it is for the list below a text field: with Ctrl, Alt or Cmd, and to both ends of the line, keys move and delete in the text.
pub fn key_of_list(event: &KeyboardEvent) -> Option<String> {
    let key = event.key();
    is_for_list(&key, event.ctrl_key() || event.alt_key() || event.meta_key()).then_some(key)
}

fn is_for_list(key: &str, modified: bool) -> bool {
    !modified && !matches!(key, "Home" | "End")
}

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
    use super::{is_for_list, moved};

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
    fn fault_9_04_word_wise_keys_stay_in_the_text_above_a_list() {
        for key in ["ArrowLeft", "ArrowUp", "ArrowDown", "Backspace", "Enter"] {
            assert!(!is_for_list(key, true), "{key}");
            assert!(is_for_list(key, false), "{key}");
        }
        assert!(!is_for_list("Home", false) && !is_for_list("End", false), "they lead to the ends of the text");
    }

    #[test]
    fn an_empty_list_and_other_keys_move_nothing_and_a_shrunken_list_is_survived() {
        assert_eq!(moved("ArrowDown", Some(3), 0, 3), None);
        assert_eq!(moved("x", Some(3), 5, 3), None);
        assert_eq!(moved("ArrowUp", Some(100), 5, 3), Some(3));
    }
}
