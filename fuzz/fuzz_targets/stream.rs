#![no_main]

#[path = "../../tests/fuzz/targets.rs"]
#[allow(dead_code)] // The other targets.
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::stream(bytes));
