//! The settings of a customer, and what an organisation is told of itself.

use serde::{Deserialize, Serialize};

use crate::id::TenantId;
use crate::text::DomainName;
use crate::word::words;

/// How many contacts a customer has at most.
pub const MOST_CONTACTS: usize = 20;
/// How long each name of a contact may be, in characters.
pub const LONGEST_CONTACT_NAME: usize = 80;
/// How long an e-mail address may be (RFC 5321).
pub const LONGEST_EMAIL: usize = 254;

words! {
    /// Where a service keeps its data (R114).
    Region = "a region" {
        /// The European Union.
        Eu = "eu",
        /// Asia and the Pacific.
        Apac = "apac",
        /// The United States.
        Us = "us",
    }

    /// The language of mail.
    MailLanguage = "a language" {
        /// English.
        English = "en",
        /// German.
        German = "de",
    }
}

/// `GET /v1/customers/{customer}/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerSettings {
    /// The customer's name.
    pub display_name: String,
    /// Its verified domains.
    pub domains: Vec<DomainName>,
    /// Where its data lies, as far as the service's operator says so (R114).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// Who hears of what happens.
    pub contacts: Vec<Contact>,
    /// Of what (A29).
    pub mail: ContactMail,
    /// In which language.
    pub mail_language: MailLanguage,
    /// Whether the reader may change them.
    pub may_modify: bool,
    /// What a change names in `If-Match`.
    pub version: u64,
}

/// Whom a customer wants notified.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The e-mail address; no two contacts of a customer have the same.
    pub email: String,
}

/// Of which events contacts hear by mail (A29). Of none where nobody switched it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactMail {
    /// A partner accepted an invitation.
    pub acceptance: bool,
    /// A partner's roles or their members changed.
    pub roles: bool,
    /// A relationship ended.
    pub removal: bool,
}

/// `PATCH /v1/customers/{customer}/settings`. What is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeSettings {
    /// All of them, at most 20.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::requested::contacts")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<crate::requested::Contact>>))]
    pub contacts: Option<Vec<Contact>>,
    /// Of what they hear.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::requested::contact_mail")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::requested::ContactMail>))]
    pub mail: Option<ContactMail>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_language: Option<MailLanguage>,
}

/// `GET /v1/me/organisation`: the caller's own organisation, so that its people can tell others what they need to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organisation {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// Whether it works for customers.
    pub is_partner: bool,
    /// Whether it has rooms.
    pub is_customer: bool,
    /// Its verified domains: a customer invites a partner by one of them (R18).
    pub domains: Vec<DomainName>,
}
