//! Which signals raise incidents (R74).

use tenantry_model::api::signal_switches::{SignalSwitch, SwitchSignals as Switch, SwitchTo};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{ChangeOf, GetSignalSwitches, SwitchSignals};
use tenantry_model::signal::SignalId;
use yew::prelude::*;

use super::page::refused;
use super::view_model::found;
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::form::TextField;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{Tone, cached, failed, notice, why_not_now};
use crate::context::use_app;
use crate::domain_view::badges::severity_badge;
use crate::hooks::{call, sent_again, use_command, use_question};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct SignalsProps {
    pub(super) customer: TenantId,
    pub(super) name: AttrValue,
}

/// What is asked about: one signal, or all.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Asked {
    One(SignalSwitch),
    Reset,
}

impl Asked {
    fn change(self) -> Switch {
        match self {
            Self::One(it) => Switch { to: if it.enabled { SwitchTo::Disabled } else { SwitchTo::Enabled }, signals: Some(vec![it.signal]) },
            Self::Reset => Switch { to: SwitchTo::Default, signals: None },
        }
    }
}

#[component]
pub(super) fn Signals(props: &SignalsProps) -> Html {
    let (i18n, app, customer) = (use_i18n(), use_app(), props.customer);
    let switches = use_command::<GetSignalSwitches>(Some(customer), app.model.relations);
    let (search, told) = (use_state(String::new), use_state(|| None::<String>));
    let asking = use_question::<Asked>();
    let known = switches.remote.data().map(|seen| &seen.value);
    let why = why_not_now(&i18n, &app)
        .or_else(|| known.filter(|known| !known.may_modify).map(|_| t!(i18n, "settings-read-only", name = props.name.to_string())))
        .map(AttrValue::from);
    let none_off = known.filter(|known| known.signals.iter().all(|it| it.enabled));
    let why_not_reset = why.clone().or_else(|| none_off.map(|_| AttrValue::from(t!(i18n, "signals-default"))));
    let on_confirm = {
        let (i18n, told, retry) = (i18n.clone(), told.setter(), switches.retry.clone());
        asking.on_confirm(move |asked: Asked| {
            let (i18n, told, retry) = (i18n.clone(), told.clone(), retry.clone());
            async move {
                sent_again(|| async move {
                    let version = call::<GetSignalSwitches>(customer).await?.value.version;
                    call::<SwitchSignals>(ChangeOf { key: customer, version, change: asked.change() }).await.map(drop)
                })
                .await?;
                told.set(Some(done(&i18n, asked)));
                retry.emit(());
                Ok(())
            }
        })
    };
    let on_search = {
        let search = search.setter();
        Callback::from(move |text: String| search.set(text))
    };
    let ask = asking.on_ask(|asked: Asked| asked);
    let content = match refused(&i18n, &switches.remote, &props.name) {
        Some(refused) => refused,
        None => text_of(&switches.remote, &switches.retry, 8, |seen| {
            let rows = found(&i18n, &seen.value.signals, &search);
            if rows.is_empty() {
                return html! { <p class="dim" data-testid="signals-no-match">{t!(i18n, "signals-no-match")}</p> };
            }
            table(&i18n, &rows, why.as_ref(), &ask)
        }),
    };
    html! { <>
        {cached(&i18n, &app, switches.remote.data())}
        <p class="sheet__text">{t!(i18n, "signals-text")}</p>
        <div class="sheet__add">
            <TextField id="signal-search" label={t!(i18n, "search-signals")} kind="search" value={(*search).clone()} on_input={on_search} />
            <Button testid="signals-reset" why={why_not_reset} onclick={ask.reform(|_: MouseEvent| Asked::Reset)}>{t!(i18n, "signals-reset")}</Button>
        </div>
        if let Some(text) = &*told { {notice(Tone::Good, "signals-told", html! { {text} })} }
        if let Some(error) = asking.task.error() { {failed(&i18n, error)} }
        {content}
        if let Some(asked) = asking.about() {
            <Confirm title={title(&i18n, *asked, &props.name)} action={action(&i18n, *asked)} danger={matches!(asked, Asked::One(SignalSwitch { enabled: true, .. }))} busy={asking.task.is_busy()} {on_confirm} on_cancel={asking.on_cancel()} testid="signal-confirm">
                <p>{consequence(&i18n, *asked)}</p>
            </Confirm>
        }
    </> }
}

