//! `GET /v1/partner-domain`.

use http::StatusCode;
use tenantry_model::text::DomainName;
use utoipa::IntoParams;

use crate::domain::partners;
use crate::error::{Error, Result};
use crate::http::auth::ReadRequest;
use crate::http::query::{Parameters, Query};

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Addressee {
    /// The domain that an invitation would be addressed to.
    domain: DomainName,
}

impl Parameters for Addressee {
    fn take(query: &mut Query) -> Result<Self> {
        let domain = query.one("domain")?.ok_or_else(|| Error::bad_request("name a domain, such as ?domain=contoso.com"))?;
        Ok(Self { domain })
    }
}

/// Whether the partner that holds a domain could be invited now, so that a form can say so before everything else is filled in (A3, A4).
#[utoipa::path(
    get, path = "/partner-domain", tag = "partners", security(("user" = [])), params(Addressee),
    responses(
        (status = 204, description = "It could"),
        (status = 400, description = "An unknown domain, one's own, or one of no onboarded partner (A4)"),
        (status = 404, description = "The caller does not administer a customer"),
        (status = 409, description = "It has an invitation already, or works for the customer (A3)"),
    ),
)]
pub(crate) async fn partner_domain(mut request: ReadRequest, query: Query) -> Result<StatusCode> {
    let Addressee { domain } = query.parse()?;
    partners::check_domain(request.tx.conn(), &request.caller, &domain, request.now).await?;
    Ok(StatusCode::NO_CONTENT)
}
