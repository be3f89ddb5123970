//! Whether what is cut off for want of room can be read: by its title, or that of what it stands in.

use crate::sources;

/// The elements that cut their text off and have no title, nor has anything on their line.
fn untitled(text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let is_clip = |line: &str| line.split('"').skip(1).step_by(2).any(|literal| literal.split(' ').any(|class| class == "clip"));
    let untitled = |(at, line): (usize, &&str)| (is_clip(line) && line.contains('<') && !line.contains("title")).then_some(at + 1);
    lines.iter().enumerate().filter_map(untitled).collect()
}

#[test]
fn keys_what_is_cut_off_says_all_of_it_in_a_title() {
    let found = sources::all();
    let lines = found.iter().flat_map(|(path, text)| untitled(text).into_iter().map(move |line| format!("{path}:{line}")));
    assert_eq!(lines.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn keys_what_is_cut_off_without_a_title_is_found() {
    assert_eq!(untitled("<p>\n<span class=\"a clip\">{name}</span>"), [2]);
    for good in ["<span class=\"clip\" {title}>", "<i title=\"b\"><b class=\"clip\">", "<span class=\"eclipse\">"] {
        assert!(untitled(good).is_empty(), "{good}");
    }
}
