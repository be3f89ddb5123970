//! The headers of changes, as the description has them. [`WriteRequest`](crate::http::auth::WriteRequest) reads them.

use tenantry_model::id::TenantId;
use utoipa::{IntoParams, ToSchema};

/// A version, as `ETag` has it where it is read: a number in quotes.
#[derive(ToSchema)]
#[schema(value_type = String, pattern = "^\"[0-9]{1,19}\"$", example = "\"3\"")]
#[expect(dead_code, reason = "describes what is read from the headers")]
pub(crate) struct VersionTag(String);

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what is read from the headers")]
pub(crate) struct SentAgain {
    /// Of the sender's choice: sent again with the same body within 31 days, the first answer comes again; 409 with another body.
    #[param(rename = "Idempotency-Key", value_type = String, required = false, min_length = 1, max_length = 128, pattern = "^[!-~]+$")]
    key: Option<String>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what is read from the headers")]
pub(crate) struct LockedTo {
    /// The customer that the form was opened for: 409 at another one's address.
    #[param(rename = "Tenantry-Customer", value_type = TenantId, required = false)]
    customer: Option<TenantId>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what is read from the headers")]
pub(crate) struct ReplacedVersion {
    /// The ETag of what is replaced; none for what is new.
    #[param(rename = "If-Match", value_type = VersionTag, required = false)]
    version: Option<VersionTag>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what is read from the headers")]
pub(crate) struct ReadVersion {
    /// The ETag that was read, where nothing that happened since is to be overwritten.
    #[param(rename = "If-Match", value_type = VersionTag, required = false)]
    version: Option<VersionTag>,
}
