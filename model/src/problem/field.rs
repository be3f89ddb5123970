//! What is wrong with one member of a request: the extension `errors` of a problem, as RFC 9457 (§3) shows it, with a code beside the words.

use serde::{Deserialize, Serialize};

use super::ProblemKind;
use crate::word::words;

words! {
    /// Why a member of a request cannot be taken.
    FieldCode = "a field's code" {
        /// The terms were not agreed to (R25).
        TermsNotAccepted = "terms-not-accepted",
        /// No organisation here holds the domain (A4).
        DomainUnknown = "domain-unknown",
        /// The domain is the customer's own (A4).
        DomainOwn = "domain-own",
        /// The domain's organisation is no onboarded partner (A4).
        DomainNotOnboarded = "domain-not-onboarded",
        /// The domain's organisation has an invitation that waits (A3).
        DomainInvited = "domain-invited",
        /// The domain's organisation works for the customer already (A3).
        DomainPartner = "domain-partner",
        /// No room is chosen (R25).
        RoomsNone = "rooms-none",
        /// More rooms than one change of a delegation names (A36).
        DelegatedRoomsTooMany = "delegated-rooms-too-many",
        /// A room that is taken away would stay delegated: a group that it is in is, or all rooms are.
        RoomStaysDelegated = "room-stays-delegated",
        /// There is no such room, or not here.
        RoomUnknown = "room-unknown",
        /// There is no such room group, or not here.
        RoomGroupUnknown = "room-group-unknown",
        /// Assignments reach as far as the room group, or it is delegated: it stays while that is so.
        RoomGroupInUse = "room-group-in-use",
        /// The right to change room groups, or that to change roles where assignments or delegations name the group, covers some rooms only, or the group holds rooms that it does not
        /// cover.
        RoomGroupBeyondReach = "room-group-beyond-reach",
        /// More rooms than one change of a group names.
        RoomGroupRoomsTooMany = "room-group-rooms-too-many",
        /// Who reaches what would change, and that is the customer's to decide: it changes the group itself (A18).
        RoomGroupNeedsCustomer = "room-group-needs-customer",
        /// No place in the order of update rings: 1 to 9 (R100).
        RingOrderInvalid = "ring-order-invalid",
        /// Another update ring stands there (R100).
        RingOrderTaken = "ring-order-taken",
        /// No number of days that an update ring may take.
        RingDaysInvalid = "ring-days-invalid",
        /// More days than the other update rings leave (R101).
        RingDaysBeyondLeft = "ring-days-beyond-left",
        /// A preset update ring stays, and Staging stays the first (R100, R102).
        RingPreset = "ring-preset",
        /// The right to change update rings covers some rooms only, or is a partner's (A21).
        RingBeyondReach = "ring-beyond-reach",
        /// More rooms than one request moves to an update ring.
        RingRoomsTooMany = "ring-rooms-too-many",
        /// The update is paused, is not, was withdrawn, or is through: that is not to be done with it.
        UpdateNotSo = "update-not-so",
        /// It would stop, or go on, in rooms that the caller does not manage (A21).
        UpdateBeyondReach = "update-beyond-reach",
        /// There is no room in which it could be tried again, or installed.
        UpdateNoRooms = "update-no-rooms",
        /// Somebody must be named.
        MembersNone = "members-none",
        /// No such user or group is in the organisation (R52).
        MemberUnknown = "member-unknown",
        /// No user would be among them (R36, A5).
        MembersNoUser = "members-no-user",
        /// The name is empty, too long, or holds control characters.
        NameInvalid = "name-invalid",
        /// Something else has this name here.
        NameTaken = "name-taken",
        /// Something must be written.
        TextEmpty = "text-empty",
        /// More is written than is taken.
        TextTooLong = "text-too-long",
        /// It holds control characters.
        TextInvalid = "text-invalid",
        /// The file's name is empty, too long, a path, or holds control characters (R82).
        FileNameInvalid = "file-name-invalid",
        /// There is nothing in the file.
        FileEmpty = "file-empty",
        /// The file has more than 50 MiB.
        FileTooLarge = "file-too-large",
        /// The incident has 20 attachments, or too many files of the sender's are unfinished.
        FilesTooMany = "files-too-many",
        /// No SHA-256.
        HashInvalid = "hash-invalid",
        /// It is neither a picture nor a video nor a log, by its extension or by its content.
        FileTypeRefused = "file-type-refused",
        /// Its content is another than its extension claims.
        FileTypeDiffers = "file-type-differs",
        /// What arrived is not what was announced: begin anew.
        FileDamaged = "file-damaged",
        /// More rooms than one issue concerns.
        RoomsTooMany = "rooms-too-many",
        /// The right to record covers some rooms only: name them.
        RoomsMustBeNamed = "rooms-must-be-named",
        /// There is no such event, or not in the rooms (R113).
        EventUnknown = "event-unknown",
        /// More events than one issue is recorded with.
        EventsTooMany = "events-too-many",
        /// The event is part of another issue already.
        EventTaken = "event-taken",
        /// A signal's incident is closed by nobody: it ends once its signal is healthy (R85).
        SignalEndsByItself = "signal-ends-by-itself",
        /// More seats than a room has.
        CapacityInvalid = "capacity-invalid",
        /// No name of a time zone.
        TimezoneInvalid = "timezone-invalid",
        /// The incident is closed or resolved already.
        IncidentInactive = "incident-inactive",
        /// Somebody else works on it: it has to be taken over (A32).
        ClaimedByOther = "claimed-by-other",
        /// It is out of sight because its signal or its room is suppressed: that has to be lifted.
        SnoozedWithSuppression = "snoozed-with-suppression",
        /// The end of a snooze has passed, or lies too far ahead (A33).
        SnoozeEndInvalid = "snooze-end-invalid",
        /// It is no filter.
        FilterInvalid = "filter-invalid",
        /// The user has as many saved views as one may have.
        ViewsTooMany = "views-too-many",
        /// The description is too long, or holds control characters.
        DescriptionInvalid = "description-invalid",
        /// No permission is chosen.
        PermissionsNone = "permissions-none",
        /// The customer allows no role to hold as much (A9).
        PermissionsBeyondCeiling = "permissions-beyond-ceiling",
        /// What a request for approval is about has changed since it was asked for.
        RequestOutdated = "request-outdated",
        /// A request for approval waits no longer: it was decided, or lapsed.
        RequestDecided = "request-decided",
        /// Who sent a request for approval may not make the change any more (A19).
        RequestSender = "request-sender",
        /// Only an administrator makes another one, and over all rooms (R55).
        AdministratorAppoints = "administrator-appoints",
        /// The scope holds nothing.
        ScopeNone = "scope-none",
        /// The scope reaches further than the caller's own right to change roles (R42).
        ScopeBeyondReach = "scope-beyond-reach",
        /// It concerns the customer as a whole: the right covers some rooms only, or is a partner's.
        SettingsBeyondReach = "settings-beyond-reach",
        /// As many self-enrolment keys are in use as a customer may have (R106).
        KeysTooMany = "keys-too-many",
        /// More contacts than a customer has.
        ContactsTooMany = "contacts-too-many",
        /// No e-mail address.
        EmailInvalid = "email-invalid",
        /// Another contact has this e-mail address.
        EmailTaken = "email-taken",
        /// No sign-in name of a room account.
        AccountInvalid = "account-invalid",
        /// Another room that waits for its device has this account.
        AccountTaken = "account-taken",
        /// The room waits for its device: there is nothing to manage yet.
        RoomWaits = "room-waits",
        /// The room has its device already.
        RoomHasDevice = "room-has-device",
    }
}

