//! Every error that the service answers with (RFC 9457), from one table, in both directions.

mod field;

use serde::{Deserialize, Serialize};

pub use self::field::{FieldCode, FieldError};
use crate::id::RequestId;

/// What stands before a kind in the `type` of a problem: a name, not a place to fetch.
const TYPE_PREFIX: &str = "urn:tenantry:problem:";

macro_rules! problems {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $status:literal, $title:literal;)*) => {
        /// What went wrong, by what the caller will do about it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ProblemKind {
            $($(#[$doc])* $kind,)*
        }

        impl ProblemKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The HTTP status.
            pub const fn status(self) -> u16 {
                match self { $(Self::$kind => $status),* }
            }

            /// The title: the same for every occurrence.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$kind => $title),* }
            }

            /// The last part of the problem's `type`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }

            /// The kind of a problem's `type`; none for one that this version does not know.
            pub fn from_type(uri: &str) -> Option<Self> {
                match uri.strip_prefix(TYPE_PREFIX)? { $($word => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

problems! {
    /// The request does not have the form it must have; the detail says which.
    BadRequest = "bad-request", 400, "The request is not well formed";
    /// No token, or one that does not hold: sign in again.
    Unauthorized = "unauthorized", 401, "Sign-in is required";
    /// The token is good, but its tenant is not onboarded (R2).
    TenantRefused = "tenant-refused", 403, "This organisation is not onboarded";
    /// The device's key does not open this door.
    KeyRefused = "key-refused", 401, "The device key is not valid";
    /// It does not exist, or the caller may not see it; the two are not told apart (R4).
    NotFound = "not-found", 404, "Not found";
    /// This address does not take this method.
    MethodNotAllowed = "method-not-allowed", 405, "This address does not take this method";
    /// The body did not arrive in time: send it again, faster.
    BodyTimeout = "body-timeout", 408, "The body took too long to arrive";
    /// It conflicts with what is there.
    Conflict = "conflict", 409, "This conflicts with the present state";
    /// The sync cursor is not known any more: start without one.
    CursorUnknown = "cursor-unknown", 410, "The cursor is no longer known";
    /// It changed since it was read: read it again.
    PreconditionFailed = "precondition-failed", 412, "It changed in the meantime";
    /// The body is larger than this door takes.
    PayloadTooLarge = "payload-too-large", 413, "The body is too large";
    /// The body is not JSON.
    UnsupportedMediaType = "unsupported-media-type", 415, "The body must be application/json";
    /// No part of it lies there: ask for bytes that it has.
    RangeNotSatisfiable = "range-not-satisfiable", 416, "It has no such bytes";
    /// A change must name the version that it changes, in `If-Match`.
    PreconditionRequired = "precondition-required", 428, "The version to change must be named";
    /// Too many requests: wait as long as `Retry-After` says.
    TooManyRequests = "too-many-requests", 429, "Too many requests";
    /// The service failed; its log has the cause under the request id.
    Internal = "internal", 500, "The service failed";
    /// The service is starting, stopping or overloaded: try again.
    Unavailable = "unavailable", 503, "The service is not available at the moment";
    /// It took too long: try again.
    Timeout = "timeout", 504, "The request took too long";
}

impl ProblemKind {
    /// Whether the same request may succeed later without any change.
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::TooManyRequests | Self::Internal | Self::Unavailable | Self::Timeout)
    }
}

/// An error as the service answers it: `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Names the kind; see [`ProblemKind::from_type`].
    #[serde(rename = "type")]
    pub type_uri: String,
    /// The title of the kind.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do about this occurrence; never an internal cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Which members of the request it is about, where it is about some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What to quote when asking for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
}

impl Problem {
    /// A problem of a kind.
    pub fn new(kind: ProblemKind, detail: Option<String>, request_id: Option<RequestId>) -> Self {
        Self {
            type_uri: format!("{TYPE_PREFIX}{}", kind.as_str()),
            title: kind.title().to_owned(),
            status: kind.status(),
            detail,
            errors: vec![],
            request_id,
        }
    }

    /// The problem, and which members of the request it is about.
    pub fn about(self, errors: Vec<FieldError>) -> Self {
        Self { errors, ..self }
    }

    /// Whether the service says it, in this version or a later one: others answer problems too.
    pub fn is_of_the_service(&self) -> bool {
        self.type_uri.starts_with(TYPE_PREFIX)
    }

    /// Its kind; none for one that this version does not know.
    pub fn kind(&self) -> Option<ProblemKind> {
        ProblemKind::from_type(&self.type_uri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_survives_the_round_trip() {
        for kind in ProblemKind::ALL {
            let problem = Problem::new(*kind, Some("try again".into()), None);
            let json = serde_json::to_string(&problem).unwrap();
            let back: Problem = serde_json::from_str(&json).unwrap();
            assert_eq!(back.kind(), Some(*kind));
            assert_eq!(back, problem);
        }
        for code in FieldCode::ALL {
            let problem = Problem::new(code.kind(), None, None).about(vec![FieldError::new(*code, "#/domain", "not this one")]);
            let back: Problem = serde_json::from_str(&serde_json::to_string(&problem).unwrap()).unwrap();
            assert_eq!((&back, back.errors[0].code()), (&problem, Some(*code)));
        }
        let later: FieldError = serde_json::from_str(r##"{ "pointer": "#/x", "code": "not-yet-invented", "detail": "no" }"##).unwrap();
        assert_eq!(later.code(), None);
        assert_eq!(ProblemKind::from_type("about:blank"), None);
        let mut problem = Problem::new(ProblemKind::Unauthorized, None, None);
        assert!(problem.is_of_the_service());
        problem.type_uri = "about:blank".into();
        assert!(!problem.is_of_the_service());
        assert_eq!(ProblemKind::from_type("urn:tenantry:problem:not-yet-invented"), None);
    }
}
