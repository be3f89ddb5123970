use tenantry_model::ipc::{
    CancelSignIn, DiskProblem, GoWithoutDisk, GoWithoutKeychain, IpcError, KeyProblem, MemoryOnly, SetService, SetServiceArgs,
    SignIn as SignInCommand, TryDisk, TryKeychain,
};
use yew::prelude::*;

use super::view_model::{Step, has_detail, is_told, left_closed, lost_key, step};
use crate::components::button::Button;
use crate::components::focus::focus;
use crate::components::form::typed;
use crate::components::icon::{Icon, glyph, mark};
use crate::components::notice::refusal;
use crate::context::{AppAction, use_app};
use crate::hooks::{sets, tell, use_task};
use crate::i18n::{I18n, Label, t, use_i18n};
use crate::shell::{demo_badge, language_select};

#[component]
pub fn SignIn() -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let editing = use_state(|| false);
    let task = use_task();
    let step = step(&app.model, *editing);

    let sign_in = {
        let reload = app.reload.clone();
        task.sends::<SignInCommand>(move |_| reload.emit(())).reform(|_: MouseEvent| ())
    };
    // The sign-in that is given up answers for both.
    let cancel = Callback::from(|_: MouseEvent| tell::<CancelSignIn>(()));
    let connected = {
        let (editing, dispatch) = (editing.clone(), app.dispatch.clone());
        Callback::from(move |service| {
            dispatch.emit(AppAction::Service(service));
            editing.set(false);
        })
    };
    let change = {
        let (editing, task) = (editing.clone(), task.clone());
        Callback::from(move |_: MouseEvent| {
            task.reset();
            editing.set(true);
        })
    };
    let address = app.model.service.as_ref().map(|service| service.address.clone()).unwrap_or_default();
    html! {
        <main class="sign-in">
            <div class="sign-in__top">{language_select(&i18n, &app)}</div>
            <section class="sign-in__card" aria-labelledby="sign-in-title">
                <div class="sign-in__brand">{mark()}<span class="brand">{"Tenantry"}</span></div>
                <h1 id="sign-in-title" class="sign-in__title" tabindex="-1">{match step {
                    Step::Address => t!(i18n, "sign-in-connect-title"),
                    Step::Ready => t!(i18n, "sign-in-title"),
                    Step::Keychain(problem) => i18n.label(problem),
                    Step::Disk(_) => t!(i18n, "disk-title"),
                    Step::Waiting => t!(i18n, "sign-in-waiting-title"),
                }}</h1>
                {match step {
                    Step::Address => html! { <AddressForm {address} on_connected={connected} on_cancel={
                        let editing = editing.clone();
                        (app.model.service.is_some()).then(|| Callback::from(move |()| editing.set(false)))
                    } /> },
                    Step::Keychain(problem) => keychain(&i18n, problem),
                    Step::Disk(problem) => disk(&i18n, problem),
                    Step::Ready => html! { <>
                        if let Some(problem) = lost_key(&app.model) {
                            <p class="sign-in__text" role="alert" data-testid="key-problem" data-problem={problem.as_str()}>{i18n.label(problem)}</p>
                        }
                        <p class="sign-in__text">{t!(i18n, "sign-in-text")}</p>
                        <Button class="button button--primary button--wide" testid="sign-in-button" busy={task.is_busy()} onclick={sign_in}>
                            {t!(i18n, "sign-in")}
                        </Button>
                        if let Some(why) = left_closed(&app.model) { {way_back(&i18n, why)} }
                        <div class="sign-in__service">
                            <span class="sign-in__service-label">{t!(i18n, "service")}</span>
                            <span class="clip" title={address.clone()}>{&address}</span>
                            if app.model.service_is_managed {
                                <span class="tag" title={t!(i18n, "service-managed-why")}>{t!(i18n, "service-managed")}</span>
                            } else {
                                <button type="button" class="link" data-testid="service-change" onclick={change}>{t!(i18n, "change")}</button>
                            }
                        </div>
                    </> },
                    Step::Waiting => html! { <>
                        <p class="sign-in__text" role="status"><span class="spinner" aria-hidden="true" />{t!(i18n, "sign-in-waiting")}</p>
                        <button type="button" class="button button--wide" data-testid="sign-in-cancel" onclick={cancel}>{t!(i18n, "cancel")}</button>
                    </> },
                }}
                if let Some(error) = task.error().filter(|error| step == Step::Ready && is_told(error)) { {told_box(&i18n, error)} }
            </section>
            <footer class="sign-in__foot">{demo_badge(&i18n, &app)}<span>{t!(i18n, "app-version", version = app.model.version.clone())}</span></footer>
        </main>
    }
}

