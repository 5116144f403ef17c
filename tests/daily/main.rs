//! Daily use: configuration, baseline, waivers, fixes, what a shell needs.

mod baseline;
mod config;
mod desk;
mod fix;
mod sample;
mod shell;
mod support;
mod waivers;
