//! A form that waits because the page is about another customer now.

use yew::prelude::*;

use super::confirm::Discard;
use super::notice::{Tone, notice};
use crate::i18n::{t, use_i18n};

/// By which a form tells whether something was entered: discarding it asks first then.
#[derive(Clone, PartialEq)]
pub struct TellEntered(pub Callback<bool>);

#[derive(Properties, PartialEq)]
pub struct ParkedProps {
    pub parked: bool,
    /// What the form is, such as "New role".
    pub title: AttrValue,
    pub name: AttrValue,
    pub on_return: Callback<()>,
    pub on_discard: Callback<()>,
    /// The form. It stays in the page while parked, so that nothing typed is lost, but cannot be reached.
    pub children: Html,
}

#[component]
pub fn Parked(props: &ParkedProps) -> Html {
    let i18n = use_i18n();
    let asking = use_state(|| false);
    // A question, such as the one before deleting, has nothing that was entered, and tells nothing.
    let entered = use_state(|| false);
    let tell = {
        let entered = entered.setter();
        use_callback((), move |is_entered, ()| entered.set(is_entered))
    };
    let discard = {
        let (asking, entered, on_discard) = (asking.setter(), *entered, props.on_discard.clone());
        Callback::from(move |_: MouseEvent| if entered { asking.set(true) } else { on_discard.emit(()) })
    };
    let is_asking = *asking && props.parked;
    let on_stay = Callback::from(move |()| asking.set(false));
    html! { <>
        if props.parked {
            <div class="parked">
                {notice(Tone::Waiting, "form-parked", html! {
                    <div class="parked__line">
                        <p>{t!(i18n, "form-parked", title = props.title.to_string(), name = props.name.to_string())}</p>
                        <button type="button" class="button button--small" data-testid="form-return" onclick={props.on_return.reform(|_: MouseEvent| ())}>{t!(i18n, "form-return", name = props.name.to_string())}</button>
                        <button type="button" class="button button--small button--quiet" data-testid="form-discard" onclick={discard}>{t!(i18n, "form-discard")}</button>
                    </div>
                })}
            </div>
        }
        <div class="form-place" hidden={props.parked}>
            <ContextProvider<TellEntered> context={TellEntered(tell)}>{props.children.clone()}</ContextProvider<TellEntered>>
        </div>
        if is_asking { <Discard on_discard={props.on_discard.clone()} {on_stay} /> }
    </> }
}
