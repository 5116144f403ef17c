//! From bytes to blocks: every trap of Markdown that a notice may step into.

mod any_input;
mod hidden;
mod structure;
mod support;
mod words;
