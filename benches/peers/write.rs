//! Writes the notices of the benchmark: `write FOLDER N BYTES` as files, `write - N BYTES` as lines for `noticelint stream`.
//! `rustc --edition 2024 -O benches/peers/write.rs` makes it.

#[path = "../notices.rs"]
mod notices;

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(to), Some(n), Some(bytes)) = (args.next(), args.next(), args.next()) else {
        return Err(io::Error::other("write FOLDER|- N BYTES"));
    };
    let (n, bytes): (u64, usize) = (
        n.parse().map_err(io::Error::other)?,
        bytes.parse().map_err(io::Error::other)?,
    );
    let mut out = io::BufWriter::new(io::stdout().lock());
    for i in 0..n {
        let text = notices::notice(i, bytes);
        if to == "-" {
            writeln!(out, "{{\"id\": {i}, \"markdown\": \"{}\"}}", escaped(&text))?;
        } else {
            std::fs::create_dir_all(&to)?;
            std::fs::write(Path::new(&to).join(format!("{i:05}.md")), text)?;
        }
    }
    out.flush()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}