fn table(i18n: &I18n, rows: &[SignalSwitch], why: Option<&AttrValue>, ask: &Callback<Asked>) -> Html {
    let minutes = |of: std::time::Duration| t!(i18n, "minutes-count", count = of.as_secs() / 60);
    html! {
        <table class="switches" data-testid="signals">
            <thead><tr>
                <th scope="col">{t!(i18n, "column-signal")}</th>
                <th scope="col">{t!(i18n, "column-severity")}</th>
                <th scope="col" class="switches__soft">{t!(i18n, "signal-poll")}</th>
                <th scope="col" class="switches__soft">{t!(i18n, "signal-watch")}</th>
                <th scope="col">{t!(i18n, "signal-open")}</th>
                <th scope="col">{t!(i18n, "signal-raises")}</th>
            </tr></thead>
            <tbody>{for rows.iter().map(|it| {
                let (facts, name, it) = (it.signal.facts(), i18n.label(it.signal), *it);
                html! {
                    <tr key={it.signal.as_str()} data-testid={format!("signal-{}", it.signal.as_str())}>
                        <th scope="row">{&name}<span class="switches__more">{i18n.label(facts.category)}</span></th>
                        <td>{severity_badge(i18n, facts.severity)}</td>
                        <td class="switches__soft">{minutes(facts.poll)}</td>
                        <td class="switches__soft">{minutes(facts.watch)}</td>
                        <td class="number">{it.open.map_or_else(|| "–".to_owned(), |open| i18n.number(open))}</td>
                        <td class="switches__state">
                            <span class="switches__word">{glyph(if it.enabled { Icon::Check } else { Icon::Quiet })}{if it.enabled { t!(i18n, "signal-on") } else { t!(i18n, "signal-off") }}</span>
                            <Button class="button button--small" testid={switch_id(it.signal)} why={why.cloned()} onclick={ask.reform(move |_: MouseEvent| Asked::One(it))}>{if it.enabled { t!(i18n, "signal-disable") } else { t!(i18n, "signal-enable") }}<span class="spoken">{" "}{&name}</span></Button>
                        </td>
                    </tr>
                }
            })}</tbody>
        </table>
    }
}

fn switch_id(signal: SignalId) -> String {
    format!("switch-{}", signal.as_str())
}

fn title(i18n: &I18n, asked: Asked, name: &str) -> String {
    match asked {
        Asked::One(it) if it.enabled => t!(i18n, "signal-disable-title", signal = i18n.label(it.signal), name = name.to_owned()),
        Asked::One(it) => t!(i18n, "signal-enable-title", signal = i18n.label(it.signal), name = name.to_owned()),
        Asked::Reset => t!(i18n, "signals-reset-title", name = name.to_owned()),
    }
}

fn action(i18n: &I18n, asked: Asked) -> String {
    match asked {
        Asked::One(it) if it.enabled => t!(i18n, "signal-disable-action", signal = i18n.label(it.signal)),
        Asked::One(it) => t!(i18n, "signal-enable-action", signal = i18n.label(it.signal)),
        Asked::Reset => t!(i18n, "signals-reset"),
    }
}

/// What comes of it, with how many incidents would close.
fn consequence(i18n: &I18n, asked: Asked) -> String {
    match asked {
        Asked::One(SignalSwitch { enabled: true, open: Some(open), .. }) => t!(i18n, "signal-disable-text", count = open),
        Asked::One(SignalSwitch { enabled: true, .. }) => t!(i18n, "signal-disable-unknown"),
        Asked::One(_) | Asked::Reset => t!(i18n, "signal-enable-text"),
    }
}

fn done(i18n: &I18n, asked: Asked) -> String {
    match asked {
        Asked::One(it) if it.enabled => t!(i18n, "signal-disabled", signal = i18n.label(it.signal)),
        Asked::One(it) => t!(i18n, "signal-enabled", signal = i18n.label(it.signal)),
        Asked::Reset => t!(i18n, "signals-were-reset"),
    }
}
