//! Exit statuses, as the design lists them.

use std::process::ExitCode;

use gancho::{Error, HubError};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// 0: done.
    Done,
    /// 1: done, but something was quarantined and `--strict` was given.
    Findings,
    /// 2: wrong usage.
    Usage,
    /// 3: the input could not be used at all.
    Input,
    /// 4: device or model not available.
    Unavailable,
    /// 5: output could not be written.
    Output,
    /// 130: interrupted.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Findings => 1,
            Status::Usage => 2,
            Status::Input => 3,
            Status::Unavailable => 4,
            Status::Output => 5,
            Status::Interrupted => 130,
        })
    }
}

impl Status {
    /// The status that an error of the API ends with.
    pub(crate) fn of(error: &Error) -> Self {
        match error {
            _ if error.is_interruption() => Self::Interrupted,
            Error::Comments(_)
            | Error::Export(_)
            | Error::Brief { .. }
            | Error::NothingToRead { .. }
            | Error::Library(_)
            | Error::Scorer(_) => Self::Input,
            Error::Hub(HubError::Unwritable { .. }) => Self::Output,
            Error::Device(_)
            | Error::Model { .. }
            | Error::ModelUnusable { .. }
            | Error::Weights(_)
            | Error::Hub(_)
            | Error::Backbone(_)
            | Error::Vision(_)
            | Error::Headline(_)
            | Error::Language(_)
            | Error::Quality(_)
            | Error::Evidence(_) => Self::Unavailable,
            Error::Cache(_) => Self::Output,
        }
    }
}
