//! The conformance suite: invitations.
