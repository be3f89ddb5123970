//! Calls about relationships, roles and approvals: one form for all of them.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::relations::FormId;

use super::answer::checked;
use super::client::ServiceClient;
use crate::error::Error;
use crate::transport::ANSWER_LIMIT;

/// A call of the service's API. Nothing here is ever sent again by itself, but for an access token that was renewed.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    method: Method,
    path: String,
    body: Option<String>,
    version: Option<u64>,
    form: Option<FormId>,
    customer: Option<TenantId>,
}

impl Call {
    /// Asks at this address, under `/v1`.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), body: None, version: None, form: None, customer: None }
    }

    /// Creates, or does, something.
    pub(crate) fn post(path: impl Into<String>) -> Self {
        Self { method: Method::POST, ..Self::get(path) }
    }

    /// Changes something.
    pub(crate) fn patch(path: impl Into<String>) -> Self {
        Self { method: Method::PATCH, ..Self::get(path) }
    }

    /// Ends something.
    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::DELETE, ..Self::get(path) }
    }

    /// With this JSON.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it cannot be written as JSON.
    pub(crate) fn with(mut self, body: &impl Serialize) -> Result<Self, Error> {
        self.body = Some(serde_json::to_string(body).map_err(|error| Error::Invalid(error.to_string()))?);
        Ok(self)
    }

    /// Of what was read in this version: the service refuses it where it has changed since.
    pub(crate) const fn of_version(mut self, version: u64) -> Self {
        self.version = Some(version);
        self
    }

    /// From this form: however often it is sent, it creates once.
    pub(crate) const fn of_form(mut self, form: FormId) -> Self {
        self.form = Some(form);
        self
    }

    /// From a form that was opened for this customer: the service refuses it at another one's address.
    pub(crate) const fn locked_to(mut self, customer: TenantId) -> Self {
        self.customer = Some(customer);
        self
    }
}

impl ServiceClient {
    /// Sends it. The text of a success; empty where there is none.
    pub(crate) async fn call(&self, token: &SecretString, call: &Call) -> Result<String, Error> {
        let mut request = self.request(call.method.clone(), &call.path).bearer_auth(token.expose_secret()).timeout(ANSWER_LIMIT);
        if let Some(version) = call.version {
            request = request.header(IF_MATCH, format!("\"{version}\""));
        }
        if let Some(form) = call.form {
            request = request.header("Idempotency-Key", form.0.to_string());
        }
        if let Some(customer) = call.customer {
            request = request.header("Tenantry-Customer", customer.to_string());
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        Ok(checked(request.send().await?).await?.text().await?)
    }

    /// The body of a success, still to be read.
    pub(crate) async fn download(&self, token: &SecretString, path: &str) -> Result<reqwest::Response, Error> {
        checked(self.request(Method::GET, path).bearer_auth(token.expose_secret()).send().await?).await
    }
}
