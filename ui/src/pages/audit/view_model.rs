//! What the audit log is asked for. Pure.

use std::rc::Rc;

use tenantry_model::audit::{AUDIT_DAYS, AuditCategory, AuditLog, AuditOperation, AuditRecord, AuditResult};
use tenantry_model::ipc::{AuditQuery, CellSeparator, ExportRange};
use tenantry_model::time::{Timestamp, UtcDay};
use yew::Reducible;

use crate::components::facet::toggle;

/// How many days back an export starts where nobody says otherwise.
const EXPORT_DAYS: u32 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RangeError {
    NoFirst,
    NoLast,
    /// Records of that day are gone: this is the first that is not (R110).
    TooEarly(UtcDay),
    Crossed,
}

impl RangeError {
    pub(super) const fn is_first(self) -> bool {
        matches!(self, Self::NoFirst | Self::TooEarly(_))
    }
}

/// The first day that is answered.
pub(super) fn oldest(now: Timestamp) -> UtcDay {
    UtcDay::of(now).days_before(AUDIT_DAYS)
}

fn day(text: &str, otherwise: RangeError) -> Result<Option<UtcDay>, RangeError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| otherwise),
    }
}

/// A range of days as typed; empty ones are open.
pub(super) fn range(from: &str, to: &str, now: Timestamp) -> Result<(Option<UtcDay>, Option<UtcDay>), RangeError> {
    let (from, to) = (day(from, RangeError::NoFirst)?, day(to, RangeError::NoLast)?);
    let first = oldest(now);
    if from.is_some_and(|from| from < first) {
        return Err(RangeError::TooEarly(first));
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) || to.is_some_and(|to| to < first) {
        return Err(RangeError::Crossed);
    }
    Ok((from, to))
}

/// The days that an export has at first: the last 30.
pub(super) fn export_preset(now: Timestamp) -> (String, String) {
    let today = UtcDay::of(now);
    (today.days_before(EXPORT_DAYS).to_string(), today.to_string())
}

/// The range of an export; both days are needed.
pub(super) fn export_range(from: &str, to: &str, separator: CellSeparator, now: Timestamp) -> Result<ExportRange, RangeError> {
    let (from, to) = range(from, to, now)?;
    Ok(ExportRange { from: from.ok_or(RangeError::NoFirst)?, to: to.ok_or(RangeError::NoLast)?, separator })
}

