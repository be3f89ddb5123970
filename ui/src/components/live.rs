//! Texts that screen readers say by themselves: only in answer to what somebody did, never because the world went on.

use yew::prelude::*;

/// What was said last, and in answer to what.
#[derive(Debug, Clone, PartialEq, Default)]
struct Said {
    cause: Option<u32>,
    text: AttrValue,
}

impl Said {
    /// The same as before, unless there is another cause and its text has arrived.
    fn next(&self, cause: u32, text: Option<&AttrValue>) -> Self {
        match text {
            Some(text) if self.cause != Some(cause) => Self { cause: Some(cause), text: text.clone() },
            _ => self.clone(),
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct CountProps {
    /// What it says now; none while nothing is known.
    pub text: Option<AttrValue>,
    /// Another number stands for another question of the user, such as a filter: its answer is said once.
    pub cause: u32,
    /// Whether the text answers the cause, and not what was asked before.
    #[prop_or(true)]
    pub settled: bool,
    /// Whether there are none, and what stands in the place of the list says so: then it is only spoken.
    #[prop_or_default]
    pub none: bool,
    #[prop_or(classes!("page__count"))]
    pub class: Classes,
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// How many there are: on the screen where there are any, and said once for each cause.
#[component]
pub fn Count(props: &CountProps) -> Html {
    let said = use_mut_ref(Said::default);
    let next = said.borrow().next(props.cause, props.text.as_ref().filter(|_| props.settled));
    *said.borrow_mut() = next.clone();
    html! { <>
        <span class={props.class.clone()} data-testid={props.testid.clone()}>{props.text.clone().filter(|_| !props.none)}</span>
        <span class="spoken" role="status">{next.text}</span>
    </> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_11_a_count_is_said_in_answer_to_the_user_and_not_when_the_world_changes() {
        let text = |text: &'static str| Some(AttrValue::from(text));
        let say = |said: &Said, cause: u32, now: Option<AttrValue>| said.next(cause, now.as_ref());
        let opened = say(&Said::default(), 1, text("40 incidents"));
        assert_eq!(opened.text, "40 incidents");
        let later = say(&say(&opened, 1, text("41 incidents")), 1, text("39 incidents"));
        assert_eq!(later.text, "40 incidents", "incidents came and went, nobody asked");
        let waiting = say(&later, 2, None);
        assert_eq!(waiting.text, "40 incidents", "a filter was set, its answer is on its way");
        let filtered = say(&waiting, 2, text("6 incidents"));
        assert_eq!(filtered.text, "6 incidents");
        assert_eq!(say(&filtered, 2, text("7 incidents")).text, "6 incidents");
    }
}
