//! An opened device, and the adapters that the graphics API offers.

use burn::tensor::Device;
use serde::{Deserialize, Serialize};

/// Rows in a batch on a GPU: enough to keep it busy, small enough for a card with 2 GiB.
#[cfg(any(feature = "wgpu", feature = "cuda"))]
const GPU_BATCH: usize = 32;
/// Rows in a batch on a software adapter, which has no parallelism to feed.
#[cfg(feature = "wgpu")]
const SOFTWARE_BATCH: usize = 4;

/// A device that tensors can be computed on.
///
/// Cheap to clone and safe to share between threads.
#[derive(Debug, Clone)]
pub struct Compute {
    device: Device,
    selector: String,
    name: String,
    software: bool,
    batch_size: usize,
}

impl Compute {
    /// The CPU, through burn's `flex` backend. Always there.
    pub fn cpu() -> Self {
        Self {
            device: Device::flex(),
            selector: "cpu".to_owned(),
            name: "CPU".to_owned(),
            software: false,
            // No gain from batching on the CPU: 13.2 ms a picture at batch 8, 13.0 at batch 1.
            batch_size: 1,
        }
    }

    /// burn's handle, for creating tensors and networks.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Whether tensors are computed by the CPU backend (a software *graphics* adapter is not).
    pub fn is_cpu(&self) -> bool {
        self.selector == "cpu"
    }

    /// The text after `--device` that leads here: `cpu`, `wgpu:0`, `cuda:1`.
    pub fn selector(&self) -> &str {
        &self.selector
    }

    /// The name that the device gives itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a graphics adapter that runs on the CPU (lavapipe, llvmpipe, WARP): correct,
    /// and some twenty times slower than [`Compute::cpu`].
    pub fn is_software(&self) -> bool {
        self.software
    }

    /// How many rows one forward pass should have. 1 on the CPU; elsewhere a fixed number to
    /// which the last batch is padded (see [`crate::fixed_batches`]).
    pub fn batch_size(&self) -> usize {
        self.batch_size
    }

    /// The same device with another batch size; 0 counts as 1.
    pub fn with_batch_size(mut self, batch_size: usize) -> Self {
        self.batch_size = batch_size.max(1);
        self
    }
}

/// An adapter as the graphics API lists it, without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adapter {
    /// The text after `--device` that leads to it, such as `wgpu:0`.
    pub selector: String,
    /// `discrete`, `integrated`, `virtual`, `software`, `other` or `cuda`.
    pub kind: String,
}

impl Adapter {
    /// Whether it is a CPU that poses as a graphics adapter.
    pub fn is_software(&self) -> bool {
        self.kind == "software"
    }

    /// Best first: a discrete GPU before an integrated one, a software adapter last.
    fn preference(&self) -> usize {
        let order = ["cuda", "discrete", "integrated", "virtual", "other"];
        order.iter().position(|kind| *kind == self.kind).unwrap_or(order.len())
    }
}

/// Lists the adapters of every GPU backend in this build, best first.
///
/// Asks the drivers, which may crash: only for the child process that probes.
pub(crate) fn adapters() -> Vec<Adapter> {
    let mut found = Vec::new();
    #[cfg(feature = "cuda")]
    found.extend(cuda::adapters());
    #[cfg(feature = "wgpu")]
    found.extend(wgpu::adapters());
    // Stable: adapters of one kind keep the driver's order.
    found.sort_by_key(Adapter::preference);
    found
}

/// Opens the device behind a selector such as `cpu`, `wgpu:0` or `cuda:1`.
///
/// # Errors
/// A sentence that says what the driver said.
pub(crate) fn open_selector(selector: &str) -> Result<Compute, String> {
    let index = |text: &str| text.parse::<usize>().map_err(|_| format!("`{selector}` names no device"));
    match selector.split_once(':') {
        None if selector == "cpu" => Ok(Compute::cpu()),
        #[cfg(feature = "wgpu")]
        Some(("wgpu", text)) => wgpu::open(index(text)?),
        #[cfg(feature = "cuda")]
        Some(("cuda", text)) => cuda::open(index(text)?),
        Some((backend, text)) => {
            Err(format!("device {} of `{backend}` is not part of this build", index(text)?))
        }
        None => Err(format!("`{selector}` names no device")),
    }
}

#[cfg(feature = "wgpu")]
mod wgpu {
    //! Adapters numbered in the order in which the graphics API lists them.

    use burn::backend::{CubeDevice, DispatchDevice, WgpuDevice, WgpuDeviceKind};
    use burn::tensor::{Device, DeviceKind, DeviceType};

    use super::{Adapter, Compute, GPU_BATCH, SOFTWARE_BATCH};

    pub(super) fn adapters() -> Vec<Adapter> {
        let named = |(index, kind): (usize, DeviceKind)| Adapter {
            selector: format!("wgpu:{index}"),
            kind: kind_name(&kind).to_owned(),
        };
        kinds().into_iter().enumerate().map(named).collect()
    }

