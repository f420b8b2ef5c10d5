//! What rendering gives, case by case.

use super::*;
use crate::links::ReferenceKind;

/// A small world: `Known` and `דף מוצר` exist, `Hidden` is not for us, `Gone` never was, the others are wanted.
fn resolve(reference: &Reference) -> Resolved {
    let link = |href: &str, title: &str| Resolved::Link {
        href: href.into(),
        title: title.into(),
    };
    match (reference.kind, reference.target.as_str()) {
        (ReferenceKind::Intel, "999") => Resolved::Gone,
        (ReferenceKind::Intel, number) => link(&format!("/intel/{number}"), ""),
        (ReferenceKind::Fact, "xr200.price") => link("/facts/1", "₪6,900"),
        (ReferenceKind::Fact, _) => Resolved::Gone,
        (_, "Known") => link("/p/7k2m9x4q/known", "Known today"),
        (_, "דף מוצר") => link("/p/8c3d5f6g", "דף מוצר XR-200"),
        (_, "Hidden") => Resolved::Hidden,
        (_, "Gone") => Resolved::Gone,
        (_, title) => Resolved::Wanted {
            href: format!("/new?title={title}"),
        },
    }
}

fn rendered(source: &str, audience: Audience, language: Language) -> Rendered {
    let words = Words::default();
    let how = RenderFor {
        audience,
        target: Target::Page,
        language,
        resolve: &resolve,
        words: &words,
        heading_tail: None,
    };
    render(source, &how)
}

/// English, for colleagues.
fn html(source: &str) -> String {
    let rendered = rendered(source, Audience::Internal, Language::En);
    assert_eq!(rendered.fallback, None, "{source}");
    rendered.html
}

/// Hebrew, for colleagues.
fn hebrew(source: &str) -> String {
    rendered(source, Audience::Internal, Language::He).html
}

/// English, for customers.
fn outside(source: &str) -> String {
    rendered(source, Audience::Customers, Language::En).html
}

