//! Reads files as text; what goes wrong becomes a problem in the language of the messages.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use noticelint::report::wording::Wording;
use noticelint::report::{Place, Problem};
use noticelint::source::{Source, SourceError, Span};

const MEBIBYTE: u64 = 1024 * 1024;

/// Reads and decodes the file at `path`, called `shown` in reports.
///
/// # Errors
/// Missing, not readable, too large, not UTF-8.
pub fn file(path: &Path, shown: &str, limit: u64, words: Wording) -> Result<Source, Box<Problem>> {
    let failed = |error: &io::Error| {
        let mut problem = problem(shown, io_message(error, words));
        if error.kind() == io::ErrorKind::NotFound {
            problem.hint = near_hint(path, words);
        }
        problem
    };
    let file = File::open(path).map_err(|error| failed(&error))?;
    let data = file.metadata().map_err(|error| failed(&error))?;
    if data.is_dir() {
        return Err(problem(shown, words.text("is-folder").to_owned()));
    }
    if data.len() > limit {
        return Err(too_large(shown, data.len(), limit, words));
    }
    stream(file, shown, limit, words)
}

/// Reads and decodes a stream (standard input) to its end, or until it is too large.
///
/// # Errors
/// Not readable, too large, not UTF-8.
pub fn stream(
    stream: impl Read,
    shown: &str,
    limit: u64,
    words: Wording,
) -> Result<Source, Box<Problem>> {
    let mut bytes = Vec::new();
    // One byte more tells that there is more. A pipe's size is not known beforehand.
    stream
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| problem(shown, io_message(&error, words)))?;
    if let Some(kind) = document(&bytes) {
        let mut problem = plain_problem(shown, words.fill("a-document", &[("kind", kind)]));
        problem.hint = Some(words.text("a-document-hint").to_owned());
        return Err(Box::new(problem));
    }
    Source::decode_up_to(shown, bytes, limit as usize)
        .map_err(|error| undecodable(shown, &error, limit, words))
}

/// What kind of document a file is by its first bytes, where people may take it for a draft.
fn document(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "DOCX/HWPX/ODT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "HWP/DOC"),
        (b"HWP Document File", "HWP"),
        (b"%PDF-", "PDF"),
        (b"{\\rtf", "RTF"),
    ];
    let of = STARTS.iter().find(|(start, _)| bytes.starts_with(start));
    of.map(|(_, kind)| *kind)
}

/// The file of its folder that was probably meant by a name that is not there.
pub fn near(path: &Path) -> Option<String> {
    const MOST: usize = 1000;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = path.file_name()?.to_str()?;
    let entries = std::fs::read_dir(folder).ok()?.take(MOST).flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    noticelint::yaml::nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// What to say of a name that is not there.
pub fn near_hint(path: &Path, words: Wording) -> Option<String> {
    near(path).map(|name| words.fill("near-file", &[("name", &name)]))
}

/// A problem with nothing but a name and what is wrong.
pub fn plain_problem(path: &str, message: String) -> Problem {
    Problem {
        path: path.to_owned(),
        message,
        hint: None,
        at: None,
    }
}

fn problem(path: &str, message: String) -> Box<Problem> {
    Box::new(plain_problem(path, message))
}

fn too_large(shown: &str, size: u64, limit: u64, words: Wording) -> Box<Problem> {
    let mebibytes = |bytes: u64| match bytes % MEBIBYTE {
        0 => (bytes / MEBIBYTE).to_string(),
        _ => format!("{:.1}", bytes as f64 / MEBIBYTE as f64),
    };
    let (size, limit) = (mebibytes(size), mebibytes(limit));
    let mut problem = plain_problem(
        shown,
        words.fill("too-large", &[("size", &size), ("limit", &limit)]),
    );
    problem.hint = Some(words.text("too-large-hint").to_owned());
    Box::new(problem)
}

/// What the system says, in our words where the cause is a common one.
pub fn io_message(error: &io::Error, words: Wording) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => words.text("not-found").to_owned(),
        io::ErrorKind::PermissionDenied => words.text("no-permission").to_owned(),
        io::ErrorKind::IsADirectory => words.text("is-folder").to_owned(),
        _ => words.fill("cannot-read", &[("why", &error.to_string())]),
    }
}

fn undecodable(shown: &str, error: &SourceError, limit: u64, words: Wording) -> Box<Problem> {
    let (key, detail, hint, (offset, line, column)) = match error {
        SourceError::TooLarge { size } => return too_large(shown, *size as u64, limit, words),
        SourceError::NotUtf8Encoding {
            encoding,
            offset,
            line,
            column,
        } => (
            "other-encoding",
            (*encoding).to_owned(),
            "save-as-utf-8",
            (*offset, *line, *column),
        ),
        SourceError::InvalidUtf8 {
            byte,
            offset,
            line,
            column,
        } => (
            "invalid-utf-8",
            format!("0x{byte:02X}"),
            "older-encoding",
            (*offset, *line, *column),
        ),
        SourceError::NulByte {
            offset,
            line,
            column,
        } => (
            "nul-byte",
            "0x00".to_owned(),
            "not-text",
            (*offset, *line, *column),
        ),
    };
    let message = words.fill(key, &[("what", &detail), ("offset", &offset.to_string())]);
    let at = Place {
        span: Span::new(offset, offset),
        line,
        column,
        end_line: line,
        end_column: column,
    };
    Box::new(Problem {
        path: shown.to_owned(),
        message,
        hint: Some(words.text(hint).to_owned()),
        at: Some(at),
    })
}
