//! Questions before a change that hurts, and before one that meets somebody else's.

use yew::prelude::*;

use super::button::Button;
use super::dialog::Dialog;
use super::icon::{Icon, glyph};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub struct ConfirmProps {
    pub title: AttrValue,
    /// What the button says: the verb and the name, such as "Remove Contoso GmbH".
    pub action: AttrValue,
    #[prop_or(true)]
    pub danger: bool,
    /// Why it cannot be done now.
    #[prop_or_default]
    pub blocked: Option<AttrValue>,
    #[prop_or_default]
    pub busy: bool,
    pub on_confirm: Callback<()>,
    pub on_cancel: Callback<()>,
    /// For tests; the button's is this and `-yes`.
    pub testid: AttrValue,
    #[prop_or_default]
    pub children: Html,
}

/// A question with the consequence in words and a button that names it. The focus starts on Cancel: Enter alone never destroys anything.
#[component]
pub fn Confirm(props: &ConfirmProps) -> Html {
    let i18n = use_i18n();
    let style = if props.danger { "button--danger" } else { "button--primary" };
    html! {
        <Dialog title={&props.title} on_cancel={props.on_cancel.clone()} wide=true>
            <div class="dialog__text" data-testid={&props.testid}>{props.children.clone()}</div>
            <div class="dialog__buttons">
                <button type="button" class="button" data-testid={format!("{}-no", props.testid)} onclick={props.on_cancel.reform(|_: MouseEvent| ())}>{t!(i18n, "cancel")}</button>
                <Button class={classes!("button", "button--long", style)} testid={format!("{}-yes", props.testid)} why={props.blocked.clone()} busy={props.busy} title={props.action.clone()} onclick={props.on_confirm.reform(|_: MouseEvent| ())}>
                    if props.busy { <span class="spinner" aria-hidden="true" /> }
                    <span>{&props.action}</span>
                </Button>
            </div>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
pub struct DiscardProps {
    pub on_discard: Callback<()>,
    pub on_stay: Callback<()>,
}

/// Before what was entered is thrown away.
#[component]
pub fn Discard(props: &DiscardProps) -> Html {
    let i18n = use_i18n();
    html! {
        <Confirm title={t!(i18n, "discard-title")} action={t!(i18n, "form-discard")} on_confirm={props.on_discard.clone()} on_cancel={props.on_stay.clone()} testid="confirm-discard">
            <p>{t!(i18n, "discard-text")}</p>
        </Confirm>
    }
}

/// Leaving a form by Cancel or Esc: what was entered is given up by an answer alone. The second is the question, drawn beside the form.
#[hook]
pub fn use_leaving(entered: bool, on_leave: &Callback<()>) -> (Callback<()>, Html) {
    let asking = use_state(|| false);
    let leave = {
        let (asking, on_leave) = (asking.setter(), on_leave.clone());
        Callback::from(move |()| if entered { asking.set(true) } else { on_leave.emit(()) })
    };
    let on_stay = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(false))
    };
    (leave, html! { if *asking { <Discard on_discard={on_leave.clone()} {on_stay} /> } })
}

/// One thing that a form says, as it was, is and would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    pub label: AttrValue,
    /// When the form was opened; none where nobody knows that.
    pub was: Option<AttrValue>,
    pub now: AttrValue,
    /// In the form.
    pub mine: AttrValue,
}

impl Compared {
    pub fn new(label: String, [was, now, mine]: [String; 3]) -> Self {
        Self { label: label.into(), was: Some(was.into()), now: now.into(), mine: mine.into() }
    }

    /// Where nobody knows what it was: nothing can be said to have changed.
    pub fn of_now(label: String, [now, mine]: [String; 2]) -> Self {
        Self { label: label.into(), was: None, now: now.into(), mine: mine.into() }
    }

    pub fn is_changed(&self) -> bool {
        self.was.as_ref().is_some_and(|was| *was != self.now)
    }

    /// Whether the form says something else than it was opened with.
    pub fn is_touched(&self) -> bool {
        self.was.as_ref() != Some(&self.mine)
    }

    /// What it will say once the form's change is applied: what the form did not touch stays as it is now.
    pub fn after(&self) -> &AttrValue {
        if self.is_touched() { &self.mine } else { &self.now }
    }
}

/// What it was, is and would be, side by side; what somebody else changed is marked. Where nobody knows what it was, that is left out;
/// what stays as it is, is said once.
pub fn compared(i18n: &I18n, lines: &[Compared]) -> Html {
    let tells_was = lines.iter().any(|line| line.was.as_ref().is_some_and(|was| !was.is_empty()));
    html! {
        <table class="compare" data-testid="stale-table">
            <thead><tr><td></td>if tells_was { <th scope="col">{t!(i18n, "stale-was")}</th> }<th scope="col">{t!(i18n, "stale-now")}</th><th scope="col">{t!(i18n, "stale-mine")}</th></tr></thead>
            <tbody>
                {for lines.iter().map(|line| html! {
                    <tr key={line.label.to_string()} class={line.is_changed().then_some("compare__changed")}>
                        <th scope="row">if line.is_changed() { {glyph(Icon::Important)}<span class="spoken">{t!(i18n, "stale-changed")}{" "}</span> }{&line.label}</th>
                        if tells_was { <td>{line.was.clone().unwrap_or_default()}</td> }
                        if line.now == *line.after() { <td colspan="2">{&line.now}</td> } else { <td>{&line.now}</td><td>{line.after()}</td> }
                    </tr>
                })}
            </tbody>
        </table>
    }
}

#[derive(Properties, PartialEq)]
pub struct StaleProps {
    pub name: AttrValue,
    /// What the form says; none while what holds now has not arrived.
    pub lines: Option<Vec<Compared>>,
    /// Gives the own change up.
    pub on_theirs: Callback<()>,
    /// Sends the own change again, on top of what holds now.
    pub on_mine: Callback<()>,
    pub on_cancel: Callback<()>,
}

/// Somebody else changed it meanwhile: what it was, is, and would be, side by side. Nothing is overwritten unseen.
#[component]
pub fn Stale(props: &StaleProps) -> Html {
    let i18n = use_i18n();
    html! {
        <Dialog title={t!(i18n, "stale-title", name = props.name.to_string())} on_cancel={props.on_cancel.clone()} wide=true>
            <p class="dialog__text">{t!(i18n, "stale-text")}</p>
            {match &props.lines {
                None => html! { <p class="dialog__text" role="status"><span class="spinner" aria-hidden="true" />{" "}{t!(i18n, "loading")}</p> },
                Some(lines) => compared(&i18n, lines),
            }}
            <div class="dialog__buttons">
                <button type="button" class="button" data-testid="stale-theirs" onclick={props.on_theirs.reform(|_: MouseEvent| ())}>{t!(i18n, "stale-theirs")}</button>
                <Button class="button button--primary" testid="stale-mine" busy={props.lines.is_none()} onclick={props.on_mine.reform(|_: MouseEvent| ())}>{t!(i18n, "stale-mine-again")}</Button>
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_did_not_touch_stays_as_somebody_else_left_it() {
        let line = |mine: &'static str| Compared { label: "Name".into(), was: Some("a".into()), now: "b".into(), mine: mine.into() };
        assert_eq!((line("a").after().as_str(), line("c").after().as_str()), ("b", "c"));
        assert!(line("a").is_changed());
    }
}
