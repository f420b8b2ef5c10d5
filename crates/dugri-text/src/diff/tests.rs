//! What comparing gives, case by case.

use super::*;
use crate::markdown::{Audience, Resolved, Target, Words};
use crate::{Language, Reference};

/// Deleted in brackets, inserted in braces.
fn shown(runs: &[Run]) -> String {
    let mark = |run: &Run| match run.change {
        Change::Equal => run.text.clone(),
        Change::Deleted => format!("[{}]", run.text),
        Change::Inserted => format!("{{{}}}", run.text),
    };
    runs.iter().map(mark).collect()
}

#[track_caller]
fn check_words(before: &str, after: &str, expected: &str) {
    assert_eq!(shown(&words(before, after, Options::default())), expected);
}

#[test]
fn words_are_whole() {
    check_words("", "", "");
    check_words("same", "same", "same");
    check_words("a b c", "a x c", "a [b]{x} c");
    check_words(
        "for calibration every year.",
        "for calibration each spring.",
        "for calibration [every year]{each spring}.",
    );
    check_words("₪64,500 net", "₪62,000 net", "[₪64,500]{₪62,000} net");
    check_words("מע״מ 17%", "מע״מ 18%", "מע״מ [17%]{18%}");
    check_words("don't", "do", "[don't]{do}");
    check_words("", "new words", "{new words}");
}

fn side_by_side(before: &str, after: &str, context: usize) -> String {
    let diff = lines(
        before,
        after,
        Options {
            context,
            ..Options::default()
        },
    );
    let side = |line: &Option<Line>| {
        line.as_ref().map_or("-".into(), |line| {
            format!("{} {}", line.number, shown(&line.runs))
        })
    };
    let rows = diff.rows.iter().map(|row| match row {
        Row::Fold { lines, before, after } => format!("... {lines} lines {before:?} {after:?}\n"),
        Row::Same { before, after, text } => format!("    {before} {after} {text}\n"),
        Row::Changed { before, after } => format!("    {} | {}\n", side(before), side(after)),
    });
    let rows: String = rows.collect();
    format!(
        "{rows}+{} -{} in {} exact {}",
        diff.words.added, diff.words.removed, diff.changes, diff.exact
    )
}

