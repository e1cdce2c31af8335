//! The conversation with the person: language, color, progress, messages on stderr.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gancho::{Error, Watch};
use gancho_report::{Arg, Locale, Messages};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::{Color, Global, Lang};
use crate::sink::{OutputError, Written, write_to};
use crate::status::Status;

/// Set by the first Ctrl-C; the second ends the program at once.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Language, color and loudness of one run.
#[derive(Debug)]
pub(crate) struct Console {
    pub(crate) messages: Messages,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
    color: Color,
}

impl Console {
    pub(crate) fn new(global: &Global) -> Self {
        let locale = match global.lang {
            Some(Lang::Es) => Locale::Es,
            Some(Lang::En) => Locale::En,
            None => sys_locale::get_locale().and_then(|tag| Locale::from_tag(&tag)).unwrap_or(Locale::En),
        };
        let Global { color, quiet, verbose, .. } = *global;
        Self { messages: Messages::new(locale), quiet, verbose, color }
    }

    /// Whether what goes to stdout may be colored.
    pub(crate) fn colored(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
            }
        }
    }

    /// Columns of the terminal; what a table gets when there is none.
    pub(crate) fn width(&self) -> usize {
        terminal_size::terminal_size().map_or(110, |(width, _)| usize::from(width.0)).max(40)
    }

    /// A line on stderr, unless `--quiet`.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            // Nothing can be done when stderr is closed, and it must not end the program.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// A message of the catalogs on stderr, unless `--quiet`.
    pub(crate) fn tell(&self, key: &str, args: &[(&str, Arg)]) {
        self.say(&self.messages.text(key, args));
    }

    /// A line on stderr with `--verbose` only.
    pub(crate) fn detail(&self, text: &str) {
        if self.verbose && !self.quiet {
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Says what went wrong and returns the status to end with.
    pub(crate) fn fail(&self, error: &Error) -> Status {
        self.failed_with(&error.in_words(&self.messages));
        Status::of(error)
    }

    /// Says what went wrong with one of several inputs, `--quiet` or not.
    pub(crate) fn failed_with(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{}", self.messages.text("cli-error", &[("text", text.into())]));
    }

    /// Says that the command line asks for something impossible.
    pub(crate) fn misused(&self, key: &str) -> Status {
        let text = self.messages.text(key, &[]);
        let _ =
            writeln!(io::stderr(), "{}", self.messages.text("cli-error", &[("text", text.as_str().into())]));
        Status::Usage
    }

    /// Writes a result to stdout or to a file, whole or not at all.
    pub(crate) fn write(
        &self,
        path: Option<&Path>,
        produce: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Status {
        match write_to(path, produce) {
            Ok(Written::All | Written::ReaderLeft) => Status::Done,
            Err(error) => self.unwritten(&error),
        }
    }

    /// Says that a result could not be written.
    pub(crate) fn unwritten(&self, error: &OutputError) -> Status {
        let args: [(&str, Arg); 2] =
            [("path", error.path.as_str().into()), ("detail", error.detail.as_str().into())];
        self.output_failed("output-failed", &args)
    }

    /// Says, by a message of the catalogs, that something could not be written.
    pub(crate) fn output_failed(&self, key: &str, args: &[(&str, Arg)]) -> Status {
        let text = self.messages.text(key, args);
        let text = self.messages.text("cli-error", &[("text", text.as_str().into())]);
        let _ = writeln!(io::stderr(), "{text}");
        Status::Output
    }

    /// A progress bar with a message of the catalogs on a terminal; nothing elsewhere and with `--quiet`.
    pub(crate) fn progress(&self, key: &str) -> Progress {
        // The handler can be installed once per process, which is all that a command needs.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        });
        let shown = !self.quiet && io::stderr().is_terminal();
        let bar = shown.then(|| {
            let bar = ProgressBar::new(0);
            let style =
                ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(self.messages.text(key, &[]));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Progress { bar }
    }
}

/// Shows how far the evidence is, and passes Ctrl-C on.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
}

impl Watch for Progress {
    fn advanced(&self, done: usize, total: usize) {
        if let Some(bar) = &self.bar {
            // A stream does not say how long it is.
            if total > 0 {
                bar.set_length(total as u64);
            }
            bar.set_position(done as u64);
        }
    }

    fn interrupted(&self) -> bool {
        INTERRUPTED.load(Ordering::SeqCst)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
