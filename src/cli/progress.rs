//! A bar on long runs, only for a person who watches: standard error is a terminal.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use noticelint::report::wording::Wording;

/// Fewer files are checked before a bar could be read.
const LONG: usize = 200;

pub struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn new(files: usize, words: Wording) -> Self {
        if files < LONG || !io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
        // The template is fixed; were it wrong, the bar would only look different.
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(words.text("progress"));
        Self(Some(bar))
    }

    pub fn one_more(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// Leaves the terminal as it was.
    pub fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