/// The kinds of a log (A24).
pub(super) const fn categories(log: AuditLog) -> &'static [AuditCategory] {
    match log {
        AuditLog::Export => &[AuditCategory::User, AuditCategory::Assignment, AuditCategory::PartnerInvitation, AuditCategory::Role],
        AuditLog::Product => &[
            AuditCategory::Incident,
            AuditCategory::Room,
            AuditCategory::RoomGroup,
            AuditCategory::UpdateRing,
            AuditCategory::EnrolmentKey,
            AuditCategory::Settings,
        ],
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct View {
    pub(super) log: AuditLog,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) categories: Vec<AuditCategory>,
    pub(super) operations: Vec<AuditOperation>,
    pub(super) results: Vec<AuditResult>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ViewAction {
    /// The other log: its kinds are others.
    Log(AuditLog),
    From(String),
    To(String),
    Category(AuditCategory),
    NoCategory,
    Operation(AuditOperation),
    NoOperation,
    Result(AuditResult),
    NoResult,
    ClearAll,
}

impl Default for View {
    fn default() -> Self {
        Self::of(AuditLog::Export)
    }
}

impl Reducible for View {
    type Action = ViewAction;

    fn reduce(self: Rc<Self>, action: ViewAction) -> Rc<Self> {
        let mut view = (*self).clone();
        match action {
            ViewAction::Log(log) => (view.log, view.categories) = (log, vec![]),
            ViewAction::From(text) => view.from = text,
            ViewAction::To(text) => view.to = text,
            ViewAction::Category(one) => toggle(&mut view.categories, one),
            ViewAction::NoCategory => view.categories.clear(),
            ViewAction::Operation(one) => toggle(&mut view.operations, one),
            ViewAction::NoOperation => view.operations.clear(),
            ViewAction::Result(one) => toggle(&mut view.results, one),
            ViewAction::NoResult => view.results.clear(),
            ViewAction::ClearAll => view = Self::of(view.log),
        }
        Rc::new(view)
    }
}

impl View {
    const fn of(log: AuditLog) -> Self {
        Self { log, from: String::new(), to: String::new(), categories: vec![], operations: vec![], results: vec![] }
    }

    pub(super) fn is_narrowed(&self) -> bool {
        *self != Self::of(self.log)
    }

    /// The question; none while the days are wrong.
    pub(super) fn query(&self, text: &str, now: Timestamp) -> Result<AuditQuery, RangeError> {
        let (from, to) = range(&self.from, &self.to, now)?;
        Ok(AuditQuery {
            log: self.log,
            from,
            to,
            categories: self.categories.clone(),
            operations: self.operations.clone(),
            results: self.results.clone(),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            after: None,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Actor {
    /// Somebody of another organisation (R112).
    Partner(tenantry_model::id::TenantId),
    /// Somebody of the tenant acted upon.
    Own,
    /// The service itself, or its operator.
    Service,
}

/// Who did it: a partner exactly where the actor's tenant is another than the one acted upon (R112).
pub(super) fn actor(record: &AuditRecord) -> Actor {
    match record.user_tenant_id {
        None => Actor::Service,
        Some(tenant) if tenant != record.tenant_id => Actor::Partner(tenant),
        Some(_) => Actor::Own,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use tenantry_model::audit::AuditNames;
    use tenantry_model::id::{PrincipalId, TenantId};
    use tenantry_model::ipc::Language;
    use uuid::Uuid;

    fn now() -> Timestamp {
        "2026-07-01T10:30:00Z".parse().unwrap()
    }

    pub(in crate::pages::audit) fn record(n: u8, tenant: u128, actor: Option<u128>) -> AuditRecord {
        let tenant_of = |n: u128| TenantId::from_uuid(Uuid::from_u128(n));
        AuditRecord {
            id: n.to_string(),
            category: AuditCategory::Role,
            object_name: "Helpdesk".into(),
            operation: AuditOperation::Update,
            result_status: AuditResult::Successful,
            tenant_id: tenant_of(tenant),
            creation_time: now(),
            user_id: actor.map(|_| PrincipalId::from_uuid(Uuid::from_u128(7))),
            user_tenant_id: actor.map(tenant_of),
            detail: vec![],
            names: AuditNames::default(),
        }
    }

    #[test]
    fn r110_the_last_30_days_are_the_preset_and_180_the_most() {
        let range = |from: &str, to: &str| export_range(from, to, CellSeparator::Comma, now());
        let (from, to) = export_preset(now());
        assert_eq!((from.as_str(), to.as_str()), ("2026-06-01", "2026-07-01"));
        assert!(range(&from, &to).is_ok());
        assert!(range("2026-01-02", "2026-01-02").is_ok());
        let early = range("2026-01-01", "2026-07-01").unwrap_err();
        assert_eq!((early, early.is_first()), (RangeError::TooEarly("2026-01-02".parse().unwrap()), true));
        assert_eq!(range("2026-06-02", "2026-06-01"), Err(RangeError::Crossed));
        assert_eq!(range("", "2026-06-01"), Err(RangeError::NoFirst));
        assert_eq!(range("2026-06-01", "x"), Err(RangeError::NoLast));
    }

    #[test]
    fn fault_9_15_a_german_reader_gets_what_a_german_spreadsheet_splits_at() {
        assert_eq!(CellSeparator::usual(Language::German), CellSeparator::Semicolon);
        assert_eq!(CellSeparator::usual(Language::English), CellSeparator::Comma);
        let range = export_range("2026-06-01", "2026-06-02", CellSeparator::Semicolon, now()).unwrap();
        assert_eq!(range.separator, CellSeparator::Semicolon);
    }

    #[test]
    fn an_open_range_asks_for_everything() {
        let query = View::default().query(" rolle   X ", now()).unwrap();
        assert_eq!((query.from, query.to, query.text.as_str(), query.after), (None, None, "rolle X", None));
        assert!(View { to: "2025-01-01".into(), ..View::default() }.query("", now()).is_err(), "all of it is gone");
    }

    #[test]
    fn fault_9_16_only_the_log_that_is_kept_is_offered() {
        let query = View::default().query("", now()).unwrap();
        assert_eq!(query.log, AuditLog::Export);
        for log in [AuditLog::Export, AuditLog::Product] {
            assert!(categories(log).iter().all(|category| category.log() == log));
        }
        let narrowed = View { categories: vec![AuditCategory::Role], from: "2026-06-01".into(), ..View::default() };
        let other = Rc::new(narrowed).reduce(ViewAction::Log(AuditLog::Product));
        assert_eq!((other.query("", now()).unwrap().log, other.categories.len()), (AuditLog::Product, 0));
        assert!(other.is_narrowed(), "the days stay");
        assert!(!other.reduce(ViewAction::ClearAll).is_narrowed());
        assert!(categories(AuditLog::Export).contains(&AuditCategory::Role));
    }

    #[test]
    fn clearing_leaves_nothing_chosen() {
        let view =
            Rc::new(View::default()).reduce(ViewAction::Category(AuditCategory::Role)).reduce(ViewAction::Result(AuditResult::Failed));
        assert!(view.is_narrowed());
        assert!(!view.reduce(ViewAction::ClearAll).is_narrowed());
    }

    #[test]
    fn r112_a_partner_is_whoever_belongs_to_another_tenant() {
        let other = TenantId::from_uuid(Uuid::from_u128(2));
        assert_eq!(actor(&record(1, 1, Some(2))), Actor::Partner(other));
        assert_eq!(actor(&record(1, 1, Some(1))), Actor::Own);
        assert_eq!(actor(&record(1, 1, None)), Actor::Service);
    }
}
