//! Labels of the values of enumerations: the key is made from a family and the value's spelling on the wire.

use std::cell::RefCell;

use tenantry_model::api::SignalState;
use tenantry_model::api::requests::RequestedAction;
use tenantry_model::api::room_events::{CallProblem, RoomEventKind};
use tenantry_model::api::settings::{MailLanguage, Region};
use tenantry_model::attachment::AttachmentState;
use tenantry_model::audit::{AuditCategory, AuditOperation, AuditResult};
use tenantry_model::incident::{
    Category, ClosureReason, HistoryKind, Incident, IncidentRow, IncidentStatus, IncidentType, Severity, Snooze,
};
use tenantry_model::ipc::{
    AccessEndedReason, CellSeparator, DiskProblem, IpcErrorKind, KeyProblem, Language, MemoryOnly, OfflineReason, Theme, TypeTitles,
    TypeWord,
};
use tenantry_model::permission::{BuiltInRole, Feature, Permission};
use tenantry_model::problem::{FieldCode, FieldError};
use tenantry_model::report::ReportCategory;
use tenantry_model::room::{Enrolment, Health};
use tenantry_model::search::{searchable, words};
use tenantry_model::signal::SignalId;
use tenantry_model::tenancy::{Approval, ControlEvent, PartnerStatus, PortalRole, PrincipalKind, RequestState, TenantStatus};
use tenantry_model::update::{ForcedWhen, UpdateProgress, UpdateStatus};

use super::I18n;

pub trait Label: Copy + Sized + 'static {
    const FAMILY: &'static str;

    /// Its spelling on the wire.
    fn word(self) -> &'static str;

    fn all() -> Vec<Self>;

    fn key(self) -> String {
        format!("{}-{}", Self::FAMILY, self.word().replace(['_', '.'], "-"))
    }
}

macro_rules! labels {
    ($($kind:ty = $family:literal)*) => {
    $(
        impl Label for $kind {
            const FAMILY: &'static str = $family;

            fn word(self) -> &'static str {
                self.as_str()
            }

            fn all() -> Vec<Self> {
                Self::ALL.to_vec()
            }
        }
    )*

        /// The keys of all labels.
        #[cfg(test)]
        pub(super) fn keys() -> Vec<String> {
            [$(<$kind>::all().into_iter().map(Label::key).collect::<Vec<_>>()),*].concat()
        }
    };
}

labels! {
    Severity = "severity"
    IncidentStatus = "status"
    Category = "category"
    ClosureReason = "closure"
    HistoryKind = "history"
    AttachmentState = "attachment-state"
    Health = "health"
    UpdateStatus = "update-status"
    UpdateProgress = "update-progress"
    ForcedWhen = "update-forced"
    Enrolment = "enrolment"
    Region = "region"
    MailLanguage = "mail-language"
    PortalRole = "portal-role"
    SignalId = "signal"
    SignalState = "signal-state"
    RoomEventKind = "event-kind"
    CallProblem = "call-problem"
    Language = "language"
    Theme = "theme"
    IpcErrorKind = "error"
    FieldCode = "field"
    AccessEndedReason = "access-ended"
    OfflineReason = "offline-reason"
    MemoryOnly = "memory-only"
    KeyProblem = "key-problem"
    DiskProblem = "disk-problem"
    Permission = "permission"
    Feature = "feature"
    BuiltInRole = "built-in"
    PrincipalKind = "principal"
    TenantStatus = "tenant"
    PartnerStatus = "partner"
    ControlEvent = "control"
    Approval = "approval"
    RequestState = "request"
    RequestedAction = "requested"
    AuditCategory = "audit-category"
    AuditOperation = "audit-operation"
    AuditResult = "audit-result"
    CellSeparator = "separator"
    ReportCategory = "report-category"
}

impl Label for IncidentType {
    const FAMILY: &'static str = "signal";

    fn word(self) -> &'static str {
        self.as_str()
    }

    fn all() -> Vec<Self> {
        SignalId::ALL.iter().map(|signal| Self::Signal(*signal)).chain([Self::CustomerReported]).collect()
    }
}

