//! A form in steps: the list of steps, the one that is up, and the way back and on.

use yew::prelude::*;

use super::button::Button;
use super::confirm::Discard;
use super::focus::{focus, focus_first};
use super::icon::{Icon, glyph};
use super::pane::use_told_title;
use super::parked::TellEntered;
use crate::i18n::{t, use_i18n};

#[derive(Clone, PartialEq)]
pub struct Step {
    pub label: AttrValue,
    /// Whether one may go on from here.
    pub complete: bool,
}

impl Step {
    pub fn new(label: impl Into<AttrValue>, complete: bool) -> Self {
        Self { label: label.into(), complete }
    }
}

#[derive(Properties, PartialEq)]
pub struct WizardProps {
    pub title: AttrValue,
    /// For whom: the name of the customer that the form was opened for.
    #[prop_or_default]
    pub over: AttrValue,
    /// The steps; the last one reviews.
    pub steps: Vec<Step>,
    pub at: usize,
    pub on_step: Callback<usize>,
    /// What the last button says: the verb and what it is for.
    pub finish: AttrValue,
    #[prop_or_default]
    pub blocked: Option<AttrValue>,
    /// Whether it is being sent, or asked for: meanwhile one stays at the step.
    #[prop_or_default]
    pub busy: bool,
    pub on_finish: Callback<()>,
    /// Whether something was entered: giving up asks first then.
    pub entered: bool,
    pub on_cancel: Callback<()>,
    /// Whether it is a page of its own: its title is the page's heading then.
    #[prop_or_default]
    pub page: bool,
    pub testid: AttrValue,
    /// How old it is, beside the title: it comes and goes, and nothing below moves.
    #[prop_or_default]
    pub age: Html,
    /// What stands above the buttons: errors and warnings.
    #[prop_or_default]
    pub notices: Html,
    pub children: Html,
}

/// The last step that can be reached: the first that is not complete.
pub fn reachable(steps: &[Step]) -> usize {
    steps.iter().position(|step| !step.complete).unwrap_or(steps.len().saturating_sub(1))
}

/// What of a step takes the focus when it comes up. A field that answers a text above it does not: the text is to be read first.
const FIELDS: &str = "input:not([readonly]):not([disabled]):not([data-read-first]), select, textarea";

/// See the module. Enter goes on, and Esc leaves as Cancel does. A new step gives the focus to its first field, or to its heading where it has none.
#[component]
pub fn Wizard(props: &WizardProps) -> Html {
    let i18n = use_i18n();
    use_told_title(&props.title);
    let (heading, body) = (use_node_ref(), use_node_ref());
    let (at, last) = (props.at, props.steps.len().saturating_sub(1));
    let reachable = reachable(&props.steps);
    use_effect_with(at, {
        let (heading, body) = (heading.clone(), body.clone());
        move |_| {
            if !focus_first(&body, FIELDS) {
                focus(&heading);
            }
        }
    });
    let complete = props.steps.get(at).is_some_and(|step| step.complete);
    let onsubmit = {
        let (on_step, on_finish) = (props.on_step.clone(), props.on_finish.clone());
        let ready = !props.busy && props.blocked.is_none();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match (at < last, complete) {
                (true, true) => on_step.emit(at + 1),
                (false, _) if ready => on_finish.emit(()),
                _ => {}
            }
        })
    };
    let back = props.on_step.reform(move |_: MouseEvent| at.saturating_sub(1));
    let asking = use_state(|| false);
    let is_asking = *asking;
    let asks = props.entered;
    let tell = use_context::<TellEntered>();
    use_effect_with((asks, tell), |(asks, tell)| {
        if let Some(TellEntered(tell)) = tell {
            tell.emit(*asks);
        }
    });
    let leave = {
        let (asking, on_cancel) = (asking.setter(), props.on_cancel.clone());
        Callback::from(move |()| if asks { asking.set(true) } else { on_cancel.emit(()) })
    };
    let cancel = leave.reform(|_: MouseEvent| ());
    // What stands in it may have had a use for the key: a list that was open, a text that was searched for.
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            leave.emit(());
        }
    });
    let on_stay = Callback::from(move |()| asking.set(false));
    let (title_tag, step_tag) = if props.page { ("h1", "h2") } else { ("h2", "h3") };
    html! { <>
        <form class="wizard" {onsubmit} {onkeydown} data-testid={&props.testid} aria-label={&props.title}>
            <header class="wizard__head">
                <div class="pane__titles">
                    if !props.over.is_empty() { <p class="pane__over clip" title={&props.over}>{&props.over}</p> }
                    <@{title_tag} class="pane__title" tabindex="-1">{&props.title}</@>
                </div>
                {props.age.clone()}
                <button type="button" class="icon-button" aria-label={t!(i18n, "cancel")} title={t!(i18n, "cancel")} data-testid="wizard-cancel" onclick={cancel}>{glyph(Icon::Close)}</button>
            </header>
            if last > 0 {
            <ol class="wizard__steps">
                {for props.steps.iter().enumerate().map(|(place, step)| {
                    let onclick = props.on_step.reform(move |_: MouseEvent| place);
                    html! {
                        <li key={place}>
                            <Button class={classes!("wizard__step", (place == at).then_some("wizard__step--on"))} testid={format!("wizard-step-{place}")} current={(place == at).then_some("step")} why={(place > reachable).then(|| t!(i18n, "wizard-step-why"))} busy={props.busy} {onclick}>
                                <span class="wizard__mark" aria-hidden="true">if step.complete && place < at { {glyph(Icon::Check)} } else { {place + 1} }</span>
                                <span class="clip" title={&step.label}>{&step.label}</span>
                            </Button>
                        </li>
                    }
                })}
            </ol>
            }
            <div class="wizard__body" ref={body}>
                if last > 0 { <@{step_tag} ref={heading} class="wizard__title" tabindex="-1">{props.steps.get(at).map(|step| step.label.clone())}</@> }
                {props.children.clone()}
            </div>
            <footer class="wizard__foot">
                {props.notices.clone()}
                if let Some(why) = props.blocked.as_ref().filter(|_| at == last && !props.busy) { <p class="wizard__why">{why}</p> }
                <div class="wizard__buttons">
                    if at > 0 { <Button testid="wizard-back" busy={props.busy} onclick={back}>{t!(i18n, "wizard-back")}</Button> }
                    if at < last {
                        <Button class="button button--primary" testid="wizard-next" submit=true why={(!complete).then(|| t!(i18n, "wizard-next-why"))}>{t!(i18n, "wizard-next")}</Button>
                    } else {
                        <Button class="button button--primary button--long" testid="wizard-finish" submit=true why={props.blocked.clone()} busy={props.busy}>
                            if props.busy { <span class="spinner" aria-hidden="true" /> }
                            <span>{&props.finish}</span>
                        </Button>
                    }
                </div>
            </footer>
        </form>
        if is_asking { <Discard on_discard={props.on_cancel.clone()} {on_stay} /> }
    </> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_as_far_as_the_first_step_that_is_not_complete() {
        let steps = |complete: &[bool]| complete.iter().map(|complete| Step { label: "".into(), complete: *complete }).collect::<Vec<_>>();
        assert_eq!(reachable(&steps(&[false, true])), 0);
        assert_eq!(reachable(&steps(&[true, false, true])), 1);
        assert_eq!(reachable(&steps(&[true, true, true])), 2);
    }
}
