use unicode_width::UnicodeWidthStr;

use super::*;

/// The whole of a line, the given text in focus.
fn around(line: &str, focus: &str) -> (Row, Range<usize>, StandIns) {
    let at = line.find(focus).unwrap();
    let range = at..at + focus.len();
    let mut stand_ins = StandIns::default();
    let row = row(line, &range, &[], &mut stand_ins);
    let place = row.place(&range);
    (row, place, stand_ins)
}

#[test]
fn what_is_marked_is_what_is_shown() {
    for (line, focus) in [
        ("고객님의 이름이 노출되었습니다.", "노출"),
        ("\t탭 뒤의 노출", "노출"),
        ("a\u{200b}b 노출 c", "노출"),
        ("노출", "노출"),
        // NFD
        (
            "\u{1102}\u{1169}\u{110e}\u{116e}\u{11af} x",
            "\u{1102}\u{1169}\u{110e}\u{116e}\u{11af}",
        ),
    ] {
        let (row, place, _) = around(line, focus);
        assert_eq!(&row.text[place], focus, "{line:?}");
    }
}

#[test]
fn hangul_is_two_cells_wide_composed_or_not() {
    let (row, place, _) = around("\u{1100}\u{1161}\u{11a8} 가 x", "x");
    assert_eq!(row.text[..place.start].width(), "가 가 ".width());
}

#[test]
fn tabs_are_spaces_up_to_the_next_stop() {
    let (row, _, _) = around("\ta\t가\tx", "x");
    assert_eq!(row.text, "    a   가  x");
}

#[test]
fn nothing_reaches_the_terminal_that_it_would_obey() {
    let line =
        "a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d\u{2066}e\u{7f}f\u{200b}g\u{2028}h\u{ad}i\u{3164}j";
    let (row, _, _) = around(line, "i");
    assert_eq!(
        row.text,
        "a\u{241b}[31mb\u{2407}<U+009B>c<U+202E>d<U+2066>e\u{2421}f<U+200B>g<U+2028>h<U+00AD>i<U+3164>j"
    );
    assert!(harmless(line).chars().all(|c| !is_unsafe(c)));
    assert_eq!(
        harmless_line("one\n  two\u{1b}c\r\n\tthree"),
        "one two\u{241b}c three"
    );
}

#[test]
fn a_hidden_character_can_be_marked() {
    let (row, place, _) = around("ab\u{202e}c", "\u{202e}");
    assert_eq!(&row.text[place], "<U+202E>");
}

#[test]
fn clusters_are_one_thing_of_their_own_width() {
    let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
    let line = format!("가족 {family} 1\u{fe0f}\u{20e3} 노출");
    let (row, place, stand_ins) = around(&line, "노출");
    // Summed up one by one, as the drawing library does it.
    let sum = |text: &str| text.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
    assert_eq!(
        sum(&row.text[..place.start]),
        "가족 ".width() + 2 + 1 + 2 + 1
    );
    let put_back: String = row
        .text
        .chars()
        .map(|c| {
            stand_ins
                .cluster(c)
                .map_or_else(|| c.to_string(), str::to_owned)
        })
        .collect();
    assert_eq!(put_back, line);
}

#[test]
fn a_draft_cannot_forge_a_stand_in() {
    let family = "\u{1f468}\u{200d}\u{1f469}";
    let (row, _, stand_ins) = around(&format!("{family} \u{3ff00} \u{10ff00} x"), "x");
    assert!(row.text.contains("<U+3FF00>") && row.text.contains("<U+10FF00>"));
    assert_eq!(
        row.text
            .chars()
            .filter(|c| stand_ins.cluster(*c).is_some())
            .count(),
        1
    );
}

#[test]
fn a_long_line_is_cropped_around_the_focus() {
    let line = format!("{}여기{}", "가나다 ".repeat(100), " 라마바".repeat(100));
    let (row, place, _) = around(&line, "여기");
    assert_eq!(&row.text[place.clone()], "여기");
    assert!(
        row.text.width() <= MAX_CELLS && row.text.width() > MAX_CELLS - 4,
        "{}",
        row.text.width()
    );
    assert!(row.text.starts_with(ELLIPSIS) && row.text.ends_with(ELLIPSIS));
    let left = row.text[..place.start].width();
    assert!((MAX_CELLS / 3..MAX_CELLS * 2 / 3).contains(&left), "{left}");
}

#[test]
fn the_ends_of_a_long_line_have_one_ellipsis() {
    let line = "가나다라 ".repeat(100);
    let mut stand_ins = StandIns::default();
    let first = row(&line, &(0..6), &[], &mut stand_ins);
    assert!(!first.text.starts_with(ELLIPSIS) && first.text.ends_with(ELLIPSIS));
    let end = line.trim_end().len();
    let last = row(line.trim_end(), &(end - 3..end), &[], &mut stand_ins);
    assert!(last.text.starts_with(ELLIPSIS) && last.text.ends_with("라"));
    assert!(first.text.width() > MAX_CELLS - 4 && last.text.width() > MAX_CELLS - 4);
}

#[test]
fn a_focus_longer_than_the_view_is_marked_from_its_start_to_the_ellipsis() {
    let line = format!("앞말 {}뒷말", "가".repeat(300));
    let focus = 7..7 + 900;
    let row = row(&line, &focus, &[], &mut StandIns::default());
    let place = row.place(&focus);
    assert!(row.text.starts_with("앞말 가"));
    assert_eq!(place.start, "앞말 ".len());
    assert_eq!(place.end, row.text.len());
    assert!(row.text.width() <= MAX_CELLS);
}

#[test]
fn what_is_out_of_view_is_at_the_ellipsis() {
    let line = "가".repeat(600);
    let row = row(&line, &(900..903), &[], &mut StandIns::default());
    assert_eq!(&row.text[row.place(&(0..3))], ELLIPSIS);
    assert_eq!(&row.text[row.place(&(1797..1800))], ELLIPSIS);
    assert_eq!(row.place(&(1797..1800)).end, row.text.len());
}

#[test]
fn a_second_mark_is_kept_in_view_if_it_fits() {
    let line = format!(
        "{}하나 {} 둘 {}",
        "x".repeat(200),
        "y".repeat(60),
        "z".repeat(200)
    );
    let one = line.find("하나").unwrap();
    let two = line.find("둘").unwrap();
    let others = [one..one + 6, two..two + 3];
    let row = row(&line, &others[0], &others, &mut StandIns::default());
    assert!(row.text.contains("하나") && row.text.contains("둘"));
    assert!(row.text.width() <= MAX_CELLS);
}

#[test]
fn places_that_do_not_exist_are_somewhere_harmless() {
    for line in ["", "가", "\u{feff}x", "\u{301}"] {
        let row = row(line, &(0..line.len()), &[], &mut StandIns::default());
        for range in [0..0, 0..line.len(), line.len()..line.len(), 50..60] {
            let place = row.place(&range);
            assert!(place.start <= place.end && place.end <= row.text.len());
            assert!(row.text.get(place).is_some());
        }
    }
}

#[test]
fn texts_are_shortened_by_cells() {
    assert_eq!(shortened("가나다라", 8), "가나다라");
    assert_eq!(shortened("가나다라", 7), "가나다…");
    assert_eq!(shortened("한 줄\n두 줄", 20), "한 줄 두 줄");
}
