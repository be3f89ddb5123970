//! Rate limits and limits on concurrent requests, for one caller and for all together.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::HeaderValue;
use http::header::{AUTHORIZATION, HOST};
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::UserKey;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::config::Limits;
use crate::error::{Error, Result};
use crate::http::AppState;

/// How long a sync waits in the queue.
const QUEUED: Duration = Duration::from_secs(10);

struct Buckets<K: Clone + Hash + Eq> {
    limiter: Option<DefaultKeyedRateLimiter<K>>,
    clock: DefaultClock,
}

impl<K: Clone + Hash + Eq> Buckets<K> {
    fn new(limits: &Limits) -> Self {
        let quota = limits.requests_per_s.and_then(NonZeroU32::new).map(|per_s| {
            let burst = NonZeroU32::new(limits.burst).unwrap_or(per_s);
            Quota::per_second(per_s).allow_burst(burst)
        });
        Self { limiter: quota.map(RateLimiter::keyed), clock: DefaultClock::default() }
    }

    fn take(&self, key: &K) -> Result<()> {
        let Some(Err(until)) = self.limiter.as_ref().map(|limiter| limiter.check_key(key)) else { return Ok(()) };
        let wait = until.wait_time_from(self.clock.now());
        Err(Error::later(ProblemKind::TooManyRequests, "Wait as long as Retry-After says.", wait.as_secs() + 1))
    }

    fn forget_idle(&self) {
        if let Some(limiter) = &self.limiter {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// The open streams of each user, the oldest first: what names it, and what ends it.
type Streams = HashMap<UserKey, VecDeque<(u64, CancellationToken)>>;

/// Places that each user has one of.
type OneEach = Mutex<HashMap<UserKey, Arc<Semaphore>>>;

/// Who has places of their own: an address, or the user of a token that was verified before.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    User(UserKey),
}

pub(crate) struct Limiter {
    addresses: Buckets<IpAddr>,
    users: Buckets<UserKey>,
    at_once: Arc<Semaphore>,
    /// Requests of each caller that are worked on.
    places: Arc<Mutex<HashMap<Who, usize>>>,
    places_per_address: usize,
    streams: Arc<Mutex<Streams>>,
    streams_per_user: usize,
    /// How many streams were ever opened: names each.
    opened: AtomicU64,
    /// Answers of sync that are read.
    syncs: Arc<Mutex<Streams>>,
    syncs_per_user: usize,
    long_syncs: (OneEach, Arc<Semaphore>),
    short_syncs: (OneEach, Arc<Semaphore>),
}

impl Limiter {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            addresses: Buckets::new(limits),
            users: Buckets::new(limits),
            at_once: Arc::new(Semaphore::new(limits.concurrent)),
            places: Arc::default(),
            places_per_address: limits.concurrent_per_address,
            streams: Arc::default(),
            streams_per_user: limits.streams_per_user,
            opened: AtomicU64::new(0),
            syncs: Arc::default(),
            syncs_per_user: limits.syncs_per_user,
            long_syncs: (OneEach::default(), Arc::new(Semaphore::new(limits.syncs))),
            short_syncs: (OneEach::default(), Arc::new(Semaphore::new(limits.syncs))),
        }
    }

    /// Counts a request of a signed-in user, if it was not counted yet. Never by an unverified token: anybody could use up another's share.
    pub(crate) fn check_user(&self, user: UserKey, counted: Option<&UserCounted>) -> Result<()> {
        if counted.is_some_and(|counted| counted.0 == user) { Ok(()) } else { self.users.take(&user) }
    }

    /// Forgets callers that have not called for a while.
    pub(crate) fn forget_idle(&self) {
        self.addresses.forget_idle();
        self.users.forget_idle();
        for (own, _) in [&self.long_syncs, &self.short_syncs] {
            own.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, place| Arc::strong_count(place) > 1);
        }
    }

    /// A permit to hold one more event stream open. Where the user has too many, their oldest one ends: it may be one that nobody reads any more.
    pub(crate) fn open_stream(&self, user: UserKey) -> StreamPermit {
        self.open(&self.streams, self.streams_per_user, user)
    }

    /// A permit to read one more answer of sync, as [`Limiter::open_stream`].
    pub(crate) fn read_sync(&self, user: UserKey) -> StreamPermit {
        self.open(&self.syncs, self.syncs_per_user, user)
    }

    fn open(&self, all: &Arc<Mutex<Streams>>, most: usize, user: UserKey) -> StreamPermit {
        let (id, ended) = (self.opened.fetch_add(1, Ordering::Relaxed), CancellationToken::new());
        let mut streams = all.lock().unwrap_or_else(PoisonError::into_inner);
        let own = streams.entry(user).or_default();
        while own.len() >= most
            && let Some((_, oldest)) = own.pop_front()
        {
            oldest.cancel();
        }
        own.push_back((id, ended.clone()));
        StreamPermit { user, id, ended, streams: all.clone() }
    }

    /// A permit to write one more answer of sync: each holds a connection until it is written. Of one user one is written at a time, so that nobody
    /// takes the places of all others. Long answers have a queue of their own, so that nobody waits for another's snapshot to receive a few
    /// changes.
    pub(crate) async fn answer_sync(&self, user: UserKey, long: bool) -> Result<[OwnedSemaphorePermit; 2]> {
        let (own, all) = if long { &self.long_syncs } else { &self.short_syncs };
        let own = own.lock().unwrap_or_else(PoisonError::into_inner).entry(user).or_insert_with(|| Arc::new(Semaphore::new(1))).clone();
        let permits = async { Ok::<_, AcquireError>([own.acquire_owned().await?, all.clone().acquire_owned().await?]) };
        let permits = tokio::time::timeout(QUEUED, permits).await;
        permits
            .ok()
            .and_then(std::result::Result::ok)
            .ok_or_else(|| Error::later(ProblemKind::Unavailable, "Many are syncing: wait as long as Retry-After says.", 5))
    }
}

