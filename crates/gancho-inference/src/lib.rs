//! Where tensors are computed: devices, worker threads, fixed batches, and networks filled from
//! weights files.
//!
//! A [`DeviceChoice`] is what a person asked for; [`open`] turns it into a [`Compute`], the
//! device a network is loaded on, and keeps a list of [`Attempt`]s for `gancho doctor`. The CPU
//! is always there. A GPU is used only after [`probe`] has run a small network on it *in a child
//! process* and found the same numbers as the CPU: a driver that crashes, hangs or computes
//! wrongly costs one attempt, never the program.
//!
//! On the CPU the unit of work is one picture on one thread ([`Workers`]); on a GPU it is a batch
//! of one fixed size ([`fixed_batches`]), because every new shape is compiled and tuned anew.
//! [`load_weights`] fills a network from safetensors and accepts nothing but an exact fit;
//! [`Checkpoint`] is as strict where a network is built from tensors that have to be changed first.
//!
//! This crate must not know what a tensor means: no picture and no word enters here.

mod batch;
mod checkpoint;
mod choice;
mod device;
mod error;
mod open;
mod output;
mod probe;
mod weights;
mod workers;

pub use batch::{Batch, fixed_batches};
pub use checkpoint::Checkpoint;
pub use choice::DeviceChoice;
pub use device::{Adapter, Compute};
pub use error::DeviceError;
pub use open::{Attempt, Opened, Verdict, open};
pub use output::{softmax, unit, values};
pub use probe::{PROBE_TOLERANCE, ProbeOutcome, ProbeReport, probe};
pub use weights::{LoadError, load_weights};
pub use workers::Workers;
