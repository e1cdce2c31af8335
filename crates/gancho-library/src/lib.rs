//! Creatives on disk: manifests, sidecars, performance, comments.
