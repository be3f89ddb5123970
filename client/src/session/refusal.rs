//! What a provider says when it refuses (RFC 6749 §4.1.2.1, §5.2), and the code by which its support finds the attempt.

use tenantry_model::ipc::RefusalDetails;
use tenantry_model::name::is_visible;

use crate::error::Error;

/// The longest description that is shown.
const LONGEST: usize = 600;
/// What Entra ID's codes begin with; digits follow.
const CODE: &str = "AADSTS";
/// What stands before the id of the attempt in Entra ID's descriptions.
const CORRELATION: &str = "Correlation ID:";

/// From the error's code and its description, as they came.
pub(super) fn refusal(error: &str, description: Option<&str>) -> Error {
    let description = description.map(shown).filter(|text| !text.is_empty());
    let (code, correlation_id) = description.as_deref().map(|text| (code(text), correlation_id(text))).unwrap_or_default();
    let error = error.chars().filter(char::is_ascii_graphic).take(60).collect();
    Error::ProviderRefused(Box::new(RefusalDetails { error, code, correlation_id, description }))
}

/// One line, without what could turn or hide it.
fn shown(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| *c == ' ' || is_visible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

fn code(text: &str) -> Option<String> {
    let digits = text.split_once(CODE)?.1;
    let digits: String = digits.chars().take_while(char::is_ascii_digit).take(10).collect();
    (!digits.is_empty()).then(|| format!("{CODE}{digits}"))
}

fn correlation_id(text: &str) -> Option<String> {
    let id = text.split_once(CORRELATION)?.1.split_whitespace().next()?;
    uuid::Uuid::try_parse(id).ok().map(|id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(error: &str, description: &str) -> RefusalDetails {
        match refusal(error, Some(description)) {
            Error::ProviderRefused(details) => *details,
            other => panic!("{other}"),
        }
    }

    const TEXT: &str = "AADSTS50105: Your administrator has configured the application to block users.\r\nTrace ID: 11111111-1111-4111-8111-111111111111\r\n\
        Correlation ID: 22222222-2222-4222-8222-222222222222\r\nTimestamp: 2026-11-28 10:00:00Z";

    #[test]
    fn fault_13_code_and_correlation_id_are_found_and_the_log_names_no_person() {
        let told = details("access_denied", TEXT);
        assert_eq!(told.code.as_deref(), Some("AADSTS50105"));
        assert_eq!(told.correlation_id.as_deref(), Some("22222222-2222-4222-8222-222222222222"));
        assert_eq!(told.to_string(), "access_denied AADSTS50105, correlation id 22222222-2222-4222-8222-222222222222");
        let personal = details("invalid_grant", "AADSTS50126: anna@example.com is wrong");
        assert_eq!(personal.to_string(), "invalid_grant AADSTS50126");
    }

    #[test]
    fn fault_13_a_description_of_another_provider_is_shown_as_far_as_it_can_be_read() {
        let told = details("server_error", "try\u{202e} again\n  later, AADSTS, Correlation ID: none");
        assert_eq!(told.description.as_deref(), Some("try again later, AADSTS, Correlation ID: none"));
        assert_eq!((told.code.as_deref(), told.correlation_id.as_deref()), (None, None));
        assert_eq!(details("x", "\u{200b}").description, None);
        assert_eq!(details("x", &"ä".repeat(5_000)).description.unwrap().chars().count(), LONGEST);
    }
}
