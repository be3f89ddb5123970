//! The conformance suite: the audit log.
