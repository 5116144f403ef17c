//! The fuzz targets on what is kept in `seeds/`: small beginnings of everything, and every input that once broke something.

mod targets;

use std::fs;

/// Runs a target on each of its seeds, on each of them cut off, and with a part in the place of another.
fn run(target: &str, body: fn(&[u8])) {
    let folder = format!("tests/fuzz/seeds/{target}");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 2, "{folder} has {} seeds", files.len());
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % limit.max(1) as u64) as usize
    };
    for path in files {
        let seed = fs::read(&path).unwrap();
        println!("{}", path.display());
        body(&seed);
        for _ in 0..4 {
            body(&seed[..below(seed.len())]);
            let (from, to) = (below(seed.len()), below(seed.len()));
            let end = (from + 1 + below(24)).min(seed.len());
            let mut moved = seed.clone();
            moved.splice(to..to, seed[from.min(end)..end].iter().copied());
            body(&moved);
        }
    }
}

#[test]
fn notices() {
    run("notice", targets::notice);
}

#[test]
fn front_matter() {
    run("front", targets::front);
}

#[test]
fn facts() {
    run("facts", targets::facts);
}

#[test]
fn rules() {
    run("rule", targets::rule);
}

#[test]
fn configurations() {
    run("config", targets::config);
}

#[test]
fn lines_of_a_stream() {
    run("stream", targets::stream);
}

#[test]
fn fixes() {
    run("fix", targets::fix);
}