/// What the service's records say that an action changed.
pub(super) const AUDIT_FIELDS: [&str; 42] = [
    "allRooms",
    "attachments",
    "capacity",
    "ceiling",
    "changeControl",
    "claim",
    "contacts",
    "deferralDays",
    "description",
    "domain",
    "enrolment",
    "events",
    "expiresInDays",
    "forced",
    "highImpact",
    "key",
    "mail",
    "mailLanguage",
    "members",
    "messages",
    "name",
    "offline",
    "order",
    "paused",
    "permissions",
    "primaryAdmins",
    "problem",
    "reason",
    "relationship",
    "request",
    "requestedBy",
    "retried",
    "rolloutDays",
    "roomGroups",
    "rooms",
    "signal",
    "signalsOff",
    "snoozed",
    "status",
    "suppressed",
    "testDays",
    "timezone",
];

/// What such a record says of them in words of the service's own. Of all others the parts are values that have labels, names or numbers.
pub(super) const AUDIT_VALUES: [&str; 19] = [
    "none",
    "not-allowed",
    "active",
    "ended-by-the-partner",
    "ended-by-the-customer",
    "pending",
    "expired",
    "replaced",
    "withdrawn",
    "accepted",
    "denied",
    "yes",
    "no",
    "bad-request",
    "not-found",
    "conflict",
    "precondition-failed",
    "precondition-required",
    "payload-too-large",
];

impl I18n {
    /// What an audit record calls what changed; its own spelling where the language has no word for it.
    pub fn audit_field(&self, field: &str) -> String {
        if AUDIT_FIELDS.contains(&field) { self.text(&format!("audit-field-{field}"), &[]) } else { field.to_owned() }
    }

    /// What an audit record says of what changed; as it was written where the language has no words for it. Names stay, whatever they are.
    pub fn audit_value(&self, field: &str, value: &str) -> String {
        let own = |value: &str| {
            let key = value.replace(' ', "-");
            let known = AUDIT_VALUES.contains(&key.as_str());
            if known { self.text(&format!("audit-value-{key}"), &[]) } else { value.to_owned() }
        };
        let listed = |word: fn(&Self, &str) -> Option<String>| {
            let parts = value.split(", ").map(|part| word(self, part).unwrap_or_else(|| own(part)));
            parts.collect::<Vec<_>>().join(", ")
        };
        match field {
            "ceiling" | "permissions" => listed(|i18n, part| part.parse::<Permission>().ok().map(|known| i18n.label(known))),
            "changeControl" => listed(|i18n, part| part.parse::<ControlEvent>().ok().map(|known| i18n.label(known))),
            "status" => listed(|i18n, part| part.parse::<IncidentStatus>().ok().map(|known| i18n.label(known))),
            "forced" => listed(|i18n, part| part.parse::<ForcedWhen>().ok().map(|known| i18n.label(known))),
            "request" => listed(|i18n, part| part.parse::<RequestState>().ok().map(|known| i18n.label(known))),
            "offline" => match value.strip_suffix(" days").and_then(|days| days.parse::<u32>().ok()) {
                Some(days) => super::t!(self, "days-count", count = days),
                None => own(value),
            },
            "signalsOff" => listed(|i18n, part| part.parse::<SignalId>().ok().map(|known| i18n.label(known))),
            "mailLanguage" => value.parse::<MailLanguage>().map_or_else(|_| value.to_owned(), |known| self.label(known)),
            "attachments" => value.parse::<AttachmentState>().map_or_else(|_| value.to_owned(), |known| self.label(known)),
            "enrolment" if value == "waiting" => super::t!(self, "awaits-device"),
            "enrolment" => value.parse::<Enrolment>().map_or_else(|_| value.to_owned(), |known| self.label(known)),
            "snoozed" | "suppressed" => value.parse().map_or_else(|_| own(value), |until| self.moment(until)),
            "signal" => {
                let (signal, which) = value.split_once(' ').unwrap_or((value, ""));
                let label = signal.parse::<SignalId>().map_or_else(|_| signal.to_owned(), |known| self.label(known));
                if which.is_empty() { label } else { format!("{label} · {which}") }
            }
            "highImpact" | "problem" | "relationship" => own(value),
            _ => value.to_owned(),
        }
    }

