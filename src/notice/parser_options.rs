//! Which Markdown a notice is written in.

use pulldown_cmark::Options;

/// CommonMark with tables, strikethrough, task lists and footnotes: what the sites that publish notices render.
pub(super) fn parser_options() -> Options {
    // Left out, each because it would take away or change what a reader sees:
    // - YAML and `+++` metadata: a passage between two `---` lines in mid-document would vanish. Front matter is cut
    //   off by hand.
    // - smart punctuation: quotes and dashes would no longer be those of the source.
    // - math, superscript, subscript: `$` and `^` are money and footnote marks in a notice, and a subscript option
    //   takes single tildes away from strikethrough.
    // - heading attributes: `{…}` at the end of a heading is text elsewhere.
    // - wiki links, definition lists, container extensions, alerts of one site: not CommonMark; a reader of another
    //   site sees their marks as text.
    // - the old footnote syntax: differs in what it swallows.
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}
