//! Which findings of a report a baseline knows, and which of its entries nothing answers to any more.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{KnownEntry, Report, Waived};

use super::{Baseline, Entry};

/// What a baseline did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Findings that were set aside.
    pub known: usize,
    /// Entries that no finding answers to: mended, and to be taken out.
    pub stale: Vec<KnownEntry>,
}

impl Baseline {
    /// Sets aside the findings that are known, for `reason`. `name` gives the path of a notice as it stands in the baseline;
    /// `exists` tells whether a notice that stands there is still in its place.
    ///
    /// Only notices of this report are judged, and those that are in their place no more.
    pub fn apply(
        &self,
        report: &mut Report,
        reason: &str,
        name: impl Fn(&str) -> Option<String>,
        exists: impl Fn(&str) -> bool,
    ) -> Outcome {
        let here: BTreeMap<usize, String> = report
            .notices
            .iter()
            .enumerate()
            .filter_map(|(n, notice)| Some((n, name(&notice.path)?)))
            .collect();
        let moved = self.moved(report, &here, &exists);
        let mut outcome = Outcome::default();
        let mut judged = BTreeSet::new();
        for (&n, path) in &here {
            let path = moved.get(&n).copied().unwrap_or(path.as_str());
            let Some(entries) = self.notices.get(path) else {
                continue;
            };
            judged.insert(path);
            let mut left: Vec<usize> = entries.iter().map(|e| e.count).collect();
            let Some(notice) = report.notices.get_mut(n) else {
                continue;
            };
            let source = report.sources.get(&notice.path).cloned();
            // Those that are the same in all; then those whose section was given another heading.
            for by_text in [false, true] {
                for finding in notice.findings.iter_mut().filter(|f| f.waived.is_none()) {
                    let same = |e: &Entry| match (&source, by_text) {
                        (_, false) => e.fingerprint == finding.fingerprint,
                        (Some(source), true) => {
                            !e.text.is_empty() && e.text == super::beginning(source, finding.span)
                        }
                        (None, true) => false,
                    };
                    let entry = entries
                        .iter()
                        .zip(&mut left)
                        .find(|(e, left)| **left > 0 && e.rule == *finding.rule && same(e));
                    if let Some((_, left)) = entry {
                        *left -= 1;
                        outcome.known += 1;
                        finding.waived = Some(Waived {
                            until: None,
                            reason: reason.to_owned(),
                            approved_by: None,
                            known: true,
                        });
                    }
                }
            }
            let stale = entries.iter().zip(left).filter(|(_, left)| *left > 0);
            outcome
                .stale
                .extend(stale.map(|(e, left)| entry(path, e, left)));
        }
        // A notice that is gone, and that no other is taken for.
        for (path, entries) in &self.notices {
            if !judged.contains(path.as_str()) && !exists(path) {
                let stale = entries.iter().map(|e| entry(path, e, e.count));
                outcome.stale.extend(stale);
            }
        }
        outcome.stale.sort();
        outcome
    }

    /// Notices of the report that the baseline knows by another path: those that have the most findings in common
    /// with one that is gone, and at least half of its.
    fn moved<'a>(
        &'a self,
        report: &Report,
        here: &BTreeMap<usize, String>,
        exists: &impl Fn(&str) -> bool,
    ) -> BTreeMap<usize, &'a str> {
        let gone: Vec<(&str, &Vec<Entry>)> = self
            .notices
            .iter()
            .filter(|(path, _)| !here.values().any(|p| p == *path) && !exists(path))
            .map(|(path, entries)| (path.as_str(), entries))
            .collect();
        let new: Vec<(usize, &str)> = here
            .iter()
            .filter(|(_, path)| !self.notices.contains_key(*path))
            .map(|(n, path)| (*n, path.as_str()))
            .collect();
        let mut pairs = Vec::new();
        for (old, entries) in gone {
            for &(n, path) in &new {
                let findings = &report.notices[n].findings;
                let shared = entries.iter().filter(|e| {
                    findings
                        .iter()
                        .any(|f| *f.rule == e.rule && f.fingerprint == e.fingerprint)
                });
                let shared = shared.count();
                if shared * 2 >= entries.len().max(1) {
                    let same_name = file_name(old) == file_name(path);
                    // The best comes first; then the order of paths decides.
                    pairs.push((!same_name, usize::MAX - shared, old, path, n));
                }
            }
        }
        pairs.sort_unstable();
        let (mut taken, mut out) = (BTreeSet::new(), BTreeMap::new());
        for (_, _, old, _, n) in pairs {
            if !out.contains_key(&n) && taken.insert(old) {
                out.insert(n, old);
            }
        }
        out
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn entry(path: &str, e: &Entry, count: usize) -> KnownEntry {
    KnownEntry {
        path: path.to_owned(),
        rule: e.rule.clone(),
        fingerprint: e.fingerprint.clone(),
        text: e.text.clone(),
        count,
    }
}
