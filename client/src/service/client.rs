//! The calls of the service's API that the engine makes.

use chrono::DateTime;
use reqwest::header::{ACCEPT, DATE};
use reqwest::{Client, Method, Response};
use secrecy::{ExposeSecret, SecretString};
use tenantry_model::api::{API_VERSION, Me, ServiceInfo};
use tenantry_model::sync::{READ_MARKS, SAVED_VIEWS, TAKES};
use tenantry_model::tenancy::{ACTING_AS, ActingAs};
use tenantry_model::time::Timestamp;

use super::ServiceAddress;
use super::answer::{checked, value};
use crate::error::Error;
use crate::transport::{ANSWER_LIMIT, http_client};

/// A service at an address.
#[derive(Debug, Clone)]
pub(crate) struct ServiceClient {
    http: Client,
    address: ServiceAddress,
    /// As which of the two its user acts, where their organisation is partner and customer (A37).
    acting_as: Option<ActingAs>,
}

impl ServiceClient {
    /// For the service at this address. Nothing is sent yet.
    pub(crate) fn new(address: ServiceAddress) -> Result<Self, Error> {
        Ok(Self { http: http_client(address.is_loopback())?, address, acting_as: None })
    }

    pub(crate) fn acting_as(self, acting_as: Option<ActingAs>) -> Self {
        Self { acting_as, ..self }
    }

    pub(crate) fn address(&self) -> &ServiceAddress {
        &self.address
    }

    /// `GET /.well-known/tenantry`. Anything but the answer of a service of this version is [`Error::NotAService`].
    pub(crate) async fn info(&self) -> Result<ServiceInfo, Error> {
        let answer = self.http.get(self.address.join("/.well-known/tenantry")).timeout(ANSWER_LIMIT).send().await?;
        let info: ServiceInfo = match value(answer).await {
            Ok(info) => info,
            // An overloaded service is one all the same.
            Err(error @ Error::Service { status: 429 | 500.., .. }) => return Err(error),
            Err(Error::Service { status, .. } | Error::Intercepted { status }) => {
                return Err(Error::NotAService(format!("it answered {status}")));
            }
            Err(error) => return Err(error),
        };
        if info.api_version != API_VERSION {
            return Err(Error::NotAService(format!("it speaks version {} and this app {API_VERSION}", info.api_version)));
        }
        Ok(info)
    }

    /// `GET /v1/me`, and the service's time, where it says it.
    pub(crate) async fn me(&self, token: &SecretString) -> Result<(Me, Option<Timestamp>), Error> {
        let answer = self.get("/v1/me", token).timeout(ANSWER_LIMIT).send().await?;
        let date = answer.headers().get(DATE).and_then(|value| value.to_str().ok());
        let time = date.and_then(|text| DateTime::parse_from_rfc2822(text).ok()).map(|time| time.to_utc().into());
        Ok((value(answer).await?, time))
    }

    /// `GET /v1/sync`: the lines of the answer, still to be read.
    pub(crate) async fn changes(&self, token: &SecretString, cursor: Option<&str>) -> Result<Response, Error> {
        let mut request = self
            .get("/v1/sync", token)
            .header(ACCEPT, "application/x-ndjson, application/problem+json")
            .header(TAKES, format!("{READ_MARKS}, {SAVED_VIEWS}"));
        if let Some(cursor) = cursor {
            request = request.query(&[("cursor", cursor)]);
        }
        checked(request.send().await?).await
    }

    /// `GET /v1/events`: the events of the answer, still to be read.
    pub(crate) async fn events(&self, token: &SecretString) -> Result<Response, Error> {
        checked(self.get("/v1/events", token).header(ACCEPT, "text/event-stream, application/problem+json").send().await?).await
    }

    fn get(&self, path: &str, token: &SecretString) -> reqwest::RequestBuilder {
        self.request(Method::GET, path, token)
    }

    pub(super) fn request(&self, method: Method, path: &str, token: &SecretString) -> reqwest::RequestBuilder {
        let request = self.http.request(method, self.address.join(path)).bearer_auth(token.expose_secret());
        match self.acting_as {
            Some(acting_as) => request.header(ACTING_AS, acting_as.as_str()),
            None => request,
        }
    }
}
