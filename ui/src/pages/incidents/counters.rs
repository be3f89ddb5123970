//! The counters above the list: each is a filter (W7).

use tenantry_model::api::IncidentTab;
use tenantry_model::incident::IncidentStatus;
use tenantry_model::ipc::IncidentCounters;
use yew::prelude::*;

use super::view_model::{View, ViewAction};
use crate::components::counters::{Counter, Counters};
use crate::components::icon::Icon;
use crate::domain_view::badges::status_icon;
use crate::hooks::dispatches;
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

pub(super) fn counters(i18n: &I18n, tab: IncidentTab, known: Option<IncidentCounters>, view: &UseReducerHandle<View>) -> Html {
    let on: Vec<IncidentStatus> = view.filter().statuses.iter().copied().filter(|status| View::fits(*status, tab)).collect();
    let counters = shown(tab).into_iter().map(|status| {
        let (name, icon) = status.map_or(("all", Icon::Incidents), |status| (status.word(), status_icon(status)));
        let label = match (status, tab) {
            (Some(status), _) => i18n.label(status),
            (None, IncidentTab::Active) => t!(i18n, "counter-all-active"),
            (None, IncidentTab::Resolved) => t!(i18n, "counter-all-resolved"),
        };
        let pressed = on == status.into_iter().collect::<Vec<_>>();
        let on_press = dispatches(view, move |_| ViewAction::Counter(status.filter(|_| !pressed)));
        Counter { name, icon, label, number: known.map(|known| counted(&known, status)), pressed, on_press }
    });
    html! { <Counters counters={counters.collect::<Vec<_>>()} /> }
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