    /// What is wrong in an incident, and what to do: of a signal's in the reader's language; of a recorded one as it was written.
    pub fn incident_words(&self, incident: &Incident) -> (String, String) {
        match incident.row.kind {
            IncidentType::CustomerReported => (incident.description.clone(), incident.action.clone()),
            IncidentType::Signal(signal) => {
                let said = |family: &str| self.text(&format!("{family}-{}", signal.as_str().replace('_', "-")), &[]);
                (said("description"), said("action"))
            }
        }
    }

    /// That something is out of sight, and until when (A33).
    pub fn snoozed(&self, snooze: &Snooze) -> String {
        snooze.until.map_or_else(|| super::t!(self, "snoozed"), |until| super::t!(self, "snoozed-until", until = self.moment(until)))
    }

    /// That a room or a signal raises nothing, and until when (R73).
    pub fn suppressed(&self, suppression: &Snooze) -> String {
        let until = suppression.until;
        until.map_or_else(|| super::t!(self, "suppressed"), |until| super::t!(self, "suppressed-until", until = self.moment(until)))
    }

    pub fn label(&self, value: impl Label) -> String {
        self.text(&value.key(), &[])
    }

    /// What is wrong with a field; in the service's words where its code is not known here.
    pub fn field_error(&self, error: &FieldError) -> String {
        error.code().map_or_else(|| error.detail.clone(), |code| self.label(code))
    }

    /// What may be attached to a room; its own spelling where the language has no word for it.
    pub fn peripheral(&self, kind: &str) -> String {
        let key = format!("peripheral-{}", kind.replace('_', "-"));
        if self.has(&key) { self.text(&key, &[]) } else { kind.to_owned() }
    }
}

/// Which words of a search this language finds in what it calls a type of incident: what a screen shows, a search finds.
pub fn type_words(i18n: &I18n, text: &str) -> Vec<TypeWord> {
    let words = words(text);
    if words.is_empty() {
        return vec![];
    }
    SEARCHED.with_borrow_mut(|searched| {
        if searched.as_ref().is_none_or(|(language, _)| *language != i18n.language()) {
            let named = type_titles(i18n).into_iter().map(|it| (it.kind, searchable(&format!("{} {}", it.title, it.problem))));
            *searched = Some((i18n.language(), named.collect()));
        }
        let named = searched.iter().flat_map(|(_, named)| named);
        let holding = |word: String| {
            let types = named.clone().filter(|(_, name)| name.contains(&word)).map(|(kind, _)| *kind).collect();
            TypeWord { word, types }
        };
        words.into_iter().map(holding).filter(|word| !word.types.is_empty()).collect()
    })
}

/// The types in a language, each with the text that is searched.
type Searched = (Language, Vec<(IncidentType, String)>);

thread_local! {
    /// How the types are searched in a language: folded once, and not at each keystroke of a search.
    static SEARCHED: RefCell<Option<Searched>> = const { RefCell::new(None) };
}

/// What this language calls each type of incident, in the two columns that show it: the list is sorted by that.
pub fn type_titles(i18n: &I18n) -> Vec<TypeTitles> {
    let titles = |kind: IncidentType| TypeTitles {
        kind,
        title: i18n.label(kind),
        problem: match kind {
            IncidentType::CustomerReported => String::new(),
            IncidentType::Signal(signal) => i18n.text(&format!("problem-{}", signal.as_str().replace('_', "-")), &[]),
        },
    };
    IncidentType::all().into_iter().map(titles).collect()
}

/// What an incident is about, in one line: what fails, and which peripheral where a room has several (R76); the text of a recorded issue.
pub fn problem(i18n: &I18n, row: &IncidentRow) -> String {
    match row.kind {
        IncidentType::CustomerReported => row.problem.clone(),
        IncidentType::Signal(signal) => signal_problem(i18n, signal, &row.problem),
    }
}

/// What is wrong where a signal fails, and which peripheral it is about.
pub fn signal_problem(i18n: &I18n, signal: SignalId, which: &str) -> String {
    let what = i18n.text(&format!("problem-{}", signal.as_str().replace('_', "-")), &[]);
    // Some services repeat the signal's own name here: it says nothing new.
    let which = which.trim();
    if which.is_empty() || which.eq_ignore_ascii_case(signal.facts().title) { what } else { format!("{what} · {which}") }
}
