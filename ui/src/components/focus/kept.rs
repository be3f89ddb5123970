//! Whether what has the focus keeps its element while something beside it comes and goes.
//!
//! Elements without keys are told apart by their place, counted from the last. A list among other elements moves those before it with each line that
//! comes or goes: they are made anew, and lose the focus. In a fragment of its own it is one of them, whatever its length.

use crate::sources;

const LIST: &str = concat!("{fo", "r ");

/// Up to the brace that closes the one it begins with.
fn block(text: &str) -> &str {
    let (mut depth, mut in_text, mut is_escaped) = (0_u32, false, false);
    for (at, sign) in text.char_indices() {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' if in_text => is_escaped = true,
            '"' => in_text = !in_text,
            '{' if !in_text => depth += 1,
            '}' if !in_text => {
                depth -= 1;
                if depth == 0 {
                    return &text[..=at];
                }
            }
            _ => {}
        }
    }
    text
}

/// Without the comments that it ends in.
fn before(text: &str) -> &str {
    let text = text.trim_end();
    match text.rsplit_once('\n') {
        Some((above, line)) if line.trim_start().starts_with("//") => before(above),
        _ => text,
    }
}

/// Without the comments that it begins with.
fn after(text: &str) -> &str {
    let text = text.trim_start();
    match text.split_once('\n') {
        Some((line, below)) if line.starts_with("//") => after(below),
        _ => text,
    }
}

/// Whether what ends so opens an element, or a block.
fn opens(text: &str) -> bool {
    let is_tag = |(at, _): &(usize, &str)| text[at + 1..].starts_with(|sign: char| sign.is_ascii_alphabetic() || "/@>".contains(sign));
    let last = text.rmatch_indices('<').find(is_tag).map_or("", |(at, _)| &text[at..]);
    text.ends_with('{') || (text.ends_with('>') && !text.ends_with("/>") && !last.starts_with("</"))
}

fn stands_alone(text: &str, at: usize) -> bool {
    let rest = after(&text[at + block(&text[at..]).len()..]);
    opens(before(&text[..at])) && (rest.starts_with("</") || rest.starts_with('}'))
}

#[test]
fn keys_a_list_among_other_elements_stands_in_a_fragment_of_its_own() {
    let mut found = sources::all();
    // A row of a table takes no focus, and its cells are as many as the columns.
    found.retain(|(path, _)| !path.ends_with("table/row.rs"));
    let lines = found.iter().flat_map(|(path, text)| {
        let lists = text.match_indices(LIST).filter(|(at, _)| !stands_alone(text, *at));
        lists.map(move |(at, _)| format!("{path}:{}", text[..at].lines().count()))
    });
    assert_eq!(lines.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn keys_lists_among_other_elements_are_found() {
    let list = format!("{LIST}rows.iter().map(|row| html! {{ <li>{{\"}}\"}}</li> }})}}");
    let alone = |around: &str| {
        let text = around.replace('*', &list);
        stands_alone(&text, text.find(LIST).unwrap())
    };
    for good in ["<ul {onkeydown}> * </ul>", "<p/><>*</>", "if any { * }", "<ul a={|| 1 > 0}>\n// Why.\n*\n</ul>"] {
        assert!(alone(good), "{good}");
    }
    for bad in ["<ul><li/> * </ul>", "<p></p>*</ul>", "<ul>*<li/></ul>", "<ul>*if any { <li/> }</ul>", "<ul>{one}*</ul>"] {
        assert!(!alone(bad), "{bad}");
    }
}
