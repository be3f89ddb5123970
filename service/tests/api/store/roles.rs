//! The conformance suite: roles, their assignments, and portal roles.
