//! What the forms about a partner hold, and how two changes of the same thing come together. Pure.

use tenantry_model::api::delegations::Delegate;
use tenantry_model::api::partners::{ChangePartner, InvitePartner, PartnerDetail};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::tenancy::{Approval, ChangeControl, ControlEvent, OfflineTerms};
use tenantry_model::text::{DomainName, ExpiryDays, OfflineDays};

use super::delegated::Chosen;
use super::room_names::RoomNames;

/// The most that a partner's roles may hold where nobody says otherwise (A9).
pub(super) const PRESET: PermissionSet = BuiltInRole::PrimaryAdmins.permissions();
/// For how many days an invitation stands where nobody says otherwise.
pub(super) const EXPIRY_PRESET: &str = "14";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rights {
    pub(super) ceiling: PermissionSet,
    pub(super) control: ChangeControl,
    pub(super) offline: bool,
    /// As typed; it may be no number yet.
    pub(super) days: String,
}

impl Default for Rights {
    fn default() -> Self {
        let terms = OfflineTerms::default();
        Self { ceiling: PRESET, control: ChangeControl::default(), offline: terms.allowed, days: terms.days.days().to_string() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    Permission(Permission, bool),
    Preset,
    Control(ControlEvent, Approval),
    Offline(bool),
    Days(String),
}

fn with(set: PermissionSet, permission: Permission, on: bool) -> PermissionSet {
    let one = [permission];
    if on { set.or(PermissionSet::of(&one)) } else { set.without(&one) }
}

fn with_event(control: ChangeControl, event: ControlEvent, approval: Approval) -> ChangeControl {
    let manual = ControlEvent::ALL.iter().copied().filter(|known| {
        let how = if *known == event { approval } else { control.of(*known) };
        how == Approval::Manual
    });
    ChangeControl::manual(&manual.collect::<Vec<_>>())
}

impl Rights {
    pub(super) fn of(detail: &PartnerDetail) -> Self {
        let OfflineTerms { allowed, days } = detail.offline;
        Self { ceiling: detail.ceiling, control: detail.change_control, offline: allowed, days: days.days().to_string() }
    }

    pub(super) fn edited(&self, edit: Edit) -> Self {
        let mut next = self.clone();
        match edit {
            Edit::Permission(permission, on) => next.ceiling = with(self.ceiling, permission, on),
            Edit::Preset => next.ceiling = PRESET,
            Edit::Control(event, approval) => next.control = with_event(self.control, event, approval),
            Edit::Offline(on) => next.offline = on,
            Edit::Days(days) => next.days = days,
        }
        next
    }

    /// What may be kept off line; none while the days are no number from 1 to 30. Where it is not allowed, the days do not matter.
    pub(super) fn terms(&self) -> Option<OfflineTerms> {
        let days = self.days.trim().parse::<OfflineDays>().ok();
        let days = if self.offline { days? } else { days.unwrap_or_default() };
        Some(OfflineTerms { allowed: self.offline, days })
    }

    pub(super) fn is_complete(&self) -> bool {
        !self.ceiling.is_empty() && self.terms().is_some()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference {
    Gains(Permission),
    Loses(Permission),
    Control(ControlEvent, Approval),
    Offline(OfflineTerms, OfflineTerms),
}

fn terms_differ(was: OfflineTerms, now: OfflineTerms) -> bool {
    was.allowed != now.allowed || (now.allowed && was.days != now.days)
}

/// What changes from one to the other. Incomplete days change nothing yet.
pub(super) fn differences(was: &Rights, now: &Rights) -> Vec<Difference> {
    let gains = now.ceiling.iter().filter(|one| !was.ceiling.contains(*one)).map(Difference::Gains);
    let loses = was.ceiling.iter().filter(|one| !now.ceiling.contains(*one)).map(Difference::Loses);
    let control = ControlEvent::ALL.iter().copied().filter(|event| was.control.of(*event) != now.control.of(*event));
    let control = control.map(|event| Difference::Control(event, now.control.of(event)));
    let offline = was.terms().zip(now.terms()).filter(|(was, now)| terms_differ(*was, *now));
    gains.chain(loses).chain(control).chain(offline.map(|(was, now)| Difference::Offline(was, now))).collect()
}

/// The change that a form makes, less what stays: what somebody else changed beside it is not undone.
pub(super) fn rights_change(was: &Rights, mine: &Rights) -> ChangePartner {
    let differences = differences(was, mine);
    let offline = differences.iter().any(|it| matches!(it, Difference::Offline(..)));
    ChangePartner {
        add: None,
        remove: None,
        ceiling: (was.ceiling != mine.ceiling).then_some(mine.ceiling),
        change_control: (was.control != mine.control).then_some(mine.control),
        offline: mine.terms().filter(|_| offline),
    }
}

/// The form's changes on top of what somebody else made of it meanwhile.
pub(super) fn rights_on_top(was: &Rights, now: &Rights, mine: &Rights) -> Rights {
    differences(was, mine).into_iter().fold(now.clone(), |next, difference| match difference {
        Difference::Gains(permission) => next.edited(Edit::Permission(permission, true)),
        Difference::Loses(permission) => next.edited(Edit::Permission(permission, false)),
        Difference::Control(event, approval) => next.edited(Edit::Control(event, approval)),
        Difference::Offline(_, to) => next.edited(Edit::Offline(to.allowed)).edited(Edit::Days(to.days.days().to_string())),
    })
}

/// An invitation as its form holds it (W2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Invite {
    pub(super) domain: String,
    /// As typed; it may be no number yet.
    pub(super) days: String,
    pub(super) rights: Rights,
    pub(super) rooms: Chosen,
    pub(super) agreed: bool,
}

impl Default for Invite {
    fn default() -> Self {
        Self { domain: String::new(), days: EXPIRY_PRESET.into(), rights: Rights::default(), rooms: Chosen::default(), agreed: false }
    }
}

impl Invite {
    pub(super) fn domain(&self) -> Option<DomainName> {
        self.domain.parse().ok().filter(DomainName::ends_well)
    }

    /// For how many days it stands, where that is a number from 1 to 30 (R20).
    pub(super) fn expiry(&self) -> Option<ExpiryDays> {
        self.days.trim().parse().ok()
    }

    /// Which steps one may go on from: the partner and its rights, rooms, terms, review.
    pub(super) fn complete(&self) -> [bool; 4] {
        let partner = self.domain().is_some() && self.expiry().is_some() && self.rights.is_complete();
        [partner, !self.rooms.is_nothing(), self.agreed, true]
    }

    /// The form after a change. What was agreed to were the terms as they were: other ones must be agreed to anew (R25).
    pub(super) fn edited(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut next = self.clone();
        change(&mut next);
        let same = next.rights == self.rights && next.rooms == self.rooms && next.domain == self.domain;
        next.agreed &= same || !self.agreed;
        next
    }

    /// What is sent: the rooms that are shown, not those that there may be by then.
    pub(super) fn invitation(&self, known: &RoomNames) -> Option<InvitePartner> {
        if self.complete() != [true; 4] {
            return None;
        }
        let Delegate { rooms, groups, all } = self.rooms.delegate(known);
        Some(InvitePartner {
            domain: self.domain()?,
            expires_in_days: self.expiry()?,
            rooms,
            groups,
            all,
            change_control: self.rights.control,
            ceiling: Some(self.rights.ceiling),
            offline: self.rights.terms()?,
            terms_accepted: self.agreed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::delegated::Choose;
    use super::super::delegated::tests::{chosen, known};
    use super::*;

    fn filled() -> Invite {
        Invite { domain: "Contoso.com".into(), rooms: chosen(&[1], &[], &[]), agreed: true, ..Invite::default() }
    }

    #[test]
    fn r20_r21_r25_an_invitation_starts_with_the_presets_and_needs_rooms_and_consent() {
        let fresh = Invite::default();
        assert_eq!((fresh.complete(), fresh.invitation(&known())), ([false, false, false, true], None));
        let sent = filled().invitation(&known()).unwrap();
        assert_eq!((sent.domain.as_str(), sent.expires_in_days.days(), sent.rooms.len()), ("contoso.com", 14, 1));
        assert_eq!((sent.change_control, sent.ceiling.map(PermissionSet::len)), (ChangeControl::default(), Some(11)));
        assert_eq!((sent.offline, sent.terms_accepted), (OfflineTerms::default(), true));
        for days in ["0", "31", "1.5", "", "x"] {
            let form = Invite { days: days.into(), ..filled() };
            assert_eq!((form.complete()[0], form.invitation(&known())), (false, None), "{days}");
        }
    }

    #[test]
    fn r25_other_terms_must_be_agreed_to_anew() {
        let form = filled();
        assert!(form.edited(|form| form.days = "3".into()).agreed, "the expiry is no term of the partner's work");
        assert!(!form.edited(|form| form.rights = form.rights.edited(Edit::Offline(false))).agreed);
        assert!(!form.edited(|form| form.rooms = Chosen::default()).agreed);
        assert!(!form.edited(|form| form.rooms = form.rooms.edited(Choose::All(true))).agreed);
        assert!(!form.edited(|form| form.domain = "fabrikam.com".into()).agreed);
        let fresh = Invite { agreed: false, ..form };
        assert!(fresh.edited(|form| form.agreed = true).agreed);
    }

    #[test]
    fn a9_a28_rights_need_a_permission_and_days_from_1_to_30_where_offline_is_allowed() {
        let rights = Rights::default();
        assert!(rights.is_complete());
        assert!(!Rights { ceiling: PermissionSet::NONE, ..rights.clone() }.is_complete());
        let wrong = rights.edited(Edit::Days("31".into()));
        assert!(!wrong.is_complete());
        assert_eq!(wrong.edited(Edit::Offline(false)).terms(), Some(OfflineTerms { allowed: false, ..OfflineTerms::default() }));
    }

    #[test]
    fn only_what_changed_is_sent() {
        let was = Rights::default();
        assert_eq!(rights_change(&was, &was), ChangePartner::default());
        let mine = was.edited(Edit::Control(ControlEvent::Roles, Approval::Manual));
        let change = rights_change(&was, &mine);
        assert_eq!(
            (change.ceiling, change.offline, change.change_control),
            (None, None, Some(ChangeControl::manual(&[ControlEvent::Roles])))
        );
        // Days behind a switch that is off change nothing.
        let off = was.edited(Edit::Offline(false));
        assert!(differences(&off, &off.edited(Edit::Days("9".into()))).is_empty());
    }

    #[test]
    fn two_changes_of_rights_come_together_and_none_is_undone() {
        let was = Rights::default();
        let theirs =
            was.edited(Edit::Permission(Permission::RoomsUnenroll, true)).edited(Edit::Control(ControlEvent::Rings, Approval::Manual));
        let mine = was.edited(Edit::Permission(Permission::RolesModify, false)).edited(Edit::Days("3".into()));
        let both = rights_on_top(&was, &theirs, &mine);
        assert!(both.ceiling.contains(Permission::RoomsUnenroll) && !both.ceiling.contains(Permission::RolesModify));
        assert_eq!((both.control, both.days.as_str()), (theirs.control, "3"));
        assert_eq!(differences(&theirs, &both).len(), 2);
    }
}
