//! What the loop needs of the network, of the cache and of the app.

use std::future::Future;

use futures_util::stream::BoxStream;
use tenantry_model::ipc::SyncState;
use tenantry_model::time::Timestamp;

use crate::error::Error;

/// Bytes as they arrive.
pub(crate) type Bytes = BoxStream<'static, Result<Vec<u8>, Error>>;

/// The service. A token that it rejects has been renewed once before a call fails; [`Error::SignInExpired`] means that there is none.
pub(crate) trait Remote: Send + Sync + 'static {
    /// The answer to a cursor.
    fn changes(&self, cursor: Option<String>) -> impl Future<Output = Result<Bytes, Error>> + Send;
    fn events(&self) -> impl Future<Output = Result<Bytes, Error>> + Send;
}

/// What an answer brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applied {
    /// Whether older rows are still to come.
    pub(crate) history_pending: bool,
}
/// An answer that has arrived.
pub(crate) trait Received: Send {
    /// What to send for the next one, where it says that more is to come and that can be told before it is applied.
    fn next(&self) -> Option<String>;
}

pub(crate) trait Local: Send + Sync + 'static {
    type Received: Received;
    /// What to send next time; none before the first sync.
    fn cursor(&self) -> impl Future<Output = Result<Option<String>, Error>> + Send;
    /// Takes an answer in while it arrives; nothing changes yet.
    fn receive(&self, answer: Bytes) -> impl Future<Output = Result<Self::Received, Error>> + Send;
    /// Applies what was received: all of it, or nothing where it is cut.
    fn apply(&self, received: Self::Received) -> impl Future<Output = Result<Applied, Error>> + Send;
}

/// Who wants to know.
pub(crate) trait Reporter: Send + Sync + 'static {
    /// The sync's state is this now.
    fn state(&self, state: SyncState) -> impl Future<Output = ()> + Send;
    fn now(&self) -> Timestamp;
    /// A number by chance.
    fn chance(&self) -> u32;
}
