//! The conformance suite: the agents' keys and rooms.
