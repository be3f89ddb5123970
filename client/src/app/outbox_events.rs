//! Tells the window that the outbox changed, or the files on their way: at once, and while much changes no more than so often, for it asks for all of it each
//! time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;

use super::event::{EngineEvent, EventSink};

/// So much time lies between two events.
const APART: Duration = Duration::from_millis(200);

#[derive(Clone)]
pub(super) struct OutboxEvents {
    sink: EventSink,
    event: EngineEvent,
    stand: Arc<Mutex<Stand>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Quiet,
    /// It was told just now.
    Told,
    /// It changed since.
    Due,
}

impl OutboxEvents {
    pub(super) fn new(sink: EventSink) -> Self {
        Self::of(sink, EngineEvent::Outbox)
    }

    pub(super) fn of(sink: EventSink, event: EngineEvent) -> Self {
        Self { sink, event, stand: Arc::new(Mutex::new(Stand::Quiet)) }
    }

    pub(super) fn changed(&self) {
        {
            let mut stand = self.stand();
            if *stand != Stand::Quiet {
                *stand = Stand::Due;
                return;
            }
            let Ok(runtime) = Handle::try_current() else { return self.sink.emit(self.event.clone()) };
            *stand = Stand::Told;
            runtime.spawn(self.clone().rest());
        }
        self.sink.emit(self.event.clone());
    }

    async fn rest(self) {
        loop {
            tokio::time::sleep(APART).await;
            {
                let mut stand = self.stand();
                if *stand == Stand::Told {
                    *stand = Stand::Quiet;
                    return;
                }
                *stand = Stand::Told;
            }
            self.sink.emit(self.event.clone());
        }
    }

    fn stand(&self) -> MutexGuard<'_, Stand> {
        self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a35_much_that_changes_at_once_is_told_at_its_beginning_and_at_its_end() {
        let sink = EventSink::new();
        let mut told = sink.subscribe();
        let events = OutboxEvents::new(sink);
        for _ in 0..5_000 {
            events.changed();
        }
        assert!(told.try_recv().is_ok() && told.try_recv().is_err(), "at once, and once");
        tokio::time::sleep(2 * APART).await;
        assert!(told.try_recv().is_ok() && told.try_recv().is_err(), "what came after it is told as well");
        tokio::time::sleep(2 * APART).await;
        events.changed();
        assert!(told.try_recv().is_ok(), "after a while it is told at once again");
    }
}
