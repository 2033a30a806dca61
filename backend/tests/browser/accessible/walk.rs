//! A walk through screens without loading the page anew for each: as a person goes who follows links.

use serde_json::{Value, json};

use crate::support::browser::Browser;

const AXE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../frontend/node_modules/axe-core/axe.min.js"
);

/// How the page is seen: in which language, how wide, and whether in dark too: that makes no difference between languages.
const SIGHTS: [(&str, u32, bool); 3] = [("en", 1280, true), ("en", 360, false), ("ru", 360, true)];

/// All that axe-core finds, in light and in dark, and whatever is wider than its screen. A screen is a path; behind a `|`
/// may stand what is pressed there to open a dialog.
pub async fn findings(browser: &Browser, screens: &[String]) -> Vec<String> {
    let axe =
        std::fs::read_to_string(AXE).expect("axe-core was installed with the page's packages");
    let mut findings = Vec::new();
    for (language, width, in_dark) in SIGHTS {
        browser.has_width(width).await;
        let remember = "localStorage.setItem('golub.language', JSON.stringify(given[0]));";
        browser.evaluate(remember, vec![json!(language)]).await;
        browser.go("/nowhere").await;
        browser.evaluate(&format!("{axe};"), Vec::new()).await;
        for screen in screens {
            let found = browser
                .evaluate(LOOK, vec![json!(screen), json!(in_dark)])
                .await;
            let found = found.as_array().expect("a list").iter();
            let found = found.filter_map(Value::as_str);
            findings.extend(found.map(|one| format!("{screen} ({language}, {width}): {one}")));
        }
    }
    findings
}

/// Goes there, waits until it stands, and looks at it: at everything in light, at colours once more in dark.
const LOOK: &str = "
    const turn = () => new Promise(done => setTimeout(done, 30));
    const [path, pressed] = given[0].split(' | ');
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
    const stands = () => document.querySelector('h1') && !document.querySelector('[aria-busy=true]');
    for (let calm = 0, turns = 0; calm < 3; turns += 1) {
        if (turns > 600) return ['it is never there'];
        await turn();
        calm = stands() ? calm + 1 : 0;
    }
    if (pressed) {
        document.querySelector(pressed).click();
        while (!document.querySelector('dialog[open]')) await turn();
    }
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`it is ${root.scrollWidth - root.clientWidth} wider than the screen`);
    const look = async (theme, only) => {
        root.setAttribute('data-bs-theme', theme);
        // However short a transition is, it ends with a later frame.
        await new Promise(requestAnimationFrame);
        await turn();
        const seen = await axe.run({ exclude: ['iframe'] }, { iframes: false, resultTypes: ['violations'], ...only });
        for (const { id, nodes } of seen.violations)
            for (const { target, html, any, all, none } of nodes)
                found.push(`${theme}: ${id} at ${target}: ${[...any, ...all, ...none].map(one => one.message)[0]}: ${html.slice(0, 160)}`);
    };
    await look('light', {});
    if (given[1]) await look('dark', { runOnly: ['color-contrast', 'link-in-text-block'] });
    return found;";
