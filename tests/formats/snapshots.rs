//! Whole reports, of a few rules so that the wording of the others does not change them.

use crate::support::*;

const RULES: &str = "kr/items-complete,kr/no-exposure-euphemism,kr/no-disclaimer,kr/count,kr/substitute-30d,kr/posting-front-page,common/waiver-unused";

#[test]
fn every_format_for_two_notices() {
    let hash = regex::Regex::new(r"\b[0-9a-f]{64}\b").unwrap();
    let style = regex::Regex::new(r"(?s)<style>.*?</style>|'sha256-[^']*'").unwrap();
    for (name, path, lang) in [
        ("ko", "fixtures/notices/maru-transit/posting.md", "ko"),
        ("en", "fixtures/notices/lantern-books/draft.md", "en"),
    ] {
        let args = [path, "--lang", lang, "--select", RULES];
        for (format, text) in every_format(&repository(), &args).0 {
            // Hashes change with every rule and every build.
            let text = hash.replace_all(&text, "HASH");
            let text = style.replace_all(&text, "STYLE");
            insta::assert_snapshot!(format!("{name}.{format}"), text);
        }
    }
}
