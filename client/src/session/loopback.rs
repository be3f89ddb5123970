//! The listener that the browser comes back to (RFC 8252 §7.3): on 127.0.0.1, on a port of the system's choice, for one attempt.
//!
//! The redirect's path is random for each attempt, so that no page can guess where an attempt listens; Entra ID compares the path with the
//! registered one and ignores only the port, so there the path is `/` and the random `state` alone binds the hit to the attempt. One hit on
//! that path is taken; whatever else is asked for (an icon, a guess) is answered 404 and changes nothing. Then the listener is gone.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::error::Error;

/// The longest request head that is read; a browser's, with a code in it, is a tenth of that.
const LONGEST_HEAD: usize = 32 * 1024;
/// More headers than any browser sends.
const MOST_HEADERS: usize = 100;
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// What the browser brought.
pub(super) struct Hit {
    pub(super) code: Option<SecretString>,
    pub(super) state: String,
    pub(super) issuer: Option<String>,
    pub(super) error: Option<String>,
}

/// A listener that waits for one hit.
pub(super) struct Loopback {
    listener: TcpListener,
    host: String,
    port: u16,
    path: String,
}

impl Loopback {
    /// Listens. `host` is what the redirect names: `127.0.0.1`, or `localhost` where the provider's registration wants that.
    pub(super) async fn open(host: &str, path: String) -> Result<Self, Error> {
        if !matches!(host, "127.0.0.1" | "localhost") {
            return Err(Error::Refused("the service names a redirect host that is neither 127.0.0.1 nor localhost".into()));
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, host: host.to_owned(), port, path })
    }

    /// Where the provider is to send the browser.
    pub(super) fn redirect(&self) -> String {
        format!("http://{}:{}{}", self.host, self.port, self.path)
    }

    /// Waits for the hit, answers it, and stops listening.
    pub(super) async fn wait(self) -> Result<Hit, Error> {
        let mut open = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => {
                    let (stream, _) = accepted?;
                    // Browsers open connections that they do not use: none of them may hold up the others.
                    open.push(tokio::time::timeout(REQUEST_LIMIT, self.answer(stream)));
                }
                Some(answered) = open.next() => {
                    if let Ok(Some(hit)) = answered {
                        return Ok(hit);
                    }
                }
            }
        }
    }

    async fn answer(&self, mut stream: TcpStream) -> Option<Hit> {
        let hit = self.read_hit(&mut stream).await?;
        let answer = match &hit {
            None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
            Some(hit) => page(hit.code.is_some()),
        };
        // The hit counts even if the browser does not wait for its page.
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        hit
    }

    /// Reads the head of a request. The inner value is none where it is not the hit; the outer one where there is nobody to answer.
    async fn read_hit(&self, stream: &mut TcpStream) -> Option<Option<Hit>> {
        let mut head = Vec::new();
        let mut part = [0u8; 2048];
        loop {
            let read = stream.read(&mut part).await.ok()?;
            if read == 0 || head.len() + read > LONGEST_HEAD {
                return None;
            }
            head.extend_from_slice(&part[..read]);
            let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
            let mut request = httparse::Request::new(&mut headers);
            match request.parse(&head) {
                Ok(httparse::Status::Partial) => {}
                Ok(httparse::Status::Complete(_)) => return Some(self.hit(&request)),
                Err(_) => return Some(None),
            }
        }
    }

    fn hit(&self, request: &httparse::Request<'_, '_>) -> Option<Hit> {
        let host = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("host"))?.value;
        let (path, query) = request.path?.split_once('?')?;
        // A name that somebody else lets point to this machine is not us.
        if request.method != Some("GET") || path != self.path || host.trim_ascii() != format!("{}:{}", self.host, self.port).as_bytes() {
            return None;
        }
        let mut hit = Hit { code: None, state: String::new(), issuer: None, error: None };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "code" => hit.code = Some(SecretString::from(value.into_owned())),
                "state" => hit.state = value.into_owned(),
                "iss" => hit.issuer = Some(value.into_owned()),
                "error" => hit.error = Some(value.chars().filter(|c| c.is_ascii_graphic()).take(60).collect()),
                _ => {}
            }
        }
        if hit.error.is_some() {
            hit.code = None;
        }
        Some(hit)
    }
}

fn page(ok: bool) -> String {
    let (english, german) = if ok {
        ("You can close this window and go back to Tenantry.", "Sie können dieses Fenster schließen und zu Tenantry zurückkehren.")
    } else {
        ("The sign-in was not finished. Go back to Tenantry.", "Die Anmeldung wurde nicht abgeschlossen. Kehren Sie zu Tenantry zurück.")
    };
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Tenantry</title>\
         <body style=\"font-family:system-ui,sans-serif;margin:4em auto;max-width:34em\">\
         <h1>Tenantry</h1><p>{english}</p><p lang=\"de\">{german}</p></body></html>"
    );
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
