//! The proxies that the desktop is set to use, on Linux: from the settings portal, which knows GNOME's, KDE's and a script for them alike. What the
//! environment names comes before it. On Windows and macOS the HTTP client reads the system's settings itself.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

/// How long a connection waits for a first answer; then it is made without a proxy, and a later one takes what came meanwhile.
const PATIENCE: Duration = Duration::from_secs(1);
/// A setting that changed is heeded after this long.
const LASTS: Duration = Duration::from_secs(30);
/// What the HTTP client reads itself.
const VARIABLES: [&str; 6] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];

/// Asks the desktop which proxies lead to an address, the best first.
type Ask = dyn Fn(&str) -> Option<Vec<String>> + Send + Sync;

/// The proxies of the desktop, by host. Clones are the same.
#[derive(Clone)]
pub(crate) struct SystemProxy {
    ask: Arc<Ask>,
    known: Arc<(Mutex<HashMap<String, Known>>, Condvar)>,
}

#[derive(Default)]
struct Known {
    proxy: Option<Url>,
    /// None while it has never been answered.
    at: Option<Instant>,
    is_asked: bool,
}

impl SystemProxy {
    /// None where the environment names proxies.
    pub(crate) fn unless_named(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let is_named = VARIABLES.iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()));
        (!is_named).then(|| Self::new(portal))
    }

    fn new(ask: impl Fn(&str) -> Option<Vec<String>> + Send + Sync + 'static) -> Self {
        Self { ask: Arc::new(ask), known: Arc::default() }
    }

    /// For an HTTP client.
    pub(crate) fn into_proxy(self) -> reqwest::Proxy {
        reqwest::Proxy::custom(move |url| self.on_the_way_to(url))
    }

    /// The proxy on the way to an address; none for the straight way.
    fn on_the_way_to(&self, url: &Url) -> Option<Url> {
        let host = url.host_str()?.to_owned();
        let mut known = self.lock();
        let entry = known.entry(host.clone()).or_default();
        if !entry.is_asked && entry.at.is_none_or(|at| at.elapsed() >= LASTS) {
            entry.is_asked = self.ask_anew(host.clone(), url.clone());
        }
        let is_unknown = |known: &mut HashMap<String, Known>| known.get(&host).is_some_and(|entry| entry.at.is_none() && entry.is_asked);
        let waited = self.known.1.wait_timeout_while(known, PATIENCE, is_unknown).unwrap_or_else(PoisonError::into_inner);
        let mut known = waited.0;
        let entry = known.get_mut(&host)?;
        // Waited for once: the next connections go on without, until the answer comes.
        entry.at.get_or_insert_with(Instant::now);
        entry.proxy.clone()
    }

    /// On a thread of its own: the desktop may take long to answer. Says whether it was asked.
    fn ask_anew(&self, host: String, url: Url) -> bool {
        let this = self.clone();
        let asking = std::thread::Builder::new().name("proxy".into()).spawn(move || {
            let answer = (this.ask)(url.as_str()).and_then(|proxies| usable(&proxies));
            this.note(host, answer);
        });
        asking.is_ok()
    }

    fn note(&self, host: String, proxy: Option<Url>) {
        self.lock().insert(host, Known { proxy, at: Some(Instant::now()), is_asked: false });
        self.known.1.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first that can be used; none where that is the straight way. SOCKS is not spoken.
fn usable(proxies: &[String]) -> Option<Url> {
    let first =
        proxies.iter().filter_map(|proxy| proxy.parse::<Url>().ok()).find(|url| matches!(url.scheme(), "direct" | "http" | "https"));
    first.filter(|url| url.scheme() != "direct")
}

fn portal(url: &str) -> Option<Vec<String>> {
    let asked = zbus::blocking::Connection::session().and_then(|bus| {
        let (name, path) = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop");
        bus.call_method(Some(name), path, Some("org.freedesktop.portal.ProxyResolver"), "Lookup", &(url,))?.body().deserialize()
    });
    asked.inspect_err(|error| tracing::debug!(%error, "the desktop names no proxies")).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn fault_9_17_the_first_proxy_that_can_be_used_is_taken_and_the_straight_way_where_that_comes_first() {
        let usable = |proxies: &[&str]| usable(&proxies.iter().map(|proxy| (*proxy).to_owned()).collect::<Vec<_>>()).map(String::from);
        assert_eq!(usable(&["http://proxy.example:3128"]).as_deref(), Some("http://proxy.example:3128/"));
        assert_eq!(
            usable(&["socks5://proxy.example:1080", "http://other.example:80", "direct://"]).as_deref(),
            Some("http://other.example/")
        );
        for straight in [&["direct://", "http://proxy.example:3128"][..], &["socks://proxy.example:1080"], &["no address"], &[]] {
            assert_eq!(usable(straight), None, "{straight:?}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn fault_9_17_the_http_client_goes_through_the_proxy_of_the_desktop() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let proxied = std::thread::spawn(move || {
            use std::io::{Read, Write};
            let (mut socket, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let read = socket.read(&mut request).unwrap();
            socket.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        let system = SystemProxy::new(move |_| Some(vec![address.clone()]));
        let http = reqwest::Client::builder().timeout(Duration::from_secs(20)).proxy(system.into_proxy()).build().unwrap();
        assert_eq!(http.get("http://tenantry.invalid/x").send().await.unwrap().status(), 204);
        assert!(proxied.join().unwrap().starts_with("GET http://tenantry.invalid/x "));
    }

    #[test]
    fn fault_9_17_what_the_environment_names_comes_first() {
        assert!(SystemProxy::unless_named(|_| None).is_some());
        assert!(SystemProxy::unless_named(|_| Some(String::new())).is_some());
        assert!(SystemProxy::unless_named(|name| (name == "https_proxy").then(|| "http://proxy.example".into())).is_none());
    }

    #[test]
    fn fault_9_17_the_desktop_is_asked_once_for_each_host() {
        let asked = Arc::new(AtomicU32::new(0));
        let proxy = SystemProxy::new({
            let asked = asked.clone();
            move |url| {
                asked.fetch_add(1, Ordering::SeqCst);
                Some(vec![if url.contains("inside") { "direct://".into() } else { "http://proxy.example:3128".into() }])
            }
        });
        for _ in 0..3 {
            assert_eq!(proxy.on_the_way_to(&url("https://outside.example/a")), Some(url("http://proxy.example:3128")));
            assert_eq!(proxy.on_the_way_to(&url("https://inside.example/b")), None);
        }
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn fault_9_17_a_desktop_that_answers_late_holds_up_no_connection_for_long() {
        let (answer, answers) = std::sync::mpsc::channel::<()>();
        let answers = Mutex::new(answers);
        let proxy = SystemProxy::new(move |_| {
            let _ = answers.lock().unwrap().recv();
            Some(vec!["http://proxy.example:3128".into()])
        });
        assert_eq!(proxy.on_the_way_to(&url("https://outside.example/")), None, "the straight way meanwhile");
        assert!(proxy.lock().get("outside.example").is_some_and(|entry| entry.at.is_some()), "the next ones do not wait");
        answer.send(()).unwrap();
        let come = (0..500).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            proxy.lock().get("outside.example").is_some_and(|entry| entry.proxy.is_some())
        });
        assert!(come, "the late answer is taken");
        assert_eq!(proxy.on_the_way_to(&url("https://outside.example/")), Some(url("http://proxy.example:3128")));
    }
}
