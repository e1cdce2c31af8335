//! Devices, backends, batching, loading of verified weights.
