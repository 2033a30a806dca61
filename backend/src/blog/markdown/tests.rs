//! What bodies become, and what never gets through.

use super::*;

const HERE: &str = "https://golub.example";
const PICTURE: &str = "/api/v1/blog/pictures/3q2-p7w_AAAAAAAAAAAAAA-1000x500.jpg";

fn shown(body: &str) -> String {
    render(body, &Place::Page, HERE)
}

#[track_caller]
fn assert_has(body: &str, parts: &[&str]) {
    let html = shown(body);
    for part in parts {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[test]
fn headings_stand_below_the_title_and_can_be_linked_to() {
    assert_has(
        "# Вода\n\n## *Зачем* `H2O`?\n\n# Вода\n\n###### 水",
        &[
            "<h2 id=\"s-voda\">Вода</h2>",
            "<h3 id=\"s-zachem-h2o\"><em>Зачем</em> <code>H2O</code>?</h3>",
            "<h2 id=\"s-voda-2\">",
            "<h6 id=\"s\">",
        ],
    );
    assert_has("## Water", &["<h2 id=\"s-water\">Water</h2>"]);
}

#[test]
fn no_two_headings_have_the_same_anchor() {
    for (body, anchors) in [
        ("# A\n# A\n# A 2\n# A", ["s-a", "s-a-2", "s-a-2-2", "s-a-3"]),
        (
            "# A 2\n# A\n# A\n# A 2",
            ["s-a-2", "s-a", "s-a-3", "s-a-2-2"],
        ),
        ("# A\n# A 2\n# A 3\n# A", ["s-a", "s-a-2", "s-a-3", "s-a-4"]),
    ] {
        let html = shown(body);
        let given = html
            .split("id=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next());
        assert_eq!(given.collect::<Vec<_>>(), anchors, "{body}");
    }
}

#[test]
fn tables_are_aligned_without_styles() {
    let table = "|a|b|c|\n|-|:-:|-:|\n|1|2|*3*|";
    assert_has(
        table,
        &[
            "<div class=\"table-responsive\" tabindex=\"0\"><table><thead><tr><th>a</th>",
            "<th class=\"text-center\">b</th><th class=\"text-end\">c</th></tr></thead><tbody>",
            "<td class=\"text-end\"><em>3</em></td></tr>",
        ],
    );
    assert!(!shown(table).contains("style"));
}

#[test]
fn code_keeps_its_language_and_means_nothing() {
    assert_has(
        "```rust,ignore\nlet a = \"<b>\" & 1;\n```\n\n`<i>` ~~old~~",
        &[
            "<pre tabindex=\"0\"><code class=\"language-rust\">let a = \"&lt;b&gt;\" &amp; 1;\n</code></pre>",
            "<code>&lt;i&gt;</code> <del>old</del>",
        ],
    );
    let hostile = shown("```x\"onload=alert(1)\nx\n```");
    assert!(
        hostile.contains("class=\"language-xonloadalert1\""),
        "{hostile}"
    );
}

#[test]
fn footnotes_are_numbered_as_they_are_referred_to_and_stand_at_the_end() {
    let html = shown(
        "One[^b], two[^a], one again[^b].\n\n[^a]: First written.\n[^b]: Second[^c].\n[^c]: Deep.\n\nEnd.",
    );
    let end = html.find("<p>End.</p>").unwrap();
    let notes = html.find("<div class=\"footnotes\"><ol>").unwrap();
    assert!(end < notes, "{html}");
    for part in [
        "One<sup id=\"fnref-1\"><a href=\"#fn-1\" rel=\"noopener noreferrer\">1</a></sup>, two<sup id=\"fnref-2\">",
        "one again<sup><a href=\"#fn-1\"",
        "<li id=\"fn-1\">\n<p>Second<sup id=\"fnref-3\">",
        "<li id=\"fn-3\">\n<p>Deep.</p>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    let round = shown("a[^1]\n\n[^1]: b[^1]");
    assert_eq!(round.matches("<li id=\"fn-1\">").count(), 1, "{round}");
}

#[test]
fn our_pictures_are_shown_in_all_sizes_and_others_become_links() {
    assert_has(
        &format!("![A \"cup\"]({PICTURE} \"Morning\")"),
        &[
            &format!(
                "<img src=\"{PICTURE}\" alt=\"A &quot;cup&quot;\" width=\"1000\" height=\"500\" title=\"Morning\""
            ),
            "-480x240.jpg 480w, ",
            "loading=\"lazy\"",
        ],
    );
    assert_has(
        "![cup](https://evil.example/cup.png)",
        &["<a href=\"https://evil.example/cup.png\" rel=\"noopener noreferrer\">cup</a>"],
    );
    for body in [
        "<img src=\"https://evil.example/x.png\">",
        "<img srcset=\"https://evil.example/x.png 1x\">",
        "[![a](https://evil.example/b.png)](https://other.example)",
        "<img src=\"//evil.example/api/v1/blog/pictures/3q2-p7w_AAAAAAAAAAAAAA-1x1.jpg\">",
        "<img src=\"data:image/png;base64,AAAA\">",
    ] {
        let html = shown(body);
        assert!(
            !html.contains("src=\"") && !html.contains("srcset"),
            "{html}"
        );
    }
}

#[test]
fn in_a_feed_every_address_is_whole() {
    let article = Url::parse("https://golub.example/blog/voda").unwrap();
    let body = format!(
        "# A\n\n[a](#s-a) [b](/blog) ![c]({PICTURE})\n\n<img src=\"{PICTURE}\" srcset=\"{PICTURE} 2x\">"
    );
    assert!(shown(&body).contains("2x"));
    let html = render(&body, &Place::Feed(article), HERE);
    for part in [
        "href=\"https://golub.example/blog/voda#s-a\"",
        "href=\"https://golub.example/blog\"",
        &format!("src=\"{HERE}{PICTURE}\""),
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("srcset"));
}

#[test]
fn nothing_that_acts_gets_through() {
    let bodies = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "[a](vbscript:x)",
        "<a href=\"java\tscript:alert(1)\">a</a>",
        "<iframe src=https://evil.example></iframe>",
        "<form action=/api/v1/me><input name=x><button>x</button></form>",
        "<style>body{display:none}</style>",
        "<p style=\"position:fixed\">x</p>",
        "<div class=\"modal show\">x</div>",
        "<base href=https://evil.example>",
        "<meta http-equiv=refresh content=0;url=https://evil.example>",
        "<link rel=stylesheet href=https://evil.example>",
        "<object data=x></object><embed src=x>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<h2 id=\"app\">x</h2><div id=main>",
        "<template><script>alert(1)</script></template>",
        "<a href=x onclick=alert(1) target=_blank>x</a>",
        "<!--<img src=x onerror=alert(1)>-->",
        "# a\" onload=\"alert(1)",
        "![\" onerror=\"alert(1)](x)",
    ];
    for body in bodies {
        let html = shown(body).to_lowercase();
        let tags: String = html
            .split('<')
            .skip(1)
            .filter_map(|part| part.split('>').next())
            .map(|tag| format!("<{tag} "))
            .collect();
        for word in [
            "<script",
            "<svg",
            "<math",
            "<iframe",
            "<form",
            "<input",
            "<button",
            "<style",
            "<base",
            "<meta",
            "<link",
            "<object",
            "<embed",
            "<template",
            "<noscript",
            " onerror=",
            " onload=",
            " onclick=",
            " style=",
            " target=",
            "javascript:",
            "vbscript:",
            "href=\"data:",
            "modal",
            "id=\"app\"",
            "id=\"main\"",
        ] {
            assert!(!tags.contains(word), "{body} became {html}");
        }
    }
}

#[test]
fn what_is_made_to_exhaust_is_flattened() {
    let filled = |piece: &str| piece.repeat(20_000 / piece.len());
    for body in [
        filled("> "),
        filled(">"),
        filled("- "),
        filled("<div>"),
        filled("<b><i>"),
        filled("*_"),
        filled("["),
        filled("!["),
        filled("|a|b|\n|-|-|\n"),
        filled("[^1]"),
        filled("# a\n"),
        filled("<table><tr><td>"),
    ] {
        let html = shown(&body);
        assert!(html.matches("<blockquote>").count() <= 60);
    }
    assert!(shown(&"<i>".repeat(6_000)).contains("&lt;i&gt;"));
}

#[test]
fn the_beginning_of_a_body_stands_in_for_a_summary() {
    let body = "# Title\n\n![cup](x.png)\n\n```\ncode\n```\n\nFirst *line*\nof `text`[^1].\n\n- item\n\n[^1]: note";
    assert_eq!(excerpt(body), "First line of text. item");
    let long = excerpt(&"слово, ".repeat(100));
    assert!(long.ends_with("слово…"), "{long}");
    assert!(long.chars().count() <= 200);
    assert_eq!(excerpt(""), "");
}