#[test]
fn blocks() {
    insta::assert_snapshot!(html("# Title\n\ntext *a* **b** ~~c~~ `d`\nmore\\\nnext\n\n## Two\n\n> quote\n\n---\n\n    code <b>\n\n```rust\nfn x() {}\n```\n\n3. a\n4. b\n   - c\n\n- x\n\n- y\n"), @r#"
    <h2 id="h-title" dir="ltr">Title</h2>
    <p dir="ltr">text <em>a</em> <strong>b</strong> <s>c</s> <code dir="ltr">d</code>
    more<br>
    next</p>
    <h3 id="h-two" dir="ltr">Two</h3>
    <blockquote dir="ltr"><p>quote</p>
    </blockquote>
    <hr>
    <pre dir="ltr" tabindex="0"><code>code &lt;b&gt;
    </code></pre>
    <pre dir="ltr" tabindex="0"><code>fn x() {}
    </code></pre>
    <ol start="3" dir="ltr"><li>a</li>
    <li>b<ul><li>c</li>
    </ul>
    </li>
    </ol>
    <ul dir="ltr"><li><p>x</p>
    </li>
    <li><p>y</p>
    </li>
    </ul>
    "#);
}

#[test]
fn tables_have_heads_numbers_and_a_box_to_scroll_in() {
    insta::assert_snapshot!(html("| Item | XR-200 | Note |\n|---|--:|:-:|\n| Sensors | ₪69,000 | a \\| b |\n| Gateway | Free up to 10 | [[Known|k]] |\n"), @r#"
    <div class="tw" tabindex="0" role="group" aria-label="Table"><table dir="ltr"><thead><tr><th scope="col">Item</th><th scope="col">XR-200</th><th scope="col" class="center">Note</th></tr></thead><tbody>
    <tr><th scope="row">Sensors</th><td class="num">₪69,000</td><td class="center">a | b</td></tr>
    <tr><th scope="row">Gateway</th><td>Free up to 10</td><td class="center"><a href="/p/7k2m9x4q/known">k</a></td></tr>
    </tbody></table></div>
    "#);
    insta::assert_snapshot!(html("| | a |\n|---|---|\n| 1 | 2 |\n"), @r#"
    <div class="tw" tabindex="0" role="group" aria-label="Table"><table dir="ltr"><thead><tr><td></td><th scope="col">a</th></tr></thead><tbody>
    <tr><td class="num">1</td><td class="num">2</td></tr>
    </tbody></table></div>
    "#);
}

#[test]
fn task_lists_and_footnotes() {
    insta::assert_snapshot!(html("- [x] done\n- [ ] open\n\nA[^b] and B[^a] and A[^b].\n\n[^a]: First *defined*.\n[^b]: Second.\n[^c]: Nobody's.\n"), @r##"
    <ul dir="ltr"><li class="task"><span class="box" role="img" aria-label="Done">☑</span> done</li>
    <li class="task"><span class="box" role="img" aria-label="Open">☐</span> open</li>
    </ul>
    <p dir="ltr">A<sup><a id="fnref-1" href="#fn-1">1</a></sup> and B<sup><a id="fnref-2" href="#fn-2">2</a></sup> and A<sup><a id="fnref-1-2" href="#fn-1">1</a></sup>.</p>
    <section class="footnotes" aria-label="Footnotes"><ol dir="ltr"><li id="fn-1"><p>Second. <a href="#fnref-1" aria-label="Back to the text">↩</a></p>
    </li>
    <li id="fn-2"><p>First <em>defined</em>. <a href="#fnref-2" aria-label="Back to the text">↩</a></p>
    </li>
    <li id="fn-3"><p>Nobody's.</p>
    </li>
    </ol></section>
    "##);
}

#[test]
fn callouts_and_notes() {
    insta::assert_snapshot!(html("> [!WARNING]\n> Careful.\n\n:::straight\nThey are *better*.\n:::\n\n::: never In tenders\n- that\n:::\n\n:::whatever\nplain\n:::\n\n:::\n"), @r#"
    <div class="note warning" dir="ltr"><b>Warning</b><p>Careful.</p>
    </div>
    <div class="note straight" dir="ltr"><b>Straight talk</b><p>They are <em>better</em>.</p>
    </div>
    <div class="note never" dir="ltr"><b>In tenders</b><ul><li>that</li>
    </ul>
    </div>
    <div class="note" dir="ltr"><p>plain</p>
    </div>
    <p dir="ltr">:::</p>
    "#);
}

#[test]
fn references() {
    insta::assert_snapshot!(html("[[Known]] [[Known|text]] [[Known#Some part]] [[#Here]] [[New one]] [[Gone]] ![[Known#Part]] [[intel:236]] [[intel:999]] {{fact:xr200.price}} {{fact:nope}}"), @r##"<p dir="ltr"><a href="/p/7k2m9x4q/known">Known today</a> <a href="/p/7k2m9x4q/known">text</a> <a href="/p/7k2m9x4q/known#h-some-part">Known today › Some part</a> <a href="#h-here">Here</a> <a class="wanted" href="/new?title=New%20one" title="This page does not exist yet">New one</a> <span class="gone">Gone</span> <a class="embed" href="/p/7k2m9x4q/known#h-part">Known today › Part</a> <a class="cite" href="/intel/236">intel <bdi>#236</bdi></a> <span class="cite">intel <bdi>#999</bdi></span> <a class="fact" href="/facts/1">₪6,900</a> <span class="fact gone">nope</span></p>"##);
}

#[test]
fn what_one_may_not_see_looks_like_what_does_not_exist() {
    assert_eq!(
        html("[[Hidden]]").replace("Hidden", "X"),
        html("[[Gone]]").replace("Gone", "X")
    );
}

#[test]
fn code_keeps_what_only_looks_like_syntax() {
    insta::assert_snapshot!(html("`[[Known]] <b> {{fact:x}}` and ``a `[[b]]` c``\n\n```\n[[Known]] <b>\n:::internal\n{{fact:x}}\n:::\n```\n\n    :::never\n    [[x]]\n"), @r#"
    <p dir="ltr"><code dir="ltr">[[Known]] &lt;b&gt; {{fact:x}}</code> and <code dir="ltr">a `[[b]]` c</code></p>
    <pre dir="ltr" tabindex="0"><code>[[Known]] &lt;b&gt;
    :::internal
    {{fact:x}}
    :::
    </code></pre>
    <pre dir="ltr" tabindex="0"><code>:::never
    [[x]]
    </code></pre>
    "#);
}

#[test]
fn html_is_text() {
    insta::assert_snapshot!(html("<div onclick=\"x\">**a**</div>\n\n<script>alert(1)</script>\n\na <!-- b --> <br> <https://a.example/?q=1&r=2> <noa@a.example> &lt;b&gt; &#1; [x](<javascript:alert(1)>) [y](/a \"t\\\"><b>\") ![p](https://evil.example/p.png) ![own](/f/7k2m9x4q/p.png)"), @r#"
    <p dir="ltr">&lt;div onclick="x"&gt;<strong>a</strong>&lt;/div&gt;</p>
    <p dir="ltr">&lt;script&gt;alert(1)&lt;/script&gt;</p>
    <p dir="ltr">a &lt;!-- b --&gt; &lt;br&gt; <a href="https://a.example/?q=1&amp;r=2">https://a.example/?q=1&amp;r=2</a> <a href="mailto:noa@a.example">noa@a.example</a> &lt;b&gt;  x <a href="/a" title="t&quot;&gt;&lt;b&gt;">y</a> <a href="https://evil.example/p.png">p</a> <img src="/f/7k2m9x4q/p.png" alt="own" loading="lazy"></p>
    "#);
}

#[test]
fn internal_stays_inside() {
    let source = "a\n\n:::internal\nSECRET [^s] [x][ref]\n:::\n\n- one\n  :::internal\n  SECRET\n- SECRET\n\n:::\n\n[x][ref] b[^s] [[intel:5]]\n\n> :::internal\n> SECRET\n> :::\n\n:::internal\n[ref]: /SECRET\n[^s]: SECRET\n:::straight\nSECRET\n:::\nSECRET\n";
    assert!(html(source).contains("SECRET"));
    insta::assert_snapshot!(outside(source), @r#"
    <p dir="ltr">a</p>
    <ul dir="ltr"><li>one</li>
    </ul>
    <p dir="ltr">[x][ref] b[^s] </p>
    "#);
    assert!(!outside(source).contains("SECRET"));
    // The same where the parser can't help.
    let deep = format!("{}\n\n{source}", ">".repeat(200));
    let plain = rendered(&deep, Audience::Partners, Language::En);
    assert_eq!(plain.fallback, Some(Fallback::TooDeep));
    assert!(!plain.html.contains("SECRET") && plain.html.contains("<p dir=\"ltr\">a</p>"));
}

/// Blank lines go on with the code before them: the source itself must be gone, not only its copy.
#[test]
fn what_is_left_out_does_not_come_back_as_code() {
    assert!(!outside("- ```\n\n:::internal\nSECRET\n:::\n\n").contains("SECRET"));
}

#[test]
fn directions() {
    insta::assert_snapshot!(hebrew("## כש־Vectra בחדר\n\n**Vectra** V8 עולה ₪15,800 בלבד. `cargo run` [מחיר של XR-200](/p/7k2m9x4q)\n\nAn English paragraph with שלום.\n\n- חיישן\n- A sentence in English, 40 units.\n- דגם **XR**-200 ו־[[Known]]\n\n| סעיף | XR-200 |\n|---|---|\n| רכזת | Free up to 10 |\n"), @r#"
    <h2 id="h-כש-vectra-בחדר" dir="rtl">כש־<bdi dir="ltr">Vectra</bdi> בחדר</h2>
    <p dir="rtl"><bdi dir="ltr"><strong>Vectra</strong> V8</bdi> עולה <bdi dir="ltr">₪15,800</bdi> בלבד. <code dir="ltr">cargo run</code> <a href="/p/7k2m9x4q">מחיר של <bdi dir="ltr">XR-200</bdi></a></p>
    <p dir="ltr" lang="en">An English paragraph with <bdi dir="rtl">שלום</bdi>.</p>
    <ul dir="ltr" lang="en"><li><bdi dir="rtl">חיישן</bdi></li>
    <li>A sentence in English, 40 units.</li>
    <li><bdi dir="rtl">דגם <bdi dir="ltr"><strong>XR</strong>-200</bdi> ו־<a href="/p/7k2m9x4q/known"><bdi dir="ltr">Known today</bdi></a></bdi></li>
    </ul>
    <div class="tw" tabindex="0" role="group" aria-label="Table"><table dir="rtl"><thead><tr><th scope="col">סעיף</th><th scope="col"><bdi dir="ltr">XR-200</bdi></th></tr></thead><tbody>
    <tr><th scope="row">רכזת</th><td><bdi dir="ltr">Free up to 10</bdi></td></tr>
    </tbody></table></div>
    "#);
}

#[test]
fn heading_ids_are_unique_and_readable() {
    let rendered = rendered(
        "# מחיר\n\n# מחיר\n\n# Price!\n\n# מחיר 2\n\n###### [[Known]] `x`\n",
        Audience::Internal,
        Language::He,
    );
    let ids: Vec<_> = rendered
        .headings
        .iter()
        .map(|heading| (heading.level, heading.id.as_str()))
        .collect();
    assert_eq!(
        ids,
        [
            (2, "h-מחיר"),
            (2, "h-מחיר-2"),
            (2, "h-price"),
            (2, "h-מחיר-2-2"),
            (6, "h-known-x")
        ]
    );
    for (_, id) in ids {
        assert!(rendered.html.contains(&format!(" id=\"{id}\"")), "{id}");
    }
}

/// Footnotes are written last, wherever they stand: their headings must not take the ids of others.
#[test]
fn a_heading_in_a_footnote_keeps_its_own_id() {
    let html = html("a[^1]\n\n[^1]: ## Inner\n\n## Outer\n");
    assert!(
        html.contains("<h2 id=\"h-outer\" dir=\"ltr\">Outer</h2>") && html.contains("<h2 id=\"h-inner\""),
        "{html}"
    );
}

#[test]
fn headings_carry_a_link_of_the_callers() {
    let words = Words::default();
    let tail = |heading: &Heading| {
        let href = format!("/intel/new?quote={}", heading.text);
        Some(HeadingLink {
            class: "hd-report",
            href,
            label: "Report \"it\"".into(),
            text: String::new(),
        })
    };
    let how = RenderFor {
        audience: Audience::Internal,
        target: Target::Page,
        language: Language::En,
        resolve: &resolve,
        words: &words,
        heading_tail: Some(&tail),
    };
    insta::assert_snapshot!(render("## A & B\n", &how).html, @r#"<h2 id="h-a-b" dir="ltr">A &amp; B <a class="hd-report" href="/intel/new?quote=A%20&amp;%20B" aria-label="Report &quot;it&quot;"></a></h2>"#);
}

#[test]
fn caps_lead_to_the_plain_text() {
    let why = |source: &str| rendered(source, Audience::Internal, Language::En).fallback;
    assert_eq!(why(&"x".repeat((1 << 20) + 1)), Some(Fallback::TooLarge));
    assert_eq!(why(&">".repeat(101)), Some(Fallback::TooDeep));
    let long = |_: &Reference| Resolved::Link {
        href: "/p/1".into(),
        title: "x".repeat(1000),
    };
    let words = Words::default();
    let how = RenderFor {
        audience: Audience::Internal,
        target: Target::Page,
        language: Language::En,
        resolve: &long,
        words: &words,
        heading_tail: None,
    };
    assert_eq!(
        render(&"[[a]] ".repeat(1000), &how).fallback,
        Some(Fallback::TooMuchOutput)
    );
}

#[test]
fn what_changed_is_marked_by_block() {
    let words = Words::default();
    let how = RenderFor {
        audience: Audience::Internal,
        target: Target::Page,
        language: Language::En,
        resolve: &resolve,
        words: &words,
        heading_tail: None,
    };
    let before = "## Price\n\nIt costs 6,900.\n\nWe ship in 12 days.\n\nGone.";
    let after = "## Price\n\nIt costs 6,400.\n\nWe ship in 12 days.\n\n- New\n";
    insta::assert_snapshot!(render_changed(before, after, &how).html, @r#"
    <h2 id="h-price" dir="ltr">Price</h2>
    <div class="since" role="group" aria-label="Changed since your last visit">
    <p dir="ltr">It costs 6,400.</p>
    </div>
    <p dir="ltr">We ship in 12 days.</p>
    <div class="since" role="group" aria-label="Changed since your last visit">
    <ul dir="ltr"><li>New</li>
    </ul>
    </div>
    "#);
    assert_eq!(render_changed(after, after, &how), render(after, &how));
}