    /// Opens an adapter before the first tensor touches it: this way a failure is an error, later
    /// it would be a panic on a thread of the runtime.
    pub(super) fn open(index: usize) -> Result<Compute, String> {
        let kinds = kinds();
        let kind = kinds.get(index).ok_or_else(|| match kinds.len() {
            0 => "the graphics API lists no adapter".to_owned(),
            count => format!("the graphics API lists {count} adapters, counted from 0"),
        })?;
        let software = *kind == DeviceKind::Cpu;
        // The runtime keeps each adapter it has opened: the second time `init` refuses, and the
        // lazy handle is then as good.
        let device = match Device::wgpu_options().device_kind(kind.clone()).init() {
            Ok(device) => device,
            Err(burn::tensor::wgpu::WgpuInitError::Registration { .. }) => Device::wgpu(kind.clone()),
            Err(error) => return Err(error.to_string()),
        };
        let name = device.identity().map_or_else(|| kind_name(kind).to_owned(), |it| it.name);
        Ok(Compute {
            device,
            selector: format!("wgpu:{index}"),
            software: software || sounds_like_software(&name),
            name,
            batch_size: if software { SOFTWARE_BATCH } else { GPU_BATCH },
        })
    }

    fn kinds() -> Vec<DeviceKind> {
        Device::enumerate(DeviceType::Wgpu).iter().filter_map(kind_of).collect()
    }

    fn kind_of(device: &Device) -> Option<DeviceKind> {
        let DispatchDevice::Cube(CubeDevice::Wgpu(WgpuDevice { kind, .. })) = device.as_dispatch() else {
            return None;
        };
        Some(match kind {
            WgpuDeviceKind::DiscreteGpu(index) => DeviceKind::DiscreteGpu(*index),
            WgpuDeviceKind::IntegratedGpu(index) => DeviceKind::IntegratedGpu(*index),
            WgpuDeviceKind::VirtualGpu(index) => DeviceKind::VirtualGpu(*index),
            WgpuDeviceKind::Cpu => DeviceKind::Cpu,
            // The facade has no word for `Other`; such an adapter is only reached as the default.
            _ => DeviceKind::DefaultDevice,
        })
    }

    fn kind_name(kind: &DeviceKind) -> &'static str {
        match kind {
            DeviceKind::DiscreteGpu(_) => "discrete",
            DeviceKind::IntegratedGpu(_) => "integrated",
            DeviceKind::VirtualGpu(_) => "virtual",
            DeviceKind::Cpu => "software",
            _ => "other",
        }
    }

    /// Some drivers do not admit that they are software; their names do.
    fn sounds_like_software(name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        ["llvmpipe", "lavapipe", "softpipe", "swiftshader", "basic render"].iter().any(|it| name.contains(it))
    }
}

#[cfg(feature = "cuda")]
mod cuda {
    //! NVIDIA devices in the driver's order.

    use burn::tensor::{Device, DeviceType};

    use super::{Adapter, Compute, GPU_BATCH};

    pub(super) fn adapters() -> Vec<Adapter> {
        let count = Device::enumerate(DeviceType::Cuda).len();
        (0..count)
            .map(|index| Adapter { selector: format!("cuda:{index}"), kind: "cuda".to_owned() })
            .collect()
    }

    pub(super) fn open(index: usize) -> Result<Compute, String> {
        // Safe without a driver: it looks for libcuda first and returns an empty list.
        let count = Device::enumerate(DeviceType::Cuda).len();
        if index >= count {
            return Err(format!("the CUDA driver lists {count} devices, counted from 0"));
        }
        let device = Device::cuda(index);
        let name = device.identity().map_or_else(|| "CUDA device".to_owned(), |it| it.name);
        Ok(Compute {
            device,
            selector: format!("cuda:{index}"),
            name,
            software: false,
            batch_size: GPU_BATCH,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_is_always_there_and_works_row_by_row() {
        let cpu = open_selector("cpu").expect("the CPU");
        assert!(cpu.is_cpu() && !cpu.is_software());
        assert_eq!((cpu.selector(), cpu.batch_size()), ("cpu", 1));
        assert_eq!(cpu.with_batch_size(0).batch_size(), 1);
    }

    #[test]
    fn a_selector_that_leads_nowhere_is_an_error_not_a_panic() {
        for selector in ["", "gpu", "wgpu:x", "metal:0", "cpu:0"] {
            assert!(open_selector(selector).is_err(), "{selector}");
        }
    }

    #[test]
    fn a_software_adapter_is_the_last_choice() {
        let adapter = |kind: &str| Adapter { selector: kind.to_owned(), kind: kind.to_owned() };
        let mut all: Vec<Adapter> =
            ["software", "other", "integrated", "cuda", "discrete", "virtual"].map(adapter).into();
        all.sort_by_key(Adapter::preference);
        let order: Vec<&str> = all.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(order, ["cuda", "discrete", "integrated", "virtual", "other", "software"]);
    }
}
