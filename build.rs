//! Prepares the packs under `rules/`, so that the program need not read YAML, build tries or compile patterns each
//! time it starts.
//!
//! Nothing is judged here. When a file has a mistake, nothing is prepared: the program then reads the files themselves
//! and says what is wrong, where.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use regex_automata::nfa::thompson::{Config, NFA, WhichCaptures};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

#[path = "src/pattern/first.rs"]
mod first;
#[allow(dead_code)] // Made here, looked up by the program.
#[path = "src/language/fold.rs"]
mod fold;
#[allow(dead_code)] // Made here, looked up by the program.
#[path = "src/pattern/index.rs"]
mod index;
#[allow(dead_code)] // Made here, looked up by the program.
#[path = "src/pattern/literals.rs"]
mod literals;
#[allow(dead_code)] // Made here, looked up by the program.
#[path = "src/pattern/needs.rs"]
mod needs;
#[allow(dead_code)] // Made here, run by the program.
#[path = "src/pattern/program.rs"]
mod program;
#[allow(dead_code)] // Made here, run by the program.
#[path = "src/pattern/sieve.rs"]
mod sieve;
#[allow(dead_code)] // Made here, looked up by the program.
#[path = "src/pattern/stored.rs"]
mod stored;
#[allow(dead_code)] // Made here, looked up by the program.
#[path = "src/language/trie.rs"]
mod trie;
#[allow(dead_code)] // Made here, looked up by the program.
#[path = "src/language/wording.rs"]
mod wording;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Files of the vocabulary that hold no concepts.
const SPECIAL: [&str; 3] = ["sections.yaml", "advice.yaml", "values.yaml"];
/// Keys of a rule under which patterns stand.
const PATTERN_KEYS: [&str; 5] = ["pattern", "not-pattern", "patterns", "except", "mailbox"];
/// Most states of the sieve of a pattern of values, which is tried in most sentences.
const VALUES: usize = 2048;
/// Most states of that of another one.
const OTHERS: usize = 48;

