//! Nobody adds a dependency without saying what for.

use std::fs;

#[test]
fn every_direct_dependency_has_its_reason() {
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let Ok(text) = fs::read_to_string(manifest) else {
            // Not part of the package.
            assert_ne!(manifest, "Cargo.toml");
            continue;
        };
        let (mut inside, mut above, mut seen) = (false, "", 0);
        for line in text.lines() {
            if line.starts_with('[') {
                inside = line.ends_with("dependencies]");
            } else if inside && line.contains('=') {
                assert!(above.starts_with("# "), "{manifest}: why this? {line}");
                seen += 1;
            }
            above = line;
        }
        assert!(seen > 2, "{manifest}");
    }
}
