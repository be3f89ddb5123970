//! The counters above the list: each is a filter (W7).

use tenantry_model::api::IncidentTab;
use tenantry_model::incident::IncidentStatus;
use tenantry_model::ipc::IncidentCounters;
use yew::prelude::*;

use super::view_model::{View, ViewAction};
use crate::components::icon::{Icon, glyph};
use crate::domain_view::badges::status_icon;
use crate::i18n::{I18n, Label, t};

fn counted(counters: &IncidentCounters, status: Option<IncidentStatus>) -> u32 {
    match status {
        None => counters.all,
        Some(IncidentStatus::NeedsAction) => counters.needs_action,
        Some(IncidentStatus::AssignedToService) => counters.assigned_to_service,
        Some(IncidentStatus::PendingInvestigation) => counters.pending_investigation,
        Some(IncidentStatus::Resolved) => counters.resolved,
        Some(IncidentStatus::Closed) => counters.closed,
    }
}

/// The statuses that a tab counts; none is all of them.
fn shown(tab: IncidentTab) -> Vec<Option<IncidentStatus>> {
    std::iter::once(None).chain(IncidentStatus::ALL.iter().copied().filter(|status| View::fits(*status, tab)).map(Some)).collect()
}

/// The counters.
pub(super) fn counters(i18n: &I18n, tab: IncidentTab, counters: Option<IncidentCounters>, view: &UseReducerHandle<View>) -> Html {
    let on: Vec<IncidentStatus> = view.statuses.iter().copied().filter(|status| View::fits(*status, tab)).collect();
    html! {
        <div class="counters" role="group" aria-label={t!(i18n, "counters")}>
            {for shown(tab).into_iter().map(|status| {
                let pressed = match status { None => on.is_empty(), Some(status) => on == [status] };
                let label = match (status, tab) {
                    (Some(status), _) => i18n.label(status),
                    (None, IncidentTab::Active) => t!(i18n, "counter-all-active"),
                    (None, IncidentTab::Resolved) => t!(i18n, "counter-all-resolved"),
                };
                let (name, icon) = status.map_or(("all", Icon::Incidents), |status| (status.word(), status_icon(status)));
                let number = counters.map_or_else(|| "–".to_owned(), |counters| i18n.number(counted(&counters, status)));
                let view = view.clone();
                html! {
                    <button
                        type="button"
                        key={name}
                        class={classes!("counter", format!("counter--{name}"), pressed.then_some("counter--on"))}
                        aria-pressed={pressed.to_string()}
                        data-testid={format!("counter-{name}")}
                        title={label.clone()}
                        onclick={move |_| view.dispatch(ViewAction::Counter(status.filter(|_| !pressed)))}
                    >
                        <span class="counter__number">{number}</span>
                        <span class="counter__label">{glyph(icon)}<span class="clip">{label}</span></span>
                    </button>
                }
            })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w7_each_tab_counts_its_own_statuses() {
        assert_eq!(shown(IncidentTab::Active).len(), 4);
        assert_eq!(shown(IncidentTab::Resolved), [None, Some(IncidentStatus::Resolved), Some(IncidentStatus::Closed)]);
        let counters = IncidentCounters { all: 6, needs_action: 1, assigned_to_service: 2, pending_investigation: 3, ..Default::default() };
        let numbers: Vec<u32> = shown(IncidentTab::Active).into_iter().map(|status| counted(&counters, status)).collect();
        assert_eq!(numbers, [6, 1, 2, 3]);
    }
}
