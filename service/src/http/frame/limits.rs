//! Rate limits and limits on concurrent requests, for one caller and for all together.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::UserKey;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

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

pub(crate) struct Limiter {
    addresses: Buckets<IpAddr>,
    users: Buckets<UserKey>,
    at_once: Arc<Semaphore>,
    streams: Arc<Mutex<HashMap<UserKey, usize>>>,
    streams_per_user: usize,
    long_syncs: Arc<Semaphore>,
    short_syncs: Arc<Semaphore>,
}

impl Limiter {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            addresses: Buckets::new(limits),
            users: Buckets::new(limits),
            at_once: Arc::new(Semaphore::new(limits.concurrent)),
            streams: Arc::default(),
            streams_per_user: limits.streams_per_user,
            long_syncs: Arc::new(Semaphore::new(limits.syncs)),
            short_syncs: Arc::new(Semaphore::new(limits.syncs)),
        }
    }

    /// Counts a request of a signed-in user. Never by an unverified token: anybody could use up another's share.
    pub(crate) fn check_user(&self, user: UserKey) -> Result<()> {
        self.users.take(&user)
    }

    /// Forgets callers that have not called for a while.
    pub(crate) fn forget_idle(&self) {
        self.addresses.forget_idle();
        self.users.forget_idle();
    }

    /// A permit to hold one more event stream open.
    pub(crate) fn open_stream(&self, user: UserKey) -> Result<StreamPermit> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let open = streams.entry(user).or_default();
        if *open >= self.streams_per_user {
            return Err(Error::later(ProblemKind::TooManyRequests, "Close another event stream first.", 30));
        }
        *open += 1;
        Ok(StreamPermit { user, streams: self.streams.clone() })
    }

    /// A permit to answer one more sync: each holds a connection until its reader has taken nearly all of it. Long answers have a queue of
    /// their own, so that nobody waits for another's snapshot to receive a few changes.
    pub(crate) async fn answer_sync(&self, long: bool) -> Result<OwnedSemaphorePermit> {
        let queue = if long { &self.long_syncs } else { &self.short_syncs };
        let permit = tokio::time::timeout(QUEUED, queue.clone().acquire_owned()).await;
        permit
            .ok()
            .and_then(std::result::Result::ok)
            .ok_or_else(|| Error::later(ProblemKind::Unavailable, "Many are syncing: wait as long as Retry-After says.", 5))
    }
}

/// One open event stream; dropped when it ends.
pub(crate) struct StreamPermit {
    user: UserKey,
    streams: Arc<Mutex<HashMap<UserKey, usize>>>,
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = streams.get_mut(&self.user) {
            *open -= 1;
            if *open == 0 {
                streams.remove(&self.user);
            }
        }
    }
}

/// Refuses an address that sends more than its share.
pub(super) async fn per_address(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let address = address_of(&request, state.settings().limits.behind_proxy);
    match state.limits().addresses.take(&address) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// Refuses a request while too many others are in progress. A stream counts until its head is sent; after that it has limits of its own.
pub(super) async fn at_once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.limits().at_once.clone().try_acquire_owned() {
        Ok(_permit) => next.run(request).await,
        Err(_) => Error::Refused { kind: ProblemKind::Unavailable, detail: None, retry_after_s: Some(1), errors: vec![] }.into_response(),
    }
}

/// The caller's address: the connection's, or, behind a proxy of ours, the last one that the proxy wrote. Of IPv6 only the network: a caller
/// has any number of addresses in it.
fn address_of(request: &Request, behind_proxy: bool) -> IpAddr {
    let forwarded = || {
        let last = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?;
        last.trim().parse().ok()
    };
    let peer = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = if behind_proxy { forwarded().or_else(peer) } else { peer() };
    match address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical() {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}
