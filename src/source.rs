//! The bytes of a file as text, and the one place where positions are converted.

/// A half-open range of **bytes** in a source file, counted from 0, a byte order mark included.
/// Both ends stand on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}
