//! The parts, looked at as the browser gets them.

use super::*;

#[test]
fn a_badge_is_icon_and_word() {
    let html = badge(Language::He, Badge::Overdue).into_string();
    assert!(
        html.contains("האימות באיחור") && html.contains("#clock-alert") && html.contains(r#"data-st="due""#),
        "{html}"
    );
}

#[test]
fn initials_are_two_letters_in_any_script() {
    assert_eq!(initials("Noa Barak"), "NB");
    assert_eq!(initials("נועה ברק"), "נב");
    assert_eq!(initials("dana"), "D");
    assert_eq!(initials("  "), "");
}

#[test]
fn the_track_moves_in_steps_of_five() {
    for (percent, class) in [
        (-5, "p-0"),
        (12, "p-10"),
        (13, "p-15"),
        (98, "p-100"),
        (400, "p-100"),
    ] {
        let html = track(percent, "current", "").into_string();
        assert!(html.contains(&format!("track {class}\"")), "{percent}: {html}");
    }
}

#[test]
fn a_closed_report_says_how_it_ended() {
    let notes = || [html! {}, html! {}, html! {}];
    let words = |state| {
        loop_steps(Language::En, state, notes())
            .into_iter()
            .map(|s| (s.word, s.point))
            .collect::<Vec<_>>()
    };
    assert_eq!(words(IntelState::Declined)[2], ("Declined".to_owned(), Point::No));
    assert_eq!(
        words(IntelState::Published)[2],
        ("Acted on".to_owned(), Point::At)
    );
    assert_eq!(words(IntelState::InWork)[1], ("In work".to_owned(), Point::Wait));
}

#[test]
fn an_unknown_icon_of_a_space_leaves_no_hole() {
    let unknown = "no-such-icon";
    assert!(icon(unknown).into_string().contains("#file-text"));
}