/// The engine says by itself when the key is there, or what else is the matter.
fn keychain(i18n: &I18n, problem: KeyProblem) -> Html {
    let try_again = |_: MouseEvent| tell::<TryKeychain>(());
    let go_on = |_: MouseEvent| tell::<GoWithoutKeychain>(());
    html! {
        <div role="status" data-testid="key-problem" data-problem={problem.as_str()}>
            <p class="sign-in__text"><span class="spinner" aria-hidden="true" />{t!(i18n, "key-text")}</p>
            <p class="sign-in__text">{t!(i18n, "key-without")}</p>
            <button type="button" class="button button--primary button--wide" data-testid="key-try-again" onclick={try_again}>{t!(i18n, "try-again")}</button>
            <button type="button" class="button button--wide" data-testid="key-go-on" onclick={go_on}>{t!(i18n, "key-go-on")}</button>
        </div>
    }
}

/// The engine says by itself when the disk lets the store be opened, or what else is the matter.
fn disk(i18n: &I18n, problem: DiskProblem) -> Html {
    let try_again = |_: MouseEvent| tell::<TryDisk>(());
    let go_on = |_: MouseEvent| tell::<GoWithoutDisk>(());
    html! {
        <div role="status" data-testid="disk-problem" data-problem={problem.as_str()}>
            <p class="sign-in__text"><strong>{i18n.label(problem)}</strong></p>
            <p class="sign-in__text"><span class="spinner" aria-hidden="true" />{t!(i18n, "disk-text")}</p>
            <button type="button" class="button button--primary button--wide" data-testid="disk-try-again" onclick={try_again}>{t!(i18n, "try-again")}</button>
            <button type="button" class="button button--wide" data-testid="disk-go-on" onclick={go_on}>{t!(i18n, "key-go-on")}</button>
        </div>
    }
}

/// To what was left closed, once the user can do something about the cause.
fn way_back(i18n: &I18n, why: MemoryOnly) -> Html {
    let (text, open) = match why {
        MemoryOnly::WithoutDisk => (t!(i18n, "left-closed-disk"), Callback::from(|_: MouseEvent| tell::<TryDisk>(()))),
        MemoryOnly::NoKeychain | MemoryOnly::WithoutKeychain => {
            (t!(i18n, "left-closed-keychain"), Callback::from(|_: MouseEvent| tell::<TryKeychain>(())))
        }
    };
    html! {
        <div class="sign-in__more" data-testid="left-closed" data-why={why.as_str()}>
            <p class="sign-in__text">{text}</p>
            <button type="button" class="button button--wide" data-testid="left-closed-open" onclick={open}>{t!(i18n, "left-closed-open")}</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AddressFormProps {
    address: AttrValue,
    on_connected: Callback<tenantry_model::ipc::ServiceState>,
    on_cancel: Option<Callback<()>>,
}

#[component]
fn AddressForm(props: &AddressFormProps) -> Html {
    let i18n = use_i18n();
    let input = use_node_ref();
    let address = use_state(|| props.address.to_string());
    let task = use_task();
    use_effect_with(input.clone(), focus);
    let oninput = sets(&address, typed);
    let onsubmit = {
        let (address, on_connected) = (address.clone(), props.on_connected.clone());
        task.sends::<SetService>(move |service| on_connected.emit(service)).reform(move |event: SubmitEvent| {
            event.prevent_default();
            SetServiceArgs { address: address.trim().to_owned() }
        })
    };
    let error = task.error().filter(|error| is_told(error));
    html! {
        <form {onsubmit}>
            <label class="field">
                <span class="field__label">{t!(i18n, "service-address")}</span>
                <input
                    ref={input}
                    class="field__input"
                    type="text"
                    inputmode="url"
                    required=true
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="https://tenantry.example"
                    value={(*address).clone()}
                    {oninput}
                    aria-describedby="service-address-hint"
                    aria-invalid={error.is_some().to_string()}
                    data-testid="service-address"
                />
                <span id="service-address-hint" class="field__hint">{t!(i18n, "service-address-hint")}</span>
            </label>
            <Button class="button button--primary button--wide" testid="service-connect" submit=true busy={task.is_busy()}>
                if task.is_busy() { <span class="spinner" aria-hidden="true" />{t!(i18n, "connecting")} } else { {t!(i18n, "connect")} }
            </Button>
            if let Some(on_cancel) = props.on_cancel.clone() {
                <button type="button" class="button button--quiet button--wide" onclick={move |_| on_cancel.emit(())}>{t!(i18n, "cancel")}</button>
            }
            if let Some(error) = error { {told_box(&i18n, error)} }
        </form>
    }
}

fn told_box(i18n: &I18n, error: &IpcError) -> Html {
    html! {
        <div class="told" role="alert" data-testid="sign-in-error" data-kind={error.kind.word()}>
            {glyph(Icon::Important)}
            <div>
                <p>{i18n.label(error.kind)}</p>
                if let Some(details) = &error.details {
                    {refusal(i18n, details)}
                } else if has_detail(error) {
                    <p class="told__detail">{&error.message}</p>
                }
            </div>
        </div>
    }
}
