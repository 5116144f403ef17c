//! A set of wordings as one block of bytes: it can be made at build time, is part of the program and needs no loading.
//!
//! The build script uses this module too. A node's children stand side by side, sorted by letter.

use std::borrow::Cow;
use std::collections::HashMap;

/// Letters are looked up in pages of so many.
const PAGE: usize = 256;
const PAGES: usize = 0x11_0000 / PAGE;
/// No wording ends at this node.
const NONE: u32 = u32::MAX;
/// Bits that tell which two letters a wording can begin with.
const PAIRS: usize = 1 << 16;
/// Bytes of a node: first child, number of children and letter, wording.
const NODE: usize = 12;

/// Wordings and their numbers.
#[derive(Debug, Clone)]
pub struct Trie {
    data: Cow<'static, [u8]>,
    letters: usize,
    roots: usize,
    pairs: usize,
    nodes: usize,
    /// The codes of ASCII letters.
    ascii: [Code; 128],
}

/// A letter in the alphabet of a [`Trie`]; 0 is none of them.
pub type Code = u16;

/// A place in a [`Trie`].
#[derive(Debug, Clone, Copy)]
pub struct Node(u32);

impl Trie {
    /// The trie of these wordings, each with its number; of equal ones the last counts. `alike` says which letter stands
    /// for a letter.
    pub fn build<S: AsRef<str>>(wordings: &[(S, u32)], alike: impl Fn(char) -> char) -> Trie {
        Trie::from_bytes(Cow::Owned(bytes(wordings, alike)))
    }

    /// A trie from the bytes of another one.
    pub fn from_bytes(data: Cow<'static, [u8]>) -> Trie {
        let letters = 8 + 2 * PAGES;
        let roots = letters + 2 * word(&data, 0) as usize;
        let pairs = roots + 4 * word(&data, 4) as usize;
        let nodes = pairs + PAIRS / 8;
        let ascii = std::array::from_fn(|c| look_up(&data, letters, c));
        Trie {
            data,
            letters,
            roots,
            pairs,
            nodes,
            ascii,
        }
    }

    /// The bytes of the trie.
    #[allow(dead_code)] // For the build script.
    pub fn as_bytes(&self) -> &[u8] {
        &self.data
    }

    /// The bytes that tell the codes of letters.
    #[allow(dead_code)] // For the build script.
    pub fn letters(&self) -> &[u8] {
        self.data.get(..self.roots).unwrap_or_default()
    }

    /// The code of a letter.
    #[inline]
    pub fn code(&self, c: char) -> Code {
        match self.ascii.get(c as usize) {
            Some(code) => *code,
            None => look_up(&self.data, self.letters, c as usize),
        }
    }

    /// The node of all wordings that begin with a letter.
    #[inline]
    pub fn root(&self, code: Code) -> Option<Node> {
        match word(&self.data, self.roots + 4 * usize::from(code)) {
            NONE => None,
            node => Some(Node(node)),
        }
    }

    /// Whether a wording may begin with these two letters. Almost always right, and much faster than [`Trie::child`].
    #[inline]
    pub fn begins(&self, first: Code, second: Code) -> bool {
        let pair = pair(first, second);
        let byte = self.data.get(self.pairs + pair / 8);
        byte.is_none_or(|b| b & (1 << (pair % 8)) != 0)
    }

    /// The node after one more letter.
    #[inline]
    pub fn child(&self, node: Node, code: Code) -> Option<Node> {
        let data: &[u8] = &self.data;
        let here = data.get(self.nodes + NODE * node.0 as usize..)?;
        let [a, b, c, d, e, f, ..] = *here.first_chunk::<NODE>()?;
        let first = u32::from_le_bytes([a, b, c, d]);
        let count = u16::from_le_bytes([e, f]);
        if count == 0 || code == 0 {
            return None;
        }
        let from = self.nodes + NODE * first as usize;
        let mut children = data
            .get(from..from + NODE * usize::from(count))?
            .as_chunks::<NODE>()
            .0;
        let mut skipped = 0;
        while children.len() > 8 {
            let (low, high) = children.split_at(children.len() / 2);
            if high.first().is_some_and(|n| letter(n) <= code) {
                skipped += low.len();
                children = high;
            } else {
                children = low;
            }
        }
        let found = children.iter().position(|n| letter(n) == code)?;
        Some(Node(first + (skipped + found) as u32))
    }

