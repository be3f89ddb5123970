//! Parts of files, to the service and from it.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RANGE};
use reqwest::{Method, Response};
use secrecy::SecretString;
use tenantry_model::api::attachments::{UPLOAD_OFFSET, Upload};
use tenantry_model::id::TenantId;

use super::ServiceClient;
use super::answer::{checked, value};
use super::request::CUSTOMER;
use crate::error::Error;

/// For one part, from its first byte sent to its answer.
const PART_LIMIT: Duration = Duration::from_secs(90);

impl ServiceClient {
    /// `PATCH …/upload` below `path`: what comes at this offset of a file.
    pub(crate) async fn send_part(
        &self,
        token: &SecretString,
        (path, customer): (&str, TenantId),
        offset: u64,
        part: Vec<u8>,
    ) -> Result<Upload, Error> {
        let request = self.request(Method::PATCH, &format!("/v1/{path}/upload"), token).header(CONTENT_TYPE, "application/octet-stream");
        let request = request.header(UPLOAD_OFFSET, offset).header(CUSTOMER, customer.to_string());
        value(request.timeout(PART_LIMIT).body(part).send().await?).await
    }

    /// `GET …/content` below `path`: a file from this offset on, still to be read.
    pub(crate) async fn content(&self, token: &SecretString, path: &str, offset: u64) -> Result<Response, Error> {
        let mut request = self.request(Method::GET, &format!("/v1/{path}/content"), token);
        if offset > 0 {
            request = request.header(RANGE, format!("bytes={offset}-"));
        }
        checked(request.send().await?).await
    }
}
