//! Shows how a download goes on.

use std::io::{self, IsTerminal};

use gancho::Download;
use indicatif::{ProgressBar, ProgressStyle};

use crate::console::Console;

/// A bar on a terminal, a line a file elsewhere, nothing with `--quiet`.
pub(crate) struct DownloadBar<'a> {
    console: &'a Console,
    bar: Option<ProgressBar>,
    file: String,
}

impl<'a> DownloadBar<'a> {
    pub(crate) fn new(console: &'a Console) -> Self {
        let shown = !console.quiet && io::stderr().is_terminal();
        let bar = shown.then(|| {
            let template =
                "{msg} {wide_bar} {binary_bytes}/{binary_total_bytes} {binary_bytes_per_sec} {eta}";
            let style = ProgressStyle::with_template(template);
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { console, bar, file: String::new() }
    }
}

impl Download for DownloadBar<'_> {
    fn begin(&mut self, file: &str, bytes: u64) {
        // Told again when a download goes on after a pause.
        let fresh = self.file != file;
        self.file = file.to_owned();
        match &self.bar {
            Some(bar) => {
                bar.set_length(bytes);
                bar.set_position(0);
                bar.set_message(file.to_owned());
            }
            None if fresh => self.console.tell("models-pulling", &[("file", file.into())]),
            None => {}
        }
    }

    fn advance(&mut self, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.inc(bytes);
        }
    }
}

impl Drop for DownloadBar<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