#[test]
fn lines_stand_side_by_side() {
    let before = "# Cost\n\nintro\n\n| Sensors | ₪69,000 | ₪64,500 |\n| Gateway | ₪3,900 | ₪8,400 |\n\na\nb\nc\nd\ne\nlast one here\n";
    let after = "# Cost\n\nintro\n\n| Sensors | ₪69,000 | ₪62,000 |\n| Gateway | Free up to 10 | ₪8,400 |\n\na\nb\nc\nd\ne\nlast one here\nand another\n";
    insta::assert_snapshot!(side_by_side(before, after, 1), @r#"
    ... 3 lines 1..4 1..4
        4 4 
        5 | Sensors | ₪69,000 | [₪64,500] | | 5 | Sensors | ₪69,000 | {₪62,000} |
        6 | Gateway | [₪3,900] | ₪8,400 | | 6 | Gateway | {Free up to 10} | ₪8,400 |
        7 7 
    ... 5 lines 8..13 8..13
        13 13 last one here
        - | 14 {and another}
    +7 -2 in 2 exact true
    "#);
    insta::assert_snapshot!(side_by_side("x\r\ny\n", "x\ny", 1), @r#"
    ... 2 lines 1..3 1..3
    +0 -0 in 0 exact true
    "#);
    insta::assert_snapshot!(side_by_side("one two\n", "three four\nfive\n", 1), @r#"
        1 [one two] | 1 {three four}
        - | 2 {five}
    +3 -2 in 1 exact true
    "#);
}

#[test]
fn blocks_are_changed_moved_in_and_taken_out() {
    let (before, after) = (
        "# A\n\nOne two three four.\n\ngone\n",
        "# A\n\nnew\n\nOne two 3 four.\n",
    );
    let diff = blocks(before, after, Options::default());
    let shown: Vec<String> = diff
        .blocks
        .iter()
        .map(|block| match block {
            BlockChange::Same { after: at, .. } => format!("={:?}", &after[at.clone()]),
            BlockChange::Deleted { before: at } => format!("-{:?}", &before[at.clone()]),
            BlockChange::Inserted { after: at } => format!("+{:?}", &after[at.clone()]),
            BlockChange::Changed { runs, .. } => format!("~{:?}", shown(runs)),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "=\"# A\\n\\n\"",
            "+\"new\\n\\n\"",
            "~\"One two [three]{3} four.[\\n\\n]{\\n}\"",
            "-\"gone\\n\""
        ]
    );
}

#[test]
fn a_passed_deadline_is_said() {
    let text = |salt: usize| {
        (0..20_000)
            .map(|n| format!("{} ", (n * 7919 + salt) % 997))
            .collect::<String>()
    };
    let options = Options {
        deadline: Duration::from_nanos(1),
        ..Options::default()
    };
    let (before, after) = (text(0), text(5));
    let runs = words(&before, &after, options);
    let side = |change| {
        runs.iter()
            .filter(|run| run.change != change)
            .map(|run| run.text.as_str())
            .collect::<String>()
    };
    assert_eq!(
        (side(Change::Inserted), side(Change::Deleted)),
        (before.clone(), after.clone())
    );
    assert!(!lines(&before, &after, options).exact);
}

fn redlined(before: &str, after: &str, audience: Audience) -> String {
    let words = Words::default();
    let resolve = |_: &Reference| Resolved::Gone;
    let how = RenderFor {
        audience,
        target: Target::Page,
        language: Language::En,
        resolve: &resolve,
        words: &words,
        heading_tail: None,
    };
    let redline = redline(
        before,
        after,
        &how,
        Options {
            context: 0,
            ..Options::default()
        },
    );
    assert_eq!(redline.fallback, None);
    let parts = redline.parts.iter().map(|part| match part {
        RedlinePart::Same { html } => format!("SAME {html}"),
        RedlinePart::Changed { html } => format!("CHANGED {html}"),
        RedlinePart::Folded {
            html,
            sections,
            blocks,
        } => {
            format!(
                "FOLDED {sections} sections, {blocks} blocks, {} bytes\n",
                html.len()
            )
        }
    });
    let parts: String = parts.collect();
    format!(
        "{parts}+{} -{} in {} exact {}",
        redline.words.added, redline.words.removed, redline.changes, redline.exact
    )
}

#[test]
fn a_redline_reads_like_a_page() {
    let before = "# One\n\nSame.\n\nSame, too.\n\n# Cost over three years\n\n| Item | XR-200 | Vectra |\n|---|---|---|\n| Sensors | ₪69,000 | ₪64,500 |\n| Gateway | ₪3,900 | ₪8,400 |\n| Three years | ₪72,900 | ₪87,300 |\n\n# “Vectra quoted less.”\n\nRemind them that price is not everything. Ask who pays for the gateway and for calibration every year. [[intel:221]]\n\n- one\n- two\n\nGone for good.\n";
    let after = "# One\n\nSame.\n\nSame, too.\n\n# Cost over three years\n\n| Item | XR-200 | Vectra |\n|---|---|---|\n| Sensors | ₪69,000 | ₪62,000 |\n| Gateway | Free up to 10 | ₪8,400 |\n| Three years | **₪69,000** | **₪84,800** |\n\n# “Vectra quoted 9% less.”\n\nOn the sensor, yes. Ask who pays for the gateway and for calibration each spring. Then show *the table* above. [[intel:221]]\n\n- one\n- [x] new\n- two\n\n> [!NOTE]\n> A new note.\n";
    insta::assert_snapshot!(redlined(before, after, Audience::Internal), @r#"
    FOLDED 1 sections, 3 blocks, 74 bytes
    SAME <h2 dir="ltr">Cost over three years</h2>
    CHANGED <div class="tw" tabindex="0" role="group" aria-label="Table"><table dir="ltr"><thead><tr><th scope="col">Item</th><th scope="col">XR-200</th><th scope="col">Vectra</th></tr></thead><tbody>
    <tr><th scope="row">Sensors</th><td class="num">₪69,000</td><td class="num"><del>₪64,500</del> <ins>₪62,000</ins></td></tr>
    <tr><th scope="row">Gateway</th><td><del>₪3,900</del> <ins>Free up to 10</ins></td><td class="num">₪8,400</td></tr>
    <tr><th scope="row">Three years</th><td class="num"><del>₪72,900</del> <ins><strong>₪69,000</strong></ins></td><td class="num"><del>₪87,300</del> <ins><strong>₪84,800</strong></ins></td></tr>
    </tbody></table></div>
    <h2 dir="ltr">“Vectra quoted <ins>9% </ins>less.”</h2>
    <p dir="ltr"><del>Remind them that price is not everything</del> <ins>On the sensor, yes</ins>. Ask who pays for the gateway and for calibration <del>every year</del> <ins>each spring. Then show <em>the table</em> above</ins>. <span class="cite">intel <bdi>#221</bdi></span></p>
    <ul dir="ltr"><li>one</li>
    <li class="task"><ins><span class="box" role="img" aria-label="Done">☑</span> new</ins>
    </li>
    <li>two</li>
    </ul>
    <del><p dir="ltr">Gone for good.</p>
    </del>
    <ins><div class="note" dir="ltr"><b>Note</b><p>A new note.</p>
    </div>
    </ins>
    +23 -16 in 1 exact true
    "#);
}

#[test]
fn marks_code_and_kinds_of_blocks_may_change() {
    let before = "a **b c** d [l](/x)\n\n```\nlet x = 1;\nlet y = 2;\n```\n\n# Heading here\n\ntext[^1]\n\n[^1]: Old footnote text.\n";
    let after = "a b c d [l](/y)\n\n```\nlet x = 1;\nlet y = 3;\n```\n\n## Heading here\n\ntext[^1]\n\n---\n\n[^1]: New footnote text.\n";
    insta::assert_snapshot!(redlined(before, after, Audience::Internal), @r#"
    CHANGED <p dir="ltr">a <del><strong>b c</strong></del> <ins>b c</ins> d <del><a href="/x">l</a></del> <ins><a href="/y">l</a></ins></p>
    <pre dir="ltr" tabindex="0"><code>let x = 1;
    let y = <del>2</del><ins>3</ins>;
    </code></pre>
    <del><h2 dir="ltr">Heading here</h2>
    </del>
    <ins><h3 dir="ltr">Heading here</h3>
    </ins>
    SAME <p dir="ltr">text<sup>1</sup></p>
    CHANGED <ins><hr>
    </ins>
    SAME <section class="footnotes" aria-label="Footnotes"><ol dir="ltr"><li><p><del>Old</del> <ins>New</ins> footnote text.</p>
    </li>
    </ol></section>
    +7 -7 in 2 exact true
    "#);
}

#[test]
fn nothing_internal_is_redlined_for_others() {
    let (before, after) = (
        "a\n\n:::internal\nOLD SECRET\n:::\n",
        "b\n\n:::internal\nNEW SECRET\n:::\n",
    );
    assert!(redlined(before, after, Audience::Internal).contains("SECRET"));
    assert!(!redlined(before, after, Audience::Partners).contains("SECRET"));
}

#[test]
fn what_cannot_be_rendered_is_compared_plain() {
    let words = Words::default();
    let resolve = |_: &Reference| Resolved::Gone;
    let how = RenderFor {
        audience: Audience::Customers,
        target: Target::Page,
        language: Language::En,
        resolve: &resolve,
        words: &words,
        heading_tail: None,
    };
    let deep = ">".repeat(200);
    let before = format!("{deep}\n<b>one</b>\n:::internal\nSECRET\n:::\n");
    let redline = redline(&before, &before.replace("one", "two"), &how, Options::default());
    assert_eq!(
        (redline.fallback, redline.changes, redline.exact),
        (Some(Fallback::TooDeep), 1, false)
    );
    insta::assert_snapshot!(format!("{:?}", redline.parts[1]), @r#"Changed { html: "<p dir=\"ltr\">&lt;b&gt;<del>one</del>&lt;/b&gt;</p>\n<p dir=\"ltr\">&lt;b&gt;<ins>two</ins>&lt;/b&gt;</p>\n" }"#);
    assert!(!format!("{redline:?}").contains("SECRET"));
}
