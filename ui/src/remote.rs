//! What was asked of the engine and may not be there yet.

use tenantry_model::ipc::IpcError;

/// A value asked for: the last good one is kept while it is asked for again, and when that fails.
#[derive(Debug, Clone, PartialEq)]
pub struct Remote<T> {
    data: Option<T>,
    error: Option<IpcError>,
    loading: bool,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { data: None, error: None, loading: true }
    }
}

#[derive(Debug, PartialEq)]
pub enum LoadState<'a, T> {
    Loading,
    Failed(&'a IpcError),
    /// The data; the error says that it could not be renewed.
    Ready(&'a T, Option<&'a IpcError>),
}

impl<T> Remote<T> {
    /// One that begins with its answer.
    pub fn of(data: T) -> Self {
        Self { data: Some(data), error: None, loading: false }
    }

    pub fn failed(error: IpcError) -> Self {
        Self { data: None, error: Some(error), loading: false }
    }

    pub fn ask(&mut self) {
        self.loading = true;
    }

    /// Takes the answer. An answer that says "gone" or "not for you now" takes the data with it: it must not be shown on.
    pub fn take(&mut self, answer: Result<T, IpcError>) {
        use tenantry_model::ipc::IpcErrorKind::{Locked, NotFound, SignedOut};
        self.loading = false;
        match answer {
            Ok(data) => {
                self.data = Some(data);
                self.error = None;
            }
            Err(error) => {
                if matches!(error.kind, NotFound | Locked | SignedOut) {
                    self.data = None;
                }
                self.error = Some(error);
            }
        }
    }

    pub fn load_state(&self) -> LoadState<'_, T> {
        match (&self.data, &self.error) {
            (Some(data), error) => LoadState::Ready(data, error.as_ref()),
            (None, Some(error)) if !self.loading => LoadState::Failed(error),
            (None, _) => LoadState::Loading,
        }
    }

    /// Why it could not be had or renewed when last asked for.
    pub fn error(&self) -> Option<&IpcError> {
        self.error.as_ref()
    }

    pub fn data(&self) -> Option<&T> {
        self.data.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::IpcErrorKind;

    fn failed(kind: IpcErrorKind) -> IpcError {
        IpcError::new(kind, "told", true)
    }

    #[test]
    fn the_last_good_value_outlives_a_failed_refresh() {
        let mut remote = Remote::default();
        assert_eq!(remote.load_state(), LoadState::Loading);
        remote.take(Ok(7));
        remote.ask();
        assert_eq!(remote.load_state(), LoadState::Ready(&7, None));
        remote.take(Err(failed(IpcErrorKind::Offline)));
        assert_eq!(remote.load_state(), LoadState::Ready(&7, Some(&failed(IpcErrorKind::Offline))));
        remote.take(Ok(8));
        assert_eq!(remote.load_state(), LoadState::Ready(&8, None));
    }

    #[test]
    fn a28_what_is_locked_or_gone_is_not_shown_on() {
        for kind in [IpcErrorKind::Locked, IpcErrorKind::NotFound, IpcErrorKind::SignedOut] {
            let mut remote = Remote::default();
            remote.take(Ok(7));
            remote.take(Err(failed(kind)));
            assert_eq!(remote.load_state(), LoadState::Failed(&failed(kind)));
        }
    }

    #[test]
    fn a_retry_after_nothing_but_errors_shows_as_loading() {
        let mut remote = Remote::<u8>::default();
        remote.take(Err(failed(IpcErrorKind::Internal)));
        remote.ask();
        assert_eq!(remote.load_state(), LoadState::Loading);
    }
}
