//! What stands where the rest of an incident would, while the device keeps its row alone (A40).

use gloo::timers::callback::Timeout;
use tenantry_model::ipc::IncidentRest;
use yew::prelude::*;

use crate::i18n::{I18n, t, use_i18n};

/// Who waits longer than this is told by voice, too.
const LONG_MS: u32 = 1_000;

/// The line; none where all is here.
fn line(i18n: &I18n, rest: IncidentRest, is_open: bool) -> Option<String> {
    match rest {
        IncidentRest::Here => None,
        IncidentRest::Coming => Some(t!(i18n, "rest-coming")),
        // In a first sync, the rows of those that are open come before the rest.
        IncidentRest::OffLine if is_open => Some(t!(i18n, "rest-off-line-open")),
        IncidentRest::OffLine => Some(t!(i18n, "rest-off-line")),
        IncidentRest::Failed => Some(t!(i18n, "rest-failed")),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct RestLineProps {
    pub(super) rest: IncidentRest,
    /// Whether the incident is.
    pub(super) is_open: bool,
    pub(super) on_retry: Callback<()>,
}

#[component]
pub(super) fn RestLine(props: &RestLineProps) -> Html {
    let (i18n, took_long) = (use_i18n(), use_state_eq(|| false));
    let is_coming = props.rest == IncidentRest::Coming;
    use_effect_with(is_coming, {
        let took_long = took_long.clone();
        move |is_coming| {
            took_long.set(false);
            let timer = is_coming.then(|| Timeout::new(LONG_MS, move || took_long.set(true)));
            move || drop(timer)
        }
    });
    let Some(line) = line(&i18n, props.rest, props.is_open) else { return html! {} };
    html! {
        <div class="rest">
            <p class="dim" data-testid="incident-rest" aria-busy={is_coming.then_some("true")}>{&line}</p>
            if props.rest == IncidentRest::Failed {
                <button type="button" class="button" data-testid="rest-retry" onclick={props.on_retry.reform(|_: MouseEvent| ())}>{t!(i18n, "try-again")}</button>
            }
            <span class="spoken" role="status">if is_coming && *took_long { {line} }</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_20_a_row_without_its_rest_says_so_and_how_to_get_it() {
        let i18n = I18n::default();
        assert_eq!(line(&i18n, IncidentRest::Here, false), None);
        assert_eq!(line(&i18n, IncidentRest::Coming, false).unwrap(), "Loading further details …");
        let off_line = line(&i18n, IncidentRest::OffLine, false).unwrap();
        assert_eq!(line(&i18n, IncidentRest::Failed, false).unwrap(), "Further details could not be loaded.");
        assert!(off_line.starts_with("Resolved more than 30 days ago: this device keeps only what the list shows."), "{off_line}");
        assert!(
            line(&i18n, IncidentRest::OffLine, true).unwrap().ends_with("once the service can be reached."),
            "an open one was not resolved"
        );
    }
}
