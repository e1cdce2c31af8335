//! CNN trunk with heads: the eye of gancho.
