//! Reads a draft breach notice, applies rules that quote their authority, compares with the facts, and reports.
//!
//! The stages, each of which knows nothing of the later ones: [`source`], [`notice`], [`language`], [`facts`], [`rules`],
//! [`report`]. [`Linter`] is all of them together, without input or output.

pub mod baseline;
pub mod compare;
pub mod config;
pub mod deadlines;
pub mod facts;
pub mod fix;
pub mod front;
pub mod lang;
pub mod language;
mod linter;
pub mod notice;
pub mod pattern;
mod prepared;
pub mod report;
pub mod rules;
pub mod schema;
pub mod skeleton;
pub mod source;
pub mod stream;
mod waivers;
#[doc(hidden)]
pub mod work;
pub mod yaml;

pub use linter::{Beside, LintOutcome, Linter, Profile, Settings};
