//! Writes to the two streams: the report, and nothing else, to standard output; problems to standard error.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use anstream::{AutoStream, ColorChoice};
use anyhow::Context as _;
use noticelint::lang::Lang;
use noticelint::report::wording::Wording;
use noticelint::report::{Look, Problem, problems, translate};
use noticelint::source::{MAX_BYTES, Source};

use super::args::ColorArg;
use super::read;

#[derive(Debug, Clone, Copy)]
pub struct Output {
    pub words: Wording,
    choice: ColorChoice,
}

impl Output {
    pub fn new(words: Wording, color: ColorArg) -> Self {
        let choice = match color {
            ColorArg::Auto => ColorChoice::Auto,
            ColorArg::Always => ColorChoice::Always,
            ColorArg::Never => ColorChoice::Never,
        };
        Self { words, choice }
    }

    /// For what is no report: scripts, manual pages.
    pub fn plain() -> Self {
        Self {
            words: Wording::new(Lang::En),
            choice: ColorChoice::Never,
        }
    }

    /// Tells a person what was done; not part of the report.
    pub fn remark(&self, text: &str) {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// How a report for standard output looks.
    pub fn look(&self, verbose: bool) -> Look {
        let coloured = match self.choice {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            choice => choice != ColorChoice::Never,
        };
        Look {
            words: self.words,
            coloured,
            verbose,
        }
    }

    /// Writes the report. A reader that has seen enough and closed the pipe is no error.
    ///
    /// # Errors
    /// When it cannot be written (full disk).
    pub fn report(&self, text: &str) -> anyhow::Result<()> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.choice);
        self.told(
            stream
                .write_all(text.as_bytes())
                .and_then(|()| stream.flush()),
        )
    }

    /// As [`Output::report`], for a report that writes itself and has no colours.
    ///
    /// # Errors
    /// When it cannot be written (full disk).
    pub fn report_by(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let mut stream = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        self.told(write(&mut stream).and_then(|()| stream.flush()))
    }

    fn told(&self, written: io::Result<()>) -> anyhow::Result<()> {
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(error).context("the report could not be written")
            }
            _ => Ok(()),
        }
    }

    /// Tells the problems. `sources` are the files already read; others are read for the lines to show.
    pub fn problems(&self, list: &[Problem], sources: &BTreeMap<String, Arc<Source>>) {
        if list.is_empty() {
            return;
        }
        let mut sources = sources.clone();
        for problem in list {
            if problem.at.is_some()
                && !sources.contains_key(&problem.path)
                && let Ok(source) = read::file(
                    Path::new(&problem.path),
                    &problem.path,
                    MAX_BYTES as u64,
                    self.words,
                )
            {
                sources.insert(problem.path.clone(), Arc::new(source));
            }
        }
        let coloured = match self.choice {
            ColorChoice::Auto => AutoStream::choice(&io::stderr()) != ColorChoice::Never,
            choice => choice != ColorChoice::Never,
        };
        let look = Look {
            words: self.words,
            coloured,
            verbose: false,
        };
        let mut list = list.to_vec();
        translate::translate(&mut list, self.words);
        let text = problems::render(&list, &sources, look);
        let mut stream = AutoStream::new(io::stderr().lock(), self.choice);
        // The exit code still tells when nobody reads this.
        let _ = stream
            .write_all(text.as_bytes())
            .and_then(|()| stream.flush());
    }
}
