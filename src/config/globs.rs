//! Patterns of paths, as in `.gitignore`: `drafts/`, `*.sms.md`, `/notices/**/en/*.md`, `!kept.md`.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Patterns of paths relative to one folder. The last one that matches decides.
#[derive(Debug, Clone)]
pub struct Globs {
    written: Vec<String>,
    matcher: Gitignore,
}

/// Why a pattern is no good, if it is not.
pub(super) fn fault(glob: &str) -> Option<String> {
    if glob.trim().is_empty() || glob.starts_with('#') {
        return Some(format!("`{glob}`"));
    }
    // Such a pattern could never match, for paths are seen from the folder downwards.
    if Path::new(glob)
        .components()
        .any(|part| part.as_os_str() == "..")
    {
        return Some(format!("`..`: `{glob}`"));
    }
    let mut builder = GitignoreBuilder::new("");
    builder.add_line(None, glob).err().map(|e| e.to_string())
}

impl Globs {
    /// Bad patterns match nothing; see [`fault`].
    pub(super) fn new(written: Vec<String>) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for glob in &written {
            // What is wrong was told by `fault`.
            let _ = builder.add_line(None, glob);
        }
        let matcher = builder.build().unwrap_or_else(|_| Gitignore::empty());
        Self { written, matcher }
    }

    /// As they stand in the file.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Whether a file is matched, itself or by a folder that it lies in. `relative` has no `..` and no root.
    pub fn matches(&self, relative: &Path) -> bool {
        !relative.has_root()
            && self
                .matcher
                .matched_path_or_any_parents(relative, false)
                .is_ignore()
    }
}