impl FieldCode {
    /// Whether an issue is refused because of the events that it names: without them it can be recorded (R113).
    pub const fn is_about_events(self) -> bool {
        matches!(self, Self::EventTaken | Self::EventUnknown)
    }

    /// The kind of the problem that it makes.
    pub const fn kind(self) -> ProblemKind {
        match self {
            Self::AccountTaken
            | Self::AdministratorAppoints
            | Self::ClaimedByOther
            | Self::DomainInvited
            | Self::DomainPartner
            | Self::EventTaken
            | Self::FileDamaged
            | Self::FilesTooMany
            | Self::IncidentInactive
            | Self::KeysTooMany
            | Self::MembersNoUser
            | Self::NameTaken
            | Self::PermissionsBeyondCeiling
            | Self::RequestDecided
            | Self::RequestOutdated
            | Self::RequestSender
            | Self::RingBeyondReach
            | Self::RingDaysBeyondLeft
            | Self::RingOrderTaken
            | Self::RingPreset
            | Self::RoomGroupBeyondReach
            | Self::RoomGroupInUse
            | Self::RoomGroupNeedsCustomer
            | Self::RoomHasDevice
            | Self::RoomWaits
            | Self::ScopeBeyondReach
            | Self::SettingsBeyondReach
            | Self::SignalEndsByItself
            | Self::SnoozedWithSuppression
            | Self::UpdateBeyondReach
            | Self::UpdateNoRooms
            | Self::UpdateNotSo
            | Self::ViewsTooMany => ProblemKind::Conflict,
            _ => ProblemKind::BadRequest,
        }
    }
}

/// One member of a request that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Which: a JSON pointer (RFC 6901) into the request's body as a fragment, such as `#/domain`; `#` is the request as a whole.
    pub pointer: String,
    /// See [`FieldCode`]; a later version may say others.
    pub code: String,
    /// What is wrong with it, in English.
    pub detail: String,
}

impl FieldError {
    /// That this is wrong with that member.
    pub fn new(code: FieldCode, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: code.as_str().to_owned(), detail: detail.into() }
    }

    /// Its code; none for one that this version does not know.
    pub fn code(&self) -> Option<FieldCode> {
        self.code.parse().ok()
    }
}
