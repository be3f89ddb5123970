//! The conformance suite: answers to repeated requests.
