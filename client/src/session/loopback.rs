//! The listener that the browser comes back to (RFC 8252 §7.3): on this machine alone, on a port of the system's choice, for one attempt.
//!
//! The redirect's path is the same for every attempt, because providers compare it with the registered one and ignore only the port. What
//! binds a hit to the attempt is its random `state`: one with another changes nothing, whoever sent it, and is told so. The first with the
//! right one is taken, and the listener is gone; the browser gets its page when it is known how the attempt ended.

use std::io::{Error as IoError, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use futures_util::future::select_all;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::error::Error;

/// The longest request head that is read; a browser's, with a code in it, is a tenth of that.
const LONGEST_HEAD: usize = 32 * 1024;
/// More headers than any browser sends.
const MOST_HEADERS: usize = 100;
const REQUEST_LIMIT: Duration = Duration::from_secs(10);
/// What is registered at the provider.
const PATH: &str = "/";
/// How many ports are tried to find one that is free on both addresses of `localhost`.
const MOST_PORTS: usize = 16;

/// What the browser brought.
pub(super) struct Hit {
    pub(super) code: Option<SecretString>,
    pub(super) state: String,
    pub(super) issuer: Option<String>,
    pub(super) error: Option<String>,
    pub(super) description: Option<String>,
}

/// The browser that brought the hit, and waits for its page.
pub(super) struct Visitor(TcpStream);

impl Visitor {
    /// Shows how the attempt ended.
    pub(super) async fn tell(mut self, ok: bool) {
        answer(&mut self.0, &page(if ok { Page::Done } else { Page::NotFinished })).await;
    }
}

/// A listener that waits for one hit.
pub(super) struct Loopback {
    /// One for each address that the host stands for.
    listeners: Vec<TcpListener>,
    host: String,
    port: u16,
}

impl Loopback {
    /// Listens. `host` is what the redirect names: `127.0.0.1`, or `localhost` where the provider's registration wants that.
    pub(super) async fn open(host: &str) -> Result<Self, Error> {
        let listeners = match host {
            "127.0.0.1" => vec![TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(not_listening)?],
            "localhost" => both_addresses().await?,
            _ => return Err(Error::Refused("the service names a redirect host that is neither 127.0.0.1 nor localhost".into())),
        };
        let port = listeners.first().ok_or_else(|| IoError::from(ErrorKind::AddrNotAvailable))?.local_addr()?.port();
        Ok(Self { listeners, host: host.to_owned(), port })
    }

    /// Where the provider is to send the browser.
    pub(super) fn redirect(&self) -> String {
        format!("http://{}:{}{PATH}", self.host, self.port)
    }

    /// Waits for the hit whose state is the attempt's, and stops listening.
    pub(super) async fn wait(self, is_ours: impl Fn(&str) -> bool) -> Result<(Hit, Visitor), Error> {
        let mut open = FuturesUnordered::new();
        loop {
            let accepted = select_all(self.listeners.iter().map(|listener| listener.accept().boxed()));
            tokio::select! {
                (accepted, ..) = accepted => {
                    let (stream, _) = accepted?;
                    // Browsers open connections that they do not use: none of them may hold up the others.
                    open.push(tokio::time::timeout(REQUEST_LIMIT, self.take(stream, &is_ours)));
                }
                Some(taken) = open.next() => {
                    if let Ok(Some(taken)) = taken {
                        return Ok(taken);
                    }
                }
            }
        }
    }

    async fn take(&self, mut stream: TcpStream, is_ours: impl Fn(&str) -> bool) -> Option<(Hit, Visitor)> {
        match self.read_hit(&mut stream).await? {
            Some(hit) if is_ours(&hit.state) => return Some((hit, Visitor(stream))),
            Some(_) => answer(&mut stream, &page(Page::AnotherAttempt)).await,
            None => answer(&mut stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await,
        }
        None
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
        if request.method != Some("GET") || path != PATH || host.trim_ascii() != format!("{}:{}", self.host, self.port).as_bytes() {
            return None;
        }
        let mut hit = Hit { code: None, state: String::new(), issuer: None, error: None, description: None };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "code" => hit.code = Some(SecretString::from(value.into_owned())),
                "state" => hit.state = value.into_owned(),
                "iss" => hit.issuer = Some(value.into_owned()),
                "error" => hit.error = Some(value.into_owned()),
                "error_description" => hit.description = Some(value.into_owned()),
                _ => {}
            }
        }
        if hit.error.is_some() {
            hit.code = None;
        }
        Some(hit)
    }
}

/// No fault of the disk, whatever the system calls it.
fn not_listening(error: IoError) -> Error {
    Error::Refused(format!("this device does not let the app listen for the browser: {error}"))
}

/// Both addresses of `localhost` on one port: on one that is left free, another program could wait for the browser. Where this machine has
/// no IPv6 at all, nobody can listen there.
async fn both_addresses() -> Result<Vec<TcpListener>, Error> {
    let mut last = IoError::from(ErrorKind::AddrInUse);
    for _ in 0..MOST_PORTS {
        let one = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(not_listening)?;
        match TcpListener::bind((Ipv6Addr::LOCALHOST, one.local_addr()?.port())).await {
            Ok(other) => return Ok(vec![one, other]),
            Err(error) if matches!(error.kind(), ErrorKind::AddrNotAvailable | ErrorKind::Unsupported) => return Ok(vec![one]),
            Err(error) => last = error,
        }
    }
    Err(Error::Refused(format!("127.0.0.1 and ::1 cannot both be listened to, as the redirect to localhost needs: {last}")))
}

async fn answer(stream: &mut TcpStream, text: &str) {
    // What counts does so even if the browser does not wait for its page.
    let told = async {
        let _ = stream.write_all(text.as_bytes()).await;
        let _ = stream.shutdown().await;
    };
    let _ = tokio::time::timeout(REQUEST_LIMIT, told).await;
}

/// What the browser shows at last.
#[derive(Clone, Copy)]
enum Page {
    Done,
    NotFinished,
    AnotherAttempt,
}

fn page(page: Page) -> String {
    let (status, english, german) = match page {
        Page::Done => (
            "200 OK",
            "You can close this window and go back to Tenantry.",
            "Sie können dieses Fenster schließen und zu Tenantry zurückkehren.",
        ),
        Page::NotFinished => (
            "200 OK",
            "The sign-in was not finished. Go back to Tenantry.",
            "Die Anmeldung wurde nicht abgeschlossen. Kehren Sie zu Tenantry zurück.",
        ),
        Page::AnotherAttempt => (
            "400 Bad Request",
            "This belongs to no sign-in that is under way, and nobody was signed in by it. Go back to Tenantry.",
            "Dies gehört zu keiner laufenden Anmeldung, und niemand wurde dadurch angemeldet. Kehren Sie zu Tenantry zurück.",
        ),
    };
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Tenantry</title>\
         <body style=\"font-family:system-ui,sans-serif;margin:4em auto;max-width:34em\">\
         <h1>Tenantry</h1><p>{english}</p><p lang=\"de\">{german}</p></body></html>"
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
