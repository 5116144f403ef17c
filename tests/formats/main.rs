//! Every format of the report, as the tools that read it see it.

mod documented;
mod hostile;
mod html;
mod output;
mod snapshots;
mod support;
