//! A text that is folded where it is long.

use yew::prelude::*;

use crate::i18n::{t, use_i18n};

/// So much of a long text is shown at first.
const LINES: usize = 6;
const LETTERS: usize = 400;
/// What would fold away less than this is shown whole.
const SLACK: usize = 100;

/// Its beginning; none where all of it is shown.
fn beginning(text: &str) -> Option<&str> {
    let lines = text.match_indices('\n').nth(LINES - 1).map(|(at, _)| at).filter(|at| text[*at..].trim().lines().count() > 1);
    let letters = text.char_indices().nth(LETTERS).map(|(at, _)| at).filter(|at| text[*at..].chars().nth(SLACK).is_some());
    let at = lines.into_iter().chain(letters).min()?;
    Some(text[..at].trim_end())
}

#[derive(Properties, PartialEq)]
pub struct FoldedProps {
    pub text: AttrValue,
    #[prop_or_default]
    pub class: Classes,
}

#[component]
pub fn Folded(props: &FoldedProps) -> Html {
    let i18n = use_i18n();
    let open = use_state_eq(|| false);
    let Some(short) = beginning(&props.text) else {
        return html! { <p class={classes!("folded", "selectable", props.class.clone())}>{&props.text}</p> };
    };
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! { <>
        <p class={classes!("folded", "selectable", props.class.clone())}>{if *open { props.text.to_string() } else { format!("{short} …") }}</p>
        <button type="button" class="link folded__more" data-testid="unfold" aria-expanded={open.to_string()} {onclick}>{if *open { t!(i18n, "show-less") } else { t!(i18n, "show-all") }}</button>
    </> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_folded_where_it_is_long_and_not_where_little_would_be_hidden() {
        assert_eq!((beginning(""), beginning("short"), beginning(&"ä".repeat(LETTERS + SLACK))), (None, None, None));
        assert_eq!(beginning(&"ä".repeat(LETTERS + SLACK + 1)).map(|text| text.chars().count()), Some(LETTERS));
        let lines = |count: usize| vec!["x"; count].join("\n");
        assert_eq!(beginning(&lines(LINES + 1)), None, "one line more is shown");
        assert_eq!(beginning(&lines(LINES + 2)), Some(lines(LINES).as_str()));
        let both = format!("{}\n{}", "ä".repeat(LETTERS + SLACK + 1), lines(20));
        assert_eq!(beginning(&both).map(|text| text.chars().count()), Some(LETTERS));
    }
}
