//! The sign-in page: plain HTML, no script, one form.

use std::fmt::Write as _;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use url::{Host, Url};

use super::authorize::Request;
use super::people::Person;

pub(super) struct Offer {
    pub(super) slug: &'static str,
    pub(super) may: &'static str,
    pub(super) person: Person,
}

const STYLE: &str = include_str!("page.css");

/// Asks whom one wants to be. `redirect` is where the choice will be sent.
pub(super) fn sign_in(request: &Request, redirect: &Url, offers: &[Offer]) -> Response {
    let (mut hidden, mut people) = (String::new(), String::new());
    for (name, value) in hidden_fields(request) {
        let _ = write!(hidden, "<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value));
    }
    for Offer { slug, may, person } in offers {
        let _ = write!(
            people,
            "<li><button type=\"submit\" name=\"person\" value=\"{slug}\" id=\"person-{slug}\" aria-describedby=\"may-{slug}\">\
             <span class=\"initials\" aria-hidden=\"true\">{}</span><span class=\"who\"><strong>{}</strong>\
             <span class=\"where\">{}</span><span class=\"upn\">{}</span></span></button><p class=\"may\" id=\"may-{slug}\">{may}</p></li>",
            escaped(&initials(&person.name)),
            escaped(&person.name),
            escaped(&person.organisation),
            escaped(&person.upn),
        );
    }
    let nobody = "<p>There is nobody to choose from: this demo was started without an estate.</p>";
    let body = format!(
        "<h1>Who are you today?</h1><p class=\"lead\">This is the demo directory. Everybody and every organisation in it is made up, and \
         nobody is asked for a password. Choose a person to sign in to Tenantry.</p><form method=\"post\">{hidden}<ul>{people}</ul></form>{}\
         <p class=\"foot\">You return to the app at <code>{}</code>.</p>",
        if offers.is_empty() { nobody } else { "" },
        escaped(&origin(redirect)),
    );
    page(StatusCode::OK, "Sign in – demo directory", &body, &form_action(redirect))
}

pub(super) fn message(status: StatusCode, text: &str) -> Response {
    let body = format!("<h1>This sign-in cannot go on</h1><p class=\"lead\">{}</p>", escaped(text));
    page(status, "Sign-in failed – demo directory", &body, "'none'")
}

fn page(status: StatusCode, title: &str, body: &str, form_action: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>"
    );
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{style}'; form-action {form_action}; base-uri 'none'; frame-ancestors 'none'");
    let mut response = (status, Html(html)).into_response();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Browsers hold the answer to a form to `form-action` too, so the app's address must stand there.
fn form_action(redirect: &Url) -> String {
    match redirect.host() {
        // A policy cannot name an IPv6 address.
        Some(Host::Ipv6(_)) | None => "'self' http:".to_owned(),
        Some(_) => format!("'self' {}", origin(redirect)),
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn hidden_fields(request: &Request) -> impl Iterator<Item = (&'static str, &str)> {
    let Request {
        client_id,
        redirect_uri,
        response_type,
        response_mode,
        scope,
        state,
        nonce,
        code_challenge,
        code_challenge_method,
        prompt: _,
    } = request;
    [
        ("client_id", client_id),
        ("redirect_uri", redirect_uri),
        ("response_type", response_type),
        ("response_mode", response_mode),
        ("scope", scope),
        ("state", state),
        ("nonce", nonce),
        ("code_challenge", code_challenge),
        ("code_challenge_method", code_challenge_method),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.as_deref().map(|value| (name, value)))
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    words.next().into_iter().chain(words.next_back()).collect()
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_app_sent_cannot_break_out_of_its_attribute() {
        assert_eq!(escaped("\"><script>'&"), "&quot;&gt;&lt;script&gt;&#39;&amp;");
    }

    #[test]
    fn the_form_may_lead_to_itself_and_back_to_the_app_alone() {
        assert_eq!(form_action(&"http://127.0.0.1:4711/cb?x".parse().unwrap()), "'self' http://127.0.0.1:4711");
        assert_eq!(form_action(&"http://[::1]:4711/".parse().unwrap()), "'self' http:");
    }

    #[test]
    fn initials_are_those_of_the_first_and_the_last_name() {
        assert_eq!(initials("Ömer van der Aa"), "ÖA");
        assert_eq!(initials("Cher"), "C");
        assert_eq!(initials(""), "");
    }
}
