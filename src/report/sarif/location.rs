//! Places in SARIF: URIs, regions, and the list of files.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::report::Report;
use crate::report::diagnostic::Region;

/// The base of relative URIs: the root of the repository.
pub const ROOT: &str = "%SRCROOT%";

/// What stands for itself in the path of a URI: the unreserved characters of RFC 3986, and the slash.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// What may not stand in a URI at all. A link is otherwise left as it is written.
const LINK: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A link to the web as a URI: Korean paths percent-encoded, as a browser would send them.
pub fn web_uri(link: &str) -> String {
    utf8_percent_encode(link, LINK).to_string()
}

/// A path as a URI reference; whether it is relative.
fn uri(path: &str) -> (String, bool) {
    let encoded = utf8_percent_encode(path, PATH).to_string();
    let bytes = path.as_bytes();
    let drive = matches!(bytes, [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    match (path.starts_with('/'), drive) {
        (true, _) => (format!("file://{encoded}"), false),
        (_, true) => (
            format!("file:///{}", encoded.replacen("%3A", ":", 1)),
            false,
        ),
        _ => (encoded, true),
    }
}

pub fn region(region: Region) -> Value {
    json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    })
}

/// The files that a run speaks of, each once.
pub struct Artifacts<'a> {
    report: &'a Report,
    paths: Vec<String>,
}

impl<'a> Artifacts<'a> {
    /// Begins with the notices, in their order.
    pub fn new(report: &'a Report) -> Self {
        let paths = report.notices.iter().map(|n| n.path.clone()).collect();
        Self { report, paths }
    }

    /// Where a file is: its URI, and its place in the list.
    pub fn location(&mut self, path: &str) -> Value {
        let index = self.paths.iter().position(|known| known == path);
        let index = index.unwrap_or_else(|| {
            self.paths.push(path.to_owned());
            self.paths.len() - 1
        });
        let mut out = self.bare_location(path);
        out["index"] = json!(index);
        out
    }

    fn bare_location(&self, path: &str) -> Value {
        match uri(self.report.path_in_repository(path)) {
            (uri, true) => json!({ "uri": uri, "uriBaseId": ROOT }),
            (uri, false) => json!({ "uri": uri }),
        }
    }

    pub fn into_list(self) -> Vec<Value> {
        let artifact = |path: &String| {
            let is_notice = self.report.notices.iter().any(|n| n.path == *path);
            let mut out = json!({ "location": self.bare_location(path) });
            if is_notice {
                out["roles"] = json!(["analysisTarget"]);
            }
            if let Some(source) = self.report.sources.get(path) {
                out["length"] = json!(source.text.len());
                out["encoding"] = json!("utf-8");
                out["hashes"] = json!({ "sha-256": hex(source.text.as_bytes()) });
            }
            out
        };
        self.paths.iter().map(artifact).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            (
                "통지/1차 안내.md",
                "%ED%86%B5%EC%A7%80/1%EC%B0%A8%20%EC%95%88%EB%82%B4.md",
            ),
            ("a:b/c%20d#e?f.md", "a%3Ab/c%2520d%23e%3Ff.md"),
            ("/abs/x.md", "file:///abs/x.md"),
            ("C:/abs/x.md", "file:///C:/abs/x.md"),
            ("../x.md", "../x.md"),
        ] {
            assert_eq!(uri(path).0, expected, "{path}");
        }
        assert_eq!(
            web_uri("https://www.law.go.kr/법령/a%20b?x=1#y"),
            "https://www.law.go.kr/%EB%B2%95%EB%A0%B9/a%20b?x=1#y"
        );
    }
}
