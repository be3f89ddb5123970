//! What happened in a room and is no incident (R113), in words, and the issue that is begun for some of it.

use std::collections::BTreeSet;

use tenantry_model::api::incidents::LONGEST_DESCRIPTION;
use tenantry_model::api::room_events::{RoomEvent, RoomEventKind};
use tenantry_model::id::RoomEventId;
use tenantry_model::ipc::{OutboxMark, RoomKey};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::i18n::{I18n, t};

/// What the form for an issue is opened with from a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueStart {
    pub room: RoomKey,
    /// The customer's name.
    pub customer: String,
    /// What stands in the form at first.
    pub description: String,
    /// The room's events that it is about.
    pub events: Vec<RoomEventId>,
}

/// What happened, in a few words.
pub fn title(i18n: &I18n, event: &RoomEvent) -> String {
    match event.problem {
        Some(problem) => t!(i18n, "event-poor-call-of", problem = i18n.label(problem)),
        None => i18n.label(event.kind),
    }
}

/// The numbers of a call; none where there are none.
fn numbers(i18n: &I18n, event: &RoomEvent) -> Option<String> {
    let told = [
        event.duration_s.map(|seconds| t!(i18n, "age-minutes", minutes = seconds.div_ceil(60))),
        event.participants.map(|count| t!(i18n, "event-participants", count = count)),
        event.packet_loss_percent.map(|percent| t!(i18n, "event-packet-loss", percent = percent)),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

/// Title, moment, and what is known of it.
pub fn lines(i18n: &I18n, event: &RoomEvent, now: Timestamp) -> Html {
    let icon = match event.kind {
        RoomEventKind::PoorCall => Icon::Warning,
        RoomEventKind::RoomReport => Icon::Info,
    };
    html! { <>
        <span class="event__title">{glyph(icon)}{title(i18n, event)}</span>
        <span class="event__time" title={i18n.ago(event.at, now)}>{i18n.moment(event.at)}</span>
        if let Some(numbers) = numbers(i18n, event) { <span class="event__words dim">{numbers}</span> }
        if let Some(text) = &event.text { <span class="event__words selectable">{text}</span> }
    </> }
}

/// Those that an issue names which is not sent yet: another one for them would be refused.
pub fn waiting<'a>(marks: impl Iterator<Item = &'a OutboxMark>) -> BTreeSet<RoomEventId> {
    marks.filter(|mark| !mark.refused).flat_map(|mark| &mark.events).copied().collect()
}

/// What an issue for these events says at first. Not what somebody wrote in the room: that is the customer's, and the issue shows its events anyway (A35).
pub fn description(i18n: &I18n, events: &[&RoomEvent]) -> String {
    let line = |event: &&RoomEvent| {
        let known = numbers(i18n, event);
        std::iter::once(format!("{}, {}", i18n.moment(event.at), title(i18n, event))).chain(known).collect::<Vec<_>>().join(": ")
    };
    let lines: Vec<String> = events.iter().map(line).collect();
    fitting(&lines, LONGEST_DESCRIPTION)
}

/// As many whole lines as have their place within so many characters; one that is longer than all of it ends in the middle.
fn fitting(lines: &[String], most: usize) -> String {
    const MORE: &str = "…";
    let whole = lines.join("\n");
    if whole.chars().count() <= most {
        return whole;
    }
    let mut kept = String::new();
    for line in lines {
        // One line end, and place for saying that there is more.
        if kept.chars().count() + line.chars().count() + 2 > most {
            break;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    if kept.is_empty() {
        kept = whole.chars().take(most.saturating_sub(1)).collect();
    }
    kept + MORE
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::{FormId, Language, WorkKind};
    use uuid::Uuid;

    #[test]
    fn a35_r113_what_the_form_says_at_first_holds_nothing_that_somebody_wrote_in_the_room() {
        let event: RoomEvent = serde_json::from_value(serde_json::json!({
            "id": Uuid::from_u128(1), "roomId": Uuid::from_u128(2), "at": "2026-03-01T08:00:00Z", "kind": "room_report", "text": "Quittenbrot"
        }))
        .unwrap();
        let said = description(&I18n::new(Language::English), &[&event]);
        assert!(said.ends_with(", Problem reported in the room"), "{said}");
    }

    #[test]
    fn r113_events_of_an_issue_that_waits_are_not_chosen_again_and_those_of_a_refused_one_are() {
        let event = |n| RoomEventId::from_uuid(Uuid::from_u128(n));
        let mark = |events, refused| OutboxMark {
            form: FormId(Uuid::from_u128(1)),
            kind: WorkKind::Record,
            refused,
            customer: None,
            number: None,
            rooms: vec![],
            events,
        };
        let all = [mark(vec![event(1), event(2)], false), mark(vec![event(3)], true), mark(vec![], false)];
        assert_eq!(waiting(all.iter()), BTreeSet::from([event(1), event(2)]));
    }

    #[test]
    fn r113_what_the_form_says_at_first_is_never_longer_than_it_may_be() {
        let lines = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(fitting(&lines(&["ab", "cd"]), 5), "ab\ncd");
        assert_eq!(fitting(&lines(&["ab", "cd"]), 4), "ab\n…");
        assert_eq!(fitting(&lines(&["abcdef", "cd"]), 4), "abc…");
        assert_eq!(fitting(&[], 4), "");
        let many: Vec<String> = (0..50).map(|_| "ä".repeat(1_100)).collect();
        let most = fitting(&many, LONGEST_DESCRIPTION);
        assert_eq!((most.lines().count(), most.ends_with("\n…")), (4, true));
        assert!(most.chars().count() <= LONGEST_DESCRIPTION);
    }
}