fn main() -> Result<()> {
    // Without this, cargo would not notice a rule that is added or deleted.
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    for shared in [
        "language/fold",
        "language/trie",
        "language/wording",
        "pattern/first",
        "pattern/index",
        "pattern/literals",
        "pattern/needs",
        "pattern/program",
        "pattern/sieve",
        "pattern/stored",
    ] {
        println!("cargo::rerun-if-changed=src/{shared}.rs");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    // With a mistake in the rules the program reads them itself, and says what is wrong.
    let made = prepare(Path::new("rules")).unwrap_or_else(|error| {
        println!("cargo::warning=the rules are not prepared: {error}");
        Made::default()
    });
    let ready = !made.files.is_empty();
    let messages = messages(&fs::read_to_string("rules/messages.yaml")?)?;
    for name in [
        "language.json",
        "rules.json",
        "examples.json",
        "patterns.bin",
        "words.trie",
        "words.table",
        "sections.trie",
        "literals.letters",
        "literals.places",
        "literals.table",
    ] {
        fs::write(out.join(name), made.files.get(name).map_or(&[][..], |f| f))?;
    }
    let table = format!(
        "pub(crate) const READY: bool = {};\n\
         pub(crate) const HASH: &str = \"{}\";\n\
         pub(crate) const SETS: u16 = {};\n\
         pub(super) static PATTERNS: &[Made] = &[\n{}];\n\
         pub(crate) static MESSAGES: &[Message] = &[\n{}];\n",
        ready, made.hash, made.sets, made.patterns, messages
    );
    fs::write(out.join("prepared.rs"), table)?;
    Ok(())
}

#[derive(Default)]
struct Made {
    files: BTreeMap<&'static str, Vec<u8>>,
    hash: String,
    sets: u16,
    /// Entries of the table of patterns, as Rust.
    patterns: String,
}

/// The program's own words as entries of a table, as Rust, in the order of their keys.
fn messages(text: &str) -> Result<String> {
    // A mapping of this kind refuses a key that is there already; others would take the last.
    let file: serde_yaml::Mapping = serde_yaml::from_str(text)?;
    let file: BTreeMap<String, BTreeMap<String, String>> =
        serde_yaml::from_value(serde_yaml::Value::Mapping(file))?;
    let mut out = String::new();
    for (key, entry) in &file {
        if let Some(other) = entry
            .keys()
            .find(|k| !["ko", "en", "one"].contains(&k.as_str()))
        {
            return Err(format!("{key} has an unknown key `{other}`").into());
        }
        let text = |lang: &str| entry.get(lang).ok_or(format!("{key} has no `{lang}`"));
        let (ko, en, one) = (text("ko")?, text("en")?, entry.get("one"));
        writeln!(
            out,
            "    Message {{ key: {key:?}, ko: {ko:?}, en: {en:?}, one: {one:?} }},"
        )?;
    }
    Ok(out)
}

/// Reads everything under `rules`.
fn prepare(rules: &Path) -> Result<Made> {
    let mut texts = BTreeMap::new();
    collect(rules, "", &mut texts)?;
    let mut made = Made::default();
    let mut hasher = Sha256::new();
    let (mut patterns, mut values) = (BTreeSet::new(), BTreeSet::new());
    let (mut concepts, mut grammar) = (Map::new(), Vec::new());
    let mut words = Vec::new();
    let mut special: BTreeMap<&str, Value> = BTreeMap::new();
    let (mut all_rules, mut all_examples) = (Map::new(), Map::new());
    for (inner, text) in &texts {
        // Files at the top are the program's own words; templates are no rules.
        if !inner.contains('/') || inner.starts_with("templates/") {
            continue;
        }
        let mut value: Value = serde_yaml::from_str(text)?;
        for part in [inner, text] {
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
        match inner.strip_prefix("vocabulary/") {
            Some(name) if SPECIAL.contains(&name) => {
                if name == "values.yaml" {
                    values_patterns(&value, &mut values);
                }
                special.insert(name, value);
            }
            Some(name) if name.starts_with("grammar") => grammar.push(value),
            Some(_) => vocabulary(value, &mut concepts, &mut words)?,
            None => {
                rule_patterns(&value, false, &mut patterns);
                let rule = value.as_object_mut().ok_or("a rule is a mapping")?;
                let examples = rule.remove("examples").unwrap_or_else(|| json!([]));
                let id = inner.trim_end_matches(".yaml");
                all_rules.insert(id.to_owned(), value);
                all_examples.insert(id.to_owned(), examples);
            }
        }
    }
    made.hash = format!(
        "sha256:{}",
        hasher.finalize().iter().fold(String::new(), |mut s, b| {
            let _ = write!(s, "{b:02x}");
            s
        })
    );
    let wordings = wording::Wordings::build(&words);
    let [trie, table] = wordings.parts();
    made.files.insert("words.trie", trie.to_vec());
    made.files.insert("words.table", table.to_vec());
    let mut take = |name: &str| special.remove(name).ok_or_else(|| format!("no {name}"));
    let (names, gapped, sections) = sections(&take("sections.yaml")?)?;
    made.files
        .insert("sections.trie", sections.as_bytes().to_vec());
    let language = json!({
        "concepts": concepts,
        "grammar": grammar,
        "sections": names,
        "gapped": gapped,
        "advice": take("advice.yaml")?,
        "values": take("values.yaml")?,
    });
    made.files
        .insert("language.json", serde_json::to_vec(&language)?);
    made.files
        .insert("rules.json", serde_json::to_vec(&all_rules)?);
    made.files
        .insert("examples.json", serde_json::to_vec(&all_examples)?);
    compile(patterns, &values, &mut made)?;
    Ok(made)
}

/// All YAML files, by their path inside `rules`.
fn collect(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let inner = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{inner}/"), texts)?;
        } else if name.ends_with(".yaml") {
            texts.insert(inner, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

/// Takes the concepts of a file, and their wordings out of them.
fn vocabulary(
    file: Value,
    concepts: &mut Map<String, Value>,
    words: &mut Vec<(String, wording::Wording)>,
) -> Result<()> {
    let Value::Object(mut file) = file else {
        return Err("a mapping is needed".into());
    };
    let Some(Value::Object(list)) = file.remove("concepts") else {
        return Err("`concepts` is needed".into());
    };
    if !file.is_empty() {
        return Err("there is something else".into());
    }
    let mut seen: BTreeSet<String> = words.iter().map(|(w, _)| w.clone()).collect();
    for (id, mut concept) in list {
        let number = concepts.len().try_into()?;
        for key in ["ko", "en"] {
            let Some(list) = concept.as_object_mut().and_then(|c| c.remove(key)) else {
                continue;
            };
            for w in list.as_array().ok_or("wordings are a list")? {
                let w = w.as_str().ok_or("a wording is a text")?;
                let (text, parsed) = wording::Wording::parse(w, number);
                if text.is_empty() || !seen.insert(text.clone()) {
                    return Err("a wording stands twice".into());
                }
                words.push((text, parsed));
            }
        }
        if concepts.insert(id, concept).is_some() {
            return Err("a concept stands twice".into());
        }
    }
    Ok(())
}

/// The names of sections, the wordings with a gap as their two parts and section, and the other wordings.
type Sections = (Vec<String>, Vec<(String, String, usize)>, trie::Trie);

fn sections(file: &Value) -> Result<Sections> {
    let list = file.get("sections").and_then(Value::as_object);
    let list = list.ok_or("`sections` is needed")?;
    let (mut wordings, mut gapped) = (Vec::new(), Vec::new());
    for (id, section) in list.values().enumerate() {
        for key in ["ko", "en"] {
            for w in section
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let w = w.as_str().ok_or("a wording is a text")?;
                if let Some((first, last)) = w.split_once('*') {
                    let part = |p: &str| fold::fold_wording(p.trim());
                    gapped.push((part(first), part(last), id));
                    continue;
                }
                wordings.push((fold::fold_wording(w), id as u32));
            }
        }
    }
    // Of equal wordings the first counts.
    wordings.reverse();
    let trie = trie::Trie::build(&wordings, |c| c);
    Ok((list.keys().cloned().collect(), gapped, trie))
}

/// All texts at or below one of [`PATTERN_KEYS`].
fn rule_patterns(value: &Value, inside: bool, out: &mut BTreeSet<String>) {
    match value {
        Value::String(s) if inside => {
            out.insert(s.clone());
        }
        Value::Array(list) => list.iter().for_each(|v| rule_patterns(v, inside, out)),
        Value::Object(map) => {
            for (key, v) in map {
                // Statements may stand there too; their own `pattern` is one.
                // Forms of items: each key has a pattern.
                if let ("forms", Value::Object(forms)) = (key.as_str(), v) {
                    out.extend(forms.values().filter_map(Value::as_str).map(str::to_owned));
                    continue;
                }
                let names = PATTERN_KEYS.contains(&key.as_str());
                rule_patterns(v, names, out);
            }
        }
        _ => {}
    }
}

/// All texts of `values.yaml`, and its lists of patterns with groups as the one pattern that they become. What is no
/// pattern does no harm here.
fn values_patterns(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::String(s) => {
            out.insert(s.clone());
        }
        Value::Array(list) => {
            let texts: Vec<String> = list
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            if texts.iter().any(|t| t.contains("(?P<")) {
                out.insert(stored::alternatives(&texts));
            }
        }
        Value::Object(map) => map.values().for_each(|v| values_patterns(v, out)),
        _ => {}
    }
}

fn compile(
    mut patterns: BTreeSet<String>,
    values: &BTreeSet<String>,
    made: &mut Made,
) -> Result<()> {
    patterns.extend(values.iter().cloned());
    let mut index = index::IndexBuilder::default();
    let mut bytes = Vec::new();
    for source in &patterns {
        let mut parser = regex_syntax::ParserBuilder::new()
            .case_insensitive(true)
            .build();
        let hir = parser.parse(source)?;
        let captures = if source.contains("(?P<") {
            WhichCaptures::All
        } else {
            WhichCaptures::Implicit
        };
        let nfa = NFA::compiler()
            .configure(Config::new().which_captures(captures))
            .build_from_hir(&hir)?;
        // Where a match can begin almost anywhere, another engine is faster.
        let first = match first::first(&hir) {
            first::First::Start => Some(Vec::new()),
            first::First::Letters(letters) => Some(letters),
            first::First::Any => None,
        };
        let automaton = match first {
            Some(_) => program::write(&nfa),
            None => stored::write(&nfa),
        };
        let Some(automaton) = automaton else {
            continue;
        };
        let needs = index.add(&needs::needs(&hir));
        let most = if values.contains(source) {
            VALUES
        } else {
            OTHERS
        };
        let sieve = sieve::build(&hir, first.as_ref().is_some_and(Vec::is_empty), most);
        let start = bytes.len();
        let length = automaton.len();
        bytes.extend(automaton);
        bytes.extend(sieve);
        writeln!(
            made.patterns,
            "    Made {{ source: {source:?}, needs: &{needs:?}, names: &{:?}, first: &{:?}, program: {}, at: ({start}, {}), automaton: {length} }},",
            program::names(&nfa),
            first.as_deref().unwrap_or_default(),
            first.is_some(),
            bytes.len()
        )?;
    }
    let index = index.build();
    made.sets = index.end;
    let [letters, places, table] = index.parts();
    made.files.insert("literals.letters", letters.to_vec());
    made.files.insert("literals.places", places.to_vec());
    made.files.insert("literals.table", table.to_vec());
    made.files.insert("patterns.bin", bytes);
    Ok(())
}
