use super::*;

#[test]
fn particles_follow_the_last_sound() {
    let p = |word: &str, t: &str| fill(t, &[("item", word)]);
    assert_eq!(p("이름", "{item:이/가}"), "이름이");
    assert_eq!(p("주소", "{item:이/가}"), "주소가");
    assert_eq!(p("메일", "{item:으로/로}"), "메일로");
    assert_eq!(p("이름", "{item:으로/로}"), "이름으로");
    assert_eq!(p("주소", "{item:으로/로}"), "주소로");
    assert_eq!(p("메일", "{item:을/를}"), "메일을");
    assert_eq!(p("3", "{item:은/는}"), "3은");
    assert_eq!(p("7", "{item:으로/로}"), "7로");
    assert_eq!(p("2", "{item:은/는}"), "2는");
    assert_eq!(p("IMSI", "{item:이/가}"), "IMSI가");
    assert_eq!(p("URL", "{item:으로/로}"), "URL로");
    assert_eq!(p("PIN", "{item:과/와}"), "PIN과");
    assert_eq!(p("연계정보(CI)", "{item:을/를}"), "연계정보(CI)를");
    assert_eq!(p("‘유출’", "{item:이라는/라는}"), "‘유출’이라는");
    assert_eq!(p("노출", "‘{item}’{item:이라고/라고}"), "‘노출’이라고");
    assert_eq!(p("접근", "{item}, {item:이/가}"), "접근, 접근이");
}