    /// The letters with which wordings begin, and where each leads.
    pub fn roots(&self) -> Vec<(Code, Node)> {
        let codes = (self.pairs - self.roots) / 4;
        let codes = 0..Code::try_from(codes).unwrap_or(Code::MAX);
        codes
            .filter_map(|code| Some((code, self.root(code)?)))
            .collect()
    }

    /// The letters with which wordings go on behind a node, in their order, and where each leads.
    pub fn children(&self, node: Node) -> Vec<(Code, Node)> {
        let here = self.nodes + NODE * node.0 as usize;
        let (first, count) = (word(&self.data, here), half(&self.data, here + 4));
        let child = |n: u32| {
            let code = half(&self.data, self.nodes + NODE * n as usize + 6);
            (code, Node(n))
        };
        (first..first + u32::from(count)).map(child).collect()
    }

    /// The number of the wording that ends here.
    #[inline]
    pub fn value(&self, node: Node) -> Option<u32> {
        match word(&self.data, self.nodes + NODE * node.0 as usize + 8) {
            NONE => None,
            value => Some(value),
        }
    }
}

/// The code of a letter, in the pages at `letters`.
#[inline]
fn look_up(data: &[u8], letters: usize, c: usize) -> Code {
    let page = usize::from(half(data, 8 + 2 * (c / PAGE)));
    half(data, letters + 2 * (page * PAGE + c % PAGE))
}

/// The bit of two letters.
#[inline]
fn pair(first: Code, second: Code) -> usize {
    (usize::from(first) * 0x2f35 + usize::from(second)) % PAIRS
}

/// The letter of a node.
#[inline]
fn letter(node: &[u8; NODE]) -> Code {
    u16::from_le_bytes([node[6], node[7]])
}

#[inline]
fn word(data: &[u8], at: usize) -> u32 {
    data.get(at..)
        .and_then(|d| d.first_chunk())
        .map_or(NONE, |d| u32::from_le_bytes(*d))
}

#[inline]
fn half(data: &[u8], at: usize) -> u16 {
    data.get(at..)
        .and_then(|d| d.first_chunk())
        .map_or(0, |d| u16::from_le_bytes(*d))
}

