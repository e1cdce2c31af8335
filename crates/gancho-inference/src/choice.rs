//! The device a person asks for, as written after `--device`.

use std::fmt;
use std::str::FromStr;

use crate::DeviceError;

/// The device that was asked for.
///
/// Written as `auto`, `cpu`, `gpu`, `wgpu`, `wgpu:N`, `cuda` or `cuda:N`, `N` counted from 0.
/// Everything but [`DeviceChoice::Auto`] is strict: it runs there or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceChoice {
    /// The best device that works: a GPU that passed its probe, else the CPU.
    #[default]
    Auto,
    /// The CPU.
    Cpu,
    /// Any GPU, but no software adapter.
    Gpu,
    /// An adapter of the graphics API: the best one, or the one with this number. A software
    /// adapter is accepted here, since it was asked for.
    Wgpu(Option<usize>),
    /// An NVIDIA device through CUDA: the first, or the one with this number.
    Cuda(Option<usize>),
}

impl FromStr for DeviceChoice {
    type Err = DeviceError;

    fn from_str(text: &str) -> Result<Self, DeviceError> {
        let unknown = || DeviceError::UnknownChoice { given: text.to_owned() };
        let text = text.trim().to_ascii_lowercase();
        let (name, index) = match text.split_once(':') {
            Some((name, index)) => (name, Some(index.parse::<usize>().map_err(|_| unknown())?)),
            None => (text.as_str(), None),
        };
        match (name, index) {
            ("auto", None) => Ok(Self::Auto),
            ("cpu", None) => Ok(Self::Cpu),
            ("gpu", None) => Ok(Self::Gpu),
            ("wgpu", index) => Ok(Self::Wgpu(index)),
            ("cuda", index) => Ok(Self::Cuda(index)),
            _ => Err(unknown()),
        }
    }
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Cpu => f.write_str("cpu"),
            Self::Gpu => f.write_str("gpu"),
            Self::Wgpu(None) => f.write_str("wgpu"),
            Self::Wgpu(Some(index)) => write!(f, "wgpu:{index}"),
            Self::Cuda(None) => f.write_str("cuda"),
            Self::Cuda(Some(index)) => write!(f, "cuda:{index}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_comes_back_as_it_was_written() {
        for text in ["auto", "cpu", "gpu", "wgpu", "wgpu:0", "wgpu:12", "cuda", "cuda:1"] {
            let choice: DeviceChoice = text.parse().expect("a documented form");
            assert_eq!(choice.to_string(), text);
        }
        assert_eq!(" WGPU:1 ".parse(), Ok(DeviceChoice::Wgpu(Some(1))));
    }

    #[test]
    fn anything_else_is_refused_and_quoted_as_given() {
        for text in ["", "gpu:0", "cpu:1", "wgpu:", "wgpu:-1", "wgpu:x", "vulkan", "cuda:0:1"] {
            let error = text.parse::<DeviceChoice>().expect_err(text);
            assert_eq!(error, DeviceError::UnknownChoice { given: text.to_owned() });
        }
    }
}
