//! The key of a store, from the keychain: asked without holding anything up, said where it cannot be had, and taken however late it comes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tenantry_model::ipc::{KeyProblem, MemoryOnly, Session};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::accounts::AccountKey;
use super::shared::Shared;
use super::store_choice::StoreChoice;
use crate::db::{self, StoreKey};
use crate::error::Error;
use crate::keychain::{FoundKeys, KeychainCalls, KeychainError, Prompt};

/// A keychain that has not answered by then is said not to answer. What a user waits for without a word must stay below two seconds.
const PATIENCE: Duration = Duration::from_millis(1500);
/// It is asked again, without a prompt, after this long, and then after twice as long each time.
const FIRST_RETRY: Duration = Duration::from_secs(1);
const LONGEST_RETRY: Duration = Duration::from_secs(30);
/// Keychain of macOS cannot be told to show no prompt: whoever refused one is not shown it again and again.
const ASKS_AGAIN_AFTER_REFUSAL: bool = !cfg!(target_os = "macos");
/// Calls that wait for the user at a time, each with a prompt that they may not see.
const PROMPTS: u32 = 3;

/// What came of asking.
pub(super) enum Asked<T> {
    Answered(T),
    Without(MemoryOnly),
}

/// Where answers go, each with whether a prompt was allowed.
type Answers<T> = mpsc::UnboundedSender<(Prompt, Result<T, KeychainError>)>;

impl Shared {
    /// What the keychain has for a store that is there. Comes back only with an answer, or when the user goes on without.
    pub(super) async fn find_store_keys(&self, account: &AccountKey) -> Asked<FoundKeys> {
        let name = account.key_name();
        self.ask_keychain(true, move |keychain, prompt, answers| {
            keychain.find(&name, prompt, move |answer| drop(answers.send((prompt, answer))));
        })
        .await
    }

    /// The key for a new session: the one that its file opens with, or a new one. Where there is no keychain at all, nobody is asked: there is nothing
    /// to be had by waiting, and the window says that nothing is kept.
    pub(super) async fn key_for(&self, account: &AccountKey) -> Result<Asked<StoreKey>, Error> {
        let (name, new) = (account.key_name(), StoreKey::random(&*self.random)?);
        let keys = self.ask_keychain(false, move |keychain, prompt, answers| {
            keychain.find_or_keep(&name, &new, prompt, move |answer| drop(answers.send((prompt, answer))));
        });
        Ok(match keys.await {
            Asked::Answered(keys) => Asked::Answered(fitting(&account.file(&self.config.data_dir), keys).await?),
            Asked::Without(why) => Asked::Without(why),
        })
    }

    /// Asks until there is an answer. `waits_for_one`: a keychain that is not there is waited for as well; it may be late.
    async fn ask_keychain<T: Send + 'static>(&self, waits_for_one: bool, call: impl Fn(&KeychainCalls, Prompt, Answers<T>)) -> Asked<T> {
        if let Some(why) = self.without() {
            return Asked::Without(why);
        }
        let mut choices = self.store_choices.subscribe();
        let (sender, mut answers) = mpsc::unbounded_channel();
        let ask = |prompt: Prompt| call(&self.keychain, prompt, sender.clone());
        // First without a prompt: one that is locked says so at once, and not only when the user has answered.
        let (mut quiet, mut prompts, mut has_prompted, mut is_refused) = (true, 0, false, false);
        let mut retry_after = FIRST_RETRY;
        let mut next = Instant::now() + PATIENCE;
        ask(Prompt::Never);
        loop {
            tokio::select! {
                // An answer that is there counts, however late this looks: the whole machine may have stood still.
                biased;
                // None of these loses anything by being dropped.
                Some((prompt, answer)) = answers.recv() => {
                    match prompt {
                        Prompt::Never => quiet = false,
                        Prompt::Allowed => prompts -= 1,
                    }
                    let error = match answer {
                        Ok(answer) => return Asked::Answered(answer),
                        Err(KeychainError::NoKeychain(why)) if !waits_for_one => {
                            tracing::warn!(why, "no keychain: nothing is kept on disk");
                            return Asked::Without(MemoryOnly::NoKeychain);
                        }
                        Err(error) => error,
                    };
                    is_refused = error == KeychainError::Refused;
                    if error == KeychainError::Locked && !has_prompted {
                        has_prompted = true;
                        prompts += 1;
                        ask(Prompt::Allowed);
                    }
                    self.say_key_problem(&error);
                }
                Ok(choice) = choices.recv() => match choice {
                    StoreChoice::GoWithout => {
                        self.go_without(MemoryOnly::WithoutKeychain);
                        return Asked::Without(MemoryOnly::WithoutKeychain);
                    }
                    StoreChoice::TryAgain => {
                        if prompts < PROMPTS {
                            has_prompted = true;
                            prompts += 1;
                            ask(Prompt::Allowed);
                        }
                        retry_after = FIRST_RETRY;
                        next = Instant::now() + retry_after;
                    }
                },
                () = tokio::time::sleep_until(next) => {
                    if quiet {
                        self.set_key_problem_unless_said();
                    } else if ASKS_AGAIN_AFTER_REFUSAL || !is_refused {
                        quiet = true;
                        ask(Prompt::Never);
                    }
                    next = Instant::now() + retry_after;
                    retry_after = (retry_after * 2).min(LONGEST_RETRY);
                }
            }
        }
    }

    fn say_key_problem(&self, error: &KeychainError) {
        let problem = match error {
            KeychainError::NoKeychain(_) => KeyProblem::NoKeychain,
            KeychainError::Locked => KeyProblem::Locked,
            KeychainError::Refused => KeyProblem::Refused,
            KeychainError::Failed(_) => KeyProblem::Failed,
        };
        let session = Session::KeyUnavailable { problem };
        if self.state().session != session {
            tracing::warn!(%error, "the key of the cache cannot be had");
        }
        self.set_session(session);
        self.set_opened();
    }

    /// Of a call that has not come back; one that came back before said more.
    fn set_key_problem_unless_said(&self) {
        if !matches!(self.state().session, Session::KeyUnavailable { .. }) {
            tracing::warn!("the keychain has not answered yet");
            self.set_session(Session::KeyUnavailable { problem: KeyProblem::NotAnswering });
            self.set_opened();
        }
    }
}

/// The key that a file opens with. Of several where none does, or where there is no file, the first: it was written last.
pub(super) async fn fitting(file: &Path, keys: Vec<StoreKey>) -> Result<StoreKey, Error> {
    let (first, others) = keys.split_first().ok_or(Error::Closed)?;
    if others.is_empty() {
        return Ok(first.clone());
    }
    tracing::warn!(keys = keys.len(), "the keychain has several keys for one cache: the one that opens it is used");
    let (file, first) = (Arc::<Path>::from(file), first.clone());
    let found = tokio::task::spawn_blocking(move || keys.into_iter().find(|key| db::opens(&file, key)));
    Ok(found.await.map_err(|_| Error::Closed)?.unwrap_or(first))
}