/// Lays a trie out: number of letters in pages, number of codes, pages, letters, roots, pairs, nodes.
fn bytes<S: AsRef<str>>(wordings: &[(S, u32)], alike: impl Fn(char) -> char) -> Vec<u8> {
    let mut codes: HashMap<char, Code> = HashMap::new();
    let mut alphabet: Vec<char> = wordings
        .iter()
        .flat_map(|(w, _)| w.as_ref().chars())
        .map(&alike)
        .collect();
    alphabet.sort_unstable();
    alphabet.dedup();
    alphabet.truncate(usize::from(Code::MAX) - 1);
    for (i, c) in alphabet.iter().enumerate() {
        codes.insert(*c, i as Code + 1);
    }
    let mut entries: Vec<(Vec<Code>, u32)> = wordings
        .iter()
        .map(|(w, n)| {
            let code = |c: char| codes.get(&alike(c)).copied().unwrap_or_default();
            (w.as_ref().chars().map(code).collect(), *n)
        })
        .filter(|(w, _): &(Vec<Code>, u32)| !w.is_empty())
        .collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));

    // Breadth first, so that the children of a node stand together.
    struct Span {
        from: usize,
        to: usize,
        depth: usize,
    }
    let mut nodes: Vec<(u32, u16, Code, u32)> = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    let mut roots = vec![NONE; alphabet.len() + 1];
    let open = |nodes: &mut Vec<(u32, u16, Code, u32)>,
                spans: &mut Vec<Span>,
                mut from: usize,
                to: usize,
                depth: usize| {
        let first = nodes.len() as u32;
        while from < to {
            let letter = entries[from].0[depth];
            let mut end = from;
            let mut value = NONE;
            while end < to && entries[end].0[depth] == letter {
                if entries[end].0.len() == depth + 1 {
                    value = entries[end].1;
                }
                end += 1;
            }
            nodes.push((0, 0, letter, value));
            let deeper = (from..end).find(|&i| entries[i].0.len() > depth + 1);
            spans.push(Span {
                from: deeper.unwrap_or(end),
                to: end,
                depth: depth + 1,
            });
            from = end;
        }
        (first, (nodes.len() as u32 - first) as u16)
    };
    let (_, count) = open(&mut nodes, &mut spans, 0, entries.len(), 0);
    for (i, node) in nodes.iter().take(usize::from(count)).enumerate() {
        roots[usize::from(node.2)] = i as u32;
    }
    let mut i = 0;
    while i < nodes.len() {
        let (from, to, depth) = (spans[i].from, spans[i].to, spans[i].depth);
        if from < to {
            let (first, count) = open(&mut nodes, &mut spans, from, to, depth);
            nodes[i].0 = first;
            nodes[i].1 = count;
        }
        i += 1;
    }

    // Page 0 holds no letter.
    let mut pages: Vec<u16> = vec![0; PAGES];
    let mut letters: Vec<Code> = vec![0; PAGE];
    let mut put = |c: char, code: Code| {
        let page = &mut pages[c as usize / PAGE];
        if *page == 0 {
            *page = (letters.len() / PAGE) as u16;
            letters.resize(letters.len() + PAGE, 0);
        }
        letters[usize::from(*page) * PAGE + c as usize % PAGE] = code;
    };
    for (c, code) in &codes {
        put(*c, *code);
    }
    // Letters that are looked up as another one.
    for c in '\0'..=char::MAX {
        let other = alike(c);
        if other != c
            && let Some(code) = codes.get(&other)
        {
            put(c, *code);
        }
    }
    let mut out = Vec::new();
    out.extend((letters.len() as u32).to_le_bytes());
    out.extend((roots.len() as u32).to_le_bytes());
    out.extend(pages.iter().flat_map(|p| p.to_le_bytes()));
    out.extend(letters.iter().flat_map(|c| c.to_le_bytes()));
    out.extend(roots.iter().flat_map(|r| r.to_le_bytes()));
    let mut pairs = vec![0u8; PAIRS / 8];
    for (letters, _) in &entries {
        if let [first, second, ..] = letters[..] {
            let bit = pair(first, second);
            pairs[bit / 8] |= 1 << (bit % 8);
        }
    }
    out.extend(pairs);
    for (first, count, letter, value) in &nodes {
        out.extend(first.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(letter.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(trie: &Trie, word: &str) -> Option<u32> {
        let mut letters = word.chars().map(|c| trie.code(c));
        let mut node = trie.root(letters.next()?)?;
        for code in letters {
            node = trie.child(node, code)?;
        }
        trie.value(node)
    }

    #[test]
    fn finds_what_was_put_in_and_nothing_else() {
        let words = [
            "주소", "주", "주민", "a", "ab", "abc", "ac", "ad", "ae", "af", "ag", "😀",
        ];
        let numbered: Vec<(&str, u32)> = words.iter().copied().zip(0..).collect();
        let trie = Trie::build(&numbered, |c| c);
        for (w, n) in numbered {
            assert_eq!(find(&trie, w), Some(n), "{w}");
        }
        for w in ["", "소", "주소지", "b", "abcd", "ah", "😁", "\u{10ffff}"] {
            assert_eq!(find(&trie, w), None, "{w}");
        }
        assert_eq!(find(&Trie::build::<&str>(&[], |c| c), "a"), None);
    }

    #[test]
    fn letters_can_be_alike() {
        let alike = |c: char| if c.is_numeric() { '0' } else { c };
        let trie = Trie::build(&[("1차", 7)], alike);
        assert_eq!(find(&trie, "9차"), Some(7));
        assert_eq!(find(&trie, "３차"), Some(7));
        assert_eq!(find(&trie, "차"), None);
    }
}