/// One open stream; dropped when it ends.
pub(crate) struct StreamPermit {
    user: UserKey,
    id: u64,
    /// Cancelled when a later stream of the user takes its place.
    pub(crate) ended: CancellationToken,
    streams: Arc<Mutex<Streams>>,
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = streams.get_mut(&self.user) {
            own.retain(|(id, _)| *id != self.id);
            if own.is_empty() {
                streams.remove(&self.user);
            }
        }
    }
}

/// One of what is counted for each caller; dropped when it ends.
pub(crate) struct Counted<K: Eq + Hash> {
    of: K,
    counts: Arc<Mutex<HashMap<K, usize>>>,
}

impl<K: Copy + Eq + Hash> Counted<K> {
    /// One more; none where the caller has `most` already.
    pub(crate) fn one(counts: &Arc<Mutex<HashMap<K, usize>>>, of: K, most: usize) -> Option<Self> {
        let mut held = counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(of).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Self { of, counts: counts.clone() })
    }
}

impl<K: Eq + Hash> Drop for Counted<K> {
    fn drop(&mut self) {
        let mut held = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.of) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.of);
            }
        }
    }
}

/// Asks only if the service lives, which costs nothing: it is answered also while others are refused.
pub(crate) const ALWAYS_ANSWERED: &str = "/healthz";

fn is_health(request: &Request) -> bool {
    request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == ALWAYS_ANSWERED)
}

/// The user of the request's token, where it was verified before.
fn known_user(state: &AppState, request: &Request) -> Option<UserKey> {
    state.tokens().known_user(request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes))
}

/// A request that its user's share was taken for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UserCounted(UserKey);

/// Refuses who sends more than their share: the user of a token that was verified before, else the address. So a flood from behind the same
/// address, as an office has one, does not lock its users out; and whatever a request is for, it takes of somebody's share.
pub(super) async fn per_caller(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if is_health(&request) {
        return next.run(request).await;
    }
    let limits = state.limits();
    let taken = if let Some(user) = known_user(&state, &request) {
        request.extensions_mut().insert(UserCounted(user));
        limits.users.take(&user)
    } else {
        limits.addresses.take(&address_of(&request, state.settings().limits.behind_proxy))
    };
    match taken {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// Refuses a request while too many others are in progress, of this caller or at all. A stream counts until its head is sent; after that it has
/// limits of its own.
pub(super) async fn at_once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_health(&request) {
        return next.run(request).await;
    }
    let limits = state.limits();
    let address = || Who::Address(address_of(&request, state.settings().limits.behind_proxy));
    // Found by [`per_caller`], which is around this: the token is hashed once for both.
    let who = request.extensions().get::<UserCounted>().map_or_else(address, |counted| Who::User(counted.0));
    let Some(_place) = Counted::one(&limits.places, who, limits.places_per_address) else {
        return Error::later(ProblemKind::TooManyRequests, "Send fewer requests at once.", 1).into_response();
    };
    match limits.at_once.clone().try_acquire_owned() {
        Ok(_permit) => next.run(request).await,
        Err(_) => Error::Refused { kind: ProblemKind::Unavailable, detail: None, retry_after_s: Some(1), errors: vec![] }.into_response(),
    }
}

/// Refuses what two readers of the request might read differently: which host it is for, and who sends it (RFC 9110, 7.2 and 5.3).
pub(super) async fn unambiguous(request: Request, next: Next) -> Response {
    for name in [HOST, AUTHORIZATION] {
        if request.headers().get_all(&name).iter().nth(1).is_some() {
            return Error::bad_request(format!("send the header {name} once")).into_response();
        }
    }
    next.run(request).await
}

/// The caller's address: the connection's, or, behind a proxy of ours, the last one that the proxy wrote. Of IPv6 only the network: a caller
/// has any number of addresses in it.
fn address_of(request: &Request, behind_proxy: bool) -> IpAddr {
    let forwarded = || address_in(request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?);
    let peer = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = if behind_proxy { forwarded().or_else(peer) } else { peer() };
    network_of(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}

/// What callers are told apart by: an IPv4 address, or the network of an IPv6 one.
pub(crate) fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

/// An address as proxies write it: alone, with a port, in brackets, in quotes.
fn address_in(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']');
    text.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip())).or_else(|| in_brackets()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_20_a_caller_is_one_in_whatever_form_the_proxy_writes_its_address() {
        let v4: IpAddr = "203.0.113.7".parse().unwrap();
        let v6: IpAddr = "2001:db8::7".parse().unwrap();
        for (text, address) in [
            ("203.0.113.7", v4),
            (" 203.0.113.7:50123", v4),
            ("2001:db8::7", v6),
            ("[2001:db8::7]", v6),
            ("[2001:db8::7]:50123", v6),
            ("\"[2001:db8::7]:50123\"", v6),
        ] {
            assert_eq!(address_in(text), Some(address), "{text}");
        }
        assert!(["", "unknown", "_hidden", "203.0.113.7:", "[]"].iter().all(|text| address_in(text).is_none()));
    }
}
