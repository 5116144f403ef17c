//! From blocks to sentences and clauses, with what headings, lead-ins, labels and table headers pass on.

use super::super::vocabulary::Ending;
use super::labels::*;
use super::place::short_lines;
use super::*;

/// The most characters of a line that serves as a heading.
const HEADING: usize = 50;

/// How many characters a title has at most that names a part of the notice: in head-initial and in head-final languages.
const TITLE_PART: (usize, usize) = (30, 9);
/// The most words of a lead-in that serves as a heading.
const OVER_A_LIST: usize = 4;
/// The most characters of a question that serves as a heading.
const QUESTION: usize = 60;

impl Reader<'_> {
    pub(super) fn run(&mut self) {
        let mut scanner = Scanner::default();
        let mut spare = Known::default();
        // A paragraph that stands over what follows like a heading, up to the next heading.
        let mut pseudo: Option<(BlockId, Frame)> = None;
        // A line in a list's entry that stands over the entries behind it.
        let mut lazy: Option<(u8, Option<BlockId>, Frame)> = None;
        // What the last block outside of a quotation says of the list below it.
        let mut quote: Option<(BlockId, u8, Frame)> = None;
        // What a paragraph that ends in a colon says of the paragraph behind it.
        let mut introduced: Option<(BlockId, Frame)> = None;
        let mut headings = 0;
        let unwrapped = sentence::unwrapped(self.notice.blocks.iter().map(|b| b.text.as_str()));
        for id in 0..self.notice.blocks.len() {
            let block = &self.notice.blocks[id];
            let heading = matches!(block.kind, BlockKind::Heading(_));
            if heading {
                pseudo = None;
                headings += 1;
            }
            let known = self.known(id, unwrapped, &mut scanner, &mut spare);
            self.out.hits.push(Arc::clone(&known.hits));
            let kept = known.is_kept().then(|| Rc::clone(&known));
            self.out.texts.push(kept);
            let (tokens, units, sentences) = (&known.tokens, &known.units, &known.sentences);
            // A line that serves as a heading does not stand under the one before it.
            let titled = block.list_depth == 0
                && block.cell.is_none()
                && known.stands_over(block)
                && sentences.iter().all(|s| all_strong(block, s));
            // A quotation that a line introduces as a list: "the following four:".
            let quoted = quote
                .as_ref()
                .filter(|(_, depth, _)| block.quote_depth > *depth)
                .map(|(by, _, frame)| (*by, frame.clone()));
            let quoted = quoted.or(introduced.take().filter(|(by, _)| by + 1 == id));
            let over = quoted
                .as_ref()
                .or(pseudo.as_ref())
                .filter(|_| !titled || quoted.is_some());
            let mut inherited = self.inherited(id, over);
            if let Some((depth, governor, frame)) = &lazy
                && block.list_depth == *depth
                && block.governor == *governor
            {
                inherited = frame.clone();
            }
            let place = self.place(id, block, headings, &inherited);
            let first = self.out.clauses.len();
            let exported = self.placed(id, &known, inherited, place);
            self.pass(block, first);
            if let Some(section) = self.out.opened[id] {
                self.openers.insert(section, id);
            }
            let asks =
                sentences.len() == 1 && sentences[0].question && self.out.opened[id].is_some();
            let line_over = block.list_depth == 0 && (asks || known.stands_over(block));
            let entry_over = self.out.opened[id].is_some() && self.stands_alone(id);
            if !heading && block.cell.is_none() && (line_over || entry_over) {
                pseudo = Some((id, exported.clone()));
            }
            let next = self.notice.blocks.get(id + 1);
            if next.is_some_and(|n| n.quote_depth > block.quote_depth) {
                let introduces = units.last().is_some_and(|u| u.kind == UnitKind::Colon)
                    || tokens.iter().any(|t| {
                        self.language.vocabulary.concept(t.concept).role == Some(Role::Introduce)
                    });
                let depth = block.quote_depth;
                quote = introduces.then(|| (id, depth, exported.clone()));
            }
            let plain =
                |b: &Block| b.kind == BlockKind::Paragraph && b.list_depth == 0 && b.cell.is_none();
            if plain(block)
                && next.is_some_and(|n| plain(n) && n.quote_depth == block.quote_depth)
                && (units.last().is_some_and(|u| u.kind == UnitKind::Colon)
                    || exported.list.as_ref().is_some_and(|(_, by)| by.block == id)
                        && next.is_some_and(|n| short_lines(n.text.as_str())))
            {
                introduced = Some((id, exported.clone()));
            }
            let entry = block.list_depth > 0 && block.cell.is_none();
            if entry
                && sentences.len() > 1
                && sentences.last().is_some_and(|s| s.marked)
                && self.out.clauses.last().is_none_or(|k| k.fragment)
                && exported.list.as_ref().is_some_and(|(_, by)| by.block == id)
            {
                lazy = Some((block.list_depth, block.governor, exported.clone()));
            } else if !entry {
                lazy = None;
            }
            self.exported.push(exported);
            self.heads.add(id, block.cell, block.text.as_str());
            if block.cell.is_some() && place != Place::Quotation {
                self.status_cell(id);
            }
            if let Ok(known) = Rc::try_unwrap(known) {
                spare = known;
            }
        }
    }

    /// What a block says by itself.
    fn known(
        &self,
        id: BlockId,
        unwrapped: bool,
        scanner: &mut Scanner,
        spare: &mut Known,
    ) -> Rc<Known> {
        let block = &self.notice.blocks[id];
        let text = block.text.as_str();
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let key = Key {
            text,
            strong: &block.strong,
            heading,
            unwrapped,
        };
        let keep = match known::search(self.language.identity, key) {
            Search::Found(known) => return known,
            Search::Keep(hash) => Some(hash),
            Search::New => None,
        };
        let mut known = std::mem::take(spare);
        known.clear();
        let vocabulary = &self.language.vocabulary;
        scanner.scan(vocabulary, text, &mut known.tokens);
        known.hits = Arc::new(scanner.hits(&self.language.patterns));
        let mut breaks = sentence::hard_breaks(vocabulary, text, unwrapped);
        if !heading && !block.strong.is_empty() {
            let sections = &self.language.sections;
            let labels = |t: &str| sections.of_heading(t).is_some();
            for at in sentence::label_breaks(text, &block.strong, labels) {
                // The line that a label begins is a line for the reader.
                let line_end = text[at..].find('\n').map(|n| at + n);
                let ends = |n: &usize| !text[..*n].trim_end().ends_with([',', '、', '·']);
                breaks.extend(line_end.filter(ends));
                breaks.push(at);
            }
            breaks.sort_unstable();
            breaks.dedup();
        }
        known.units = units::units(vocabulary, text, &known.tokens, |at| {
            breaks.binary_search(&at).is_ok()
        });
        known.sentences = sentence::sentences(vocabulary, text, &known.units);
        known.open();
        if keep.is_some() {
            known.set_kept();
            known.give_rooms(spare);
        }
        let known = Rc::new(known);
        if let Some(hash) = keep {
            known::keep(hash, key, &known);
        }
        known
    }

    /// What governs a block from above.
    pub(super) fn inherited(&self, id: BlockId, pseudo: Option<&(BlockId, Frame)>) -> Frame {
        let block = &self.notice.blocks[id];
        if matches!(block.kind, BlockKind::Heading(_)) {
            // A subordinate heading stands under the one above it.
            let above = block.heading.filter(|&h| {
                matches!((self.notice.blocks[h].kind, block.kind), (BlockKind::Heading(a), BlockKind::Heading(b)) if a < b && a > 1)
            });
            let mut frame = above.map(|h| self.exported[h].clone()).unwrap_or_default();
            frame.list = None;
            return frame;
        }
        let over = |b: BlockId| self.exported.get(b).cloned().unwrap_or_default();
        let base = match (block.governor, pseudo, block.heading) {
            (Some(g), _, _) if g < id => over(g),
            (_, Some((p, frame)), h) if h.is_none_or(|h| h < *p) => frame.clone(),
            (_, _, Some(h)) => over(h),
            _ => Frame::default(),
        };
        let Some(cell) = block.cell else { return base };
        // The header of the row, then that of the column.
        let mut row = Frame::default();
        if let Some(b) = self.heads.of_row(id, cell) {
            row = over(b);
            // What that cell stands under itself is no matter of the other columns.
            if row.section == self.out.sections.get(b).copied().flatten() {
                row.section = None;
            }
        }
        let column = self.heads.of_column(id, cell);
        let column = column.map(over).unwrap_or_default();
        // A row's header passes on what it says itself, not what it stands under.
        row.list = row.list.filter(|(_, by)| {
            self.notice.blocks[by.block]
                .cell
                .is_some_and(|c| c.table == cell.table && c.row == cell.row)
        });
        Frame {
            section: row.section.or(column.section).or(base.section),
            list: if row.section.is_some() && row.list.is_none() {
                None
            } else {
                row.list.or(column.list).or(base.list)
            },
        }
    }

    /// Reads one block; returns what it passes on to the blocks that it governs.
    pub(super) fn block(
        &mut self,
        id: BlockId,
        known: &Known,
        inherited: Frame,
        place: Place,
    ) -> Frame {
        let block = &self.notice.blocks[id];
        let text = block.text.as_str();
        let (units, sentences) = (&known.units, &known.sentences);
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let mut frame = inherited.clone();
        let mut exported = inherited;
        self.out.sections.push(frame.section);
        self.out.opened.push(None);
        let mut announced = None;
        for (n, s) in sentences.iter().enumerate() {
            let mut opens = heading || known.opens_section(block, n);
            // A question that stands alone, or of a word or two, names the part of the notice that it opens.
            let line = &text[s.range.clone()];
            opens |= s.question
                && s.line_start
                && block.list_depth == 0
                && (sentences.len() == 1 && line.chars().count() <= QUESTION
                    || line.split_whitespace().count() <= 2
                    || !s.head_final
                        && self.asks_for_items(line, known.section(self.language, text, n)))
                && !self.asks_whether(text, units, s)
                && known.section(self.language, text, n).is_some();
            // The question of a heading is its form only.
            let row = !s.head_final && block.cell.is_some_and(|c| c.column == 0);
            let question = s.question && (!(opens || row) || self.asks_whether(text, units, s));
            let laid = laid(self.language, known, text, n, question);
            let view = laid.view(self.language, known, text, n, question);
            let (parts, ranges, predicates) = (&laid.parts, &laid.ranges, &laid.predicates);
            let mut frames = Cow::Borrowed(laid.frames.as_slice());
            let fragment = laid.fragment;
            // A numbered line that names data and says nothing of the event is an entry, not a heading.
            if opens && !heading && s.marked && self.is_entry(&view, s, predicates) {
                opens = all_strong(block, s);
            }
            // A line above others of its paragraph or entry, or above the blocks behind it, that names a part of notices.
            let governs = self.notice.blocks.get(id + 1);
            let above = n + 1 < sentences.len()
                || known.stands_over(block)
                || governs.is_some_and(|b| b.governor == Some(id))
                || self.stands_alone(id);
            if !opens
                && n == 0
                && above
                && block.cell.is_none()
                && fragment
                && s.line_end
                && text[s.range.clone()].chars().count() <= HEADING
                && !self.is_entry(&view, s, predicates)
            {
                let marked = s.marked || block.list_depth > 0;
                opens = marked && known.section(self.language, text, n).is_some();
            }
            // "They have:", over a list.
            if !opens
                && n == 0
                && above
                && block.cell.is_none()
                && s.line_end
                && line.ends_with(':')
                && line.split_whitespace().count() <= OVER_A_LIST
            {
                opens = known.section(self.language, text, n).is_some();
            }
            // A marked line below the text of a list's entry stands over the entries behind it.
            let lazy = block.list_depth > 0
                && n > 0
                && n + 1 == sentences.len()
                && s.marked
                && s.line_start
                && fragment
                && !self.is_entry(&view, s, predicates);
            opens |= lazy;
            if !opens && fragment && s.line_start && s.line_end && n + 1 < sentences.len() {
                let items = s.units.clone().any(|i| view.has_item(i));
                opens = !items
                    && !frames.is_empty()
                    && text[s.range.clone()].chars().count() <= HEADING;
            }
            let label = label_end(&view, s, &block.strong)
                .or_else(|| dash_label(&view, s, &self.language.sections));
            let mut local = frame.clone();
            // "The data that leaked is of three kinds. Name, …"
            if let Some(list) = announced.take().filter(|_| predicates.is_empty()) {
                local.list = Some(list);
            }
            let section = self.section_of(&view, known, n, label, heading || opens);
            // A title that names the event, or is too long for the name of a part, is the heading of no part.
            let title = Some(id) == self.out.title && block.kind == BlockKind::Heading(1);
            let names_event = || {
                predicates
                    .iter()
                    .any(|p| is_event(p.role) || p.role == Role::LeakNoun)
            };
            let long = || {
                let longest = if s.head_final {
                    TITLE_PART.1
                } else {
                    TITLE_PART.0
                };
                text[s.range.clone()].chars().nth(longest).is_some()
            };
            let section = section.filter(|_| !(title && (names_event() || long())));
            if let Some(section) = section {
                self.out.opened[id] = self.out.opened[id].or(Some(section));
                local = Frame {
                    section: Some(section),
                    list: None,
                };
            }
            if let Some(end) = label {
                // The label's own words govern what is behind it.
                let names_list = section.is_some()
                    && (section == self.items_section || section == self.not_leaked_section);
                let denied =
                    || names_list.then(|| negated(&view, s.units.start..end, predicates, id));
                // "What stayed in:"
                let spared = || {
                    let at = bytes(&view, &(s.units.start..end))?;
                    self.spares(section, &view, id, at)
                };
                if let Some(f) = label_list(&view, predicates, &frames, end, id)
                    .or_else(|| denied().flatten())
                    .or_else(spared)
                {
                    local.list = Some(f);
                    frames.to_mut().retain(|f| f.unit > end);
                }
            }
            if opens || heading {
                if let Some(list) = own_list(&view, predicates, &frames, id)
                    .or_else(|| negated(&view, s.units.clone(), predicates, id))
                    .or_else(|| self.spares(section, &view, id, s.range.clone()))
                {
                    local.list = Some(list);
                    // "Information viewed", below a title that names another part.
                    if section.is_none() && local.section.is_some_and(|s| self.aside.contains(&s)) {
                        local.section = None;
                    }
                }
                let known = section.is_some() || local.list.is_some() && local.list != frame.list;
                if known {
                    frame = local.clone();
                } else if heading || fragment && s.line_end && (s.marked || all_strong(block, s)) {
                    frame = Frame {
                        section: frame.section,
                        list: None,
                    };
                }
                exported = frame.clone();
            }
            let sentence = self.out.sentences.len();
            let first_clause = self.out.clauses.len();
            if place != Place::Quotation {
                self.items(
                    id, s, &view, ranges, parts, predicates, &frames, &local, label, sentence,
                );
            }
            if place != Place::Quotation && s.head_final {
                self.forms(id, s, &view, parts, predicates, &frames, sentence);
            }
            if s.head_final && !question && !opens {
                announced = announces(&view, s, predicates, &frames, id);
            }
            self.leaked_in_part(sentence);
            self.clauses(id, &view, known, &laid, n, &local, place, opens, sentence);
            self.take_up(id, &view, predicates, local.section, sentence);
            self.answer(id, &view, predicates, question, sentence);
            self.out.sentences.push(SentenceInfo {
                block: id,
                range: s.range.clone(),
                clauses: first_clause..self.out.clauses.len(),
                head_final: s.head_final,
                words: lead_in::words(units, s),
            });
            self.advice(id, first_clause, &local);
            let before = (self.out.dates.len(), self.out.counts.len());
            let values = &self.language.values;
            let found = laid.found.get_or_init(|| {
                let language = self.language.identity;
                values.find_or_recall(language, &text[s.range.clone()], &known.hits)
            });
            values.read(
                &view,
                id,
                s.range.clone(),
                &self.out.clauses[first_clause..],
                local.section.map(|s| self.language.sections.name(s)),
                found,
                &mut self.out.dates,
                &mut self.out.counts,
                &mut self.out.contacts,
            );
            self.by_heading(id, local.section, before);
            self.dated_by_what_follows(id, place, fragment, sentence, before.0);
            if !opens && (n + 1 == sentences.len() || s.line_end) {
                let passed = self.lead_in(
                    &view,
                    known,
                    n,
                    predicates,
                    &frames,
                    parts,
                    id,
                    local.clone(),
                    label,
                );
                if n + 1 == sentences.len() {
                    exported = passed;
                } else if label.is_none()
                    // A line of a cell names things; it is no heading of the next line.
                    && block.cell.is_none()
                    && (passed.list != local.list || passed.section != local.section)
                {
                    frame = passed;
                }
            }
            drop(frames);
            known.done(laid);
        }
        exported
    }

    /// What a heading or a label says of its list if it opens the part on what did not leak without a word that denies.
    fn spares(
        &self,
        section: Option<SectionId>,
        view: &View<'_>,
        id: BlockId,
        range: Range<usize>,
    ) -> Option<(Stance, Slice)> {
        (section.is_some() && section == self.not_leaked_section && !view.inflected)
            .then_some((Stance::Denied, Slice { block: id, range }))
    }

    fn is_entry(&self, view: &View<'_>, s: &Sentence, predicates: &[Predicate]) -> bool {
        let names = s.units.clone().any(|i| view.has_item(i));
        names
            && !predicates.iter().any(|p| is_event(p.role))
            && !view.text[s.range.clone()].ends_with(':')
    }

    pub(super) fn is_fragment(view: &View<'_>, s: &Sentence, clauses: &[Range<usize>]) -> bool {
        if s.head_final {
            // "Changing the password": a request in the style of lists.
            let last = view.last_word().and_then(|i| view.units[i].ending);
            !head_final::predicative(view) || last == Some(Ending::Auxiliary)
        } else {
            !clauses.iter().any(|c| head_initial::predicative(view, c)) && !told(view, s)
        }
    }

    fn section_of(
        &self,
        view: &View<'_>,
        known: &Known,
        n: usize,
        label: Option<usize>,
        opens: bool,
    ) -> Option<SectionId> {
        if opens && label.is_none() {
            return known.section(self.language, view.text, n);
        }
        let (end, start) = (label?, known.sentences[n].range.start);
        let stop = view.units[end].start;
        let sections = &self.language.sections;
        sections.of_heading(&view.text[start..stop.max(start)])
    }
}
