//! One headless Chromium with a profile of its own, steered by what a person sees: labels, buttons,
//! headings.

use std::{
    fs,
    path::Path,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use fantoccini::{
    Client, ClientBuilder, Locator, elements::Element, key::Key, wd::WebDriverCompatibleCommand,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::handed;

/// How long until it is said that nothing happens: a machine that does much else is slow.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Browser {
    client: Client,
    base: String,
    // Ending the driver does not end a browser whose test panicked.
    pid: u64,
}

impl Browser {
    /// Opens a browser for the site at `base`.
    pub async fn open(base: &str) -> Self {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let profile = handed::profiles().join(format!("{}-{number}", std::process::id()));
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en",
            // A page that scrolls smoothly has its buttons elsewhere when the click comes.
            "--force-prefers-reduced-motion",
            "--window-size=1280,900",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let wishes = json!({
            "goog:chromeOptions": { "binary": handed::chromium(), "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
            // In ms.
            "timeouts": { "script": 300_000 },
        });
        let Value::Object(wishes) = wishes else {
            unreachable!("an object literal")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wishes)
            .connect(&handed::chromedriver())
            .await
            .expect("chromedriver opens a browser");
        let pid = client
            .capabilities()
            .and_then(|told| told.get("goog:processID")?.as_u64());
        Self {
            client,
            base: base.to_owned(),
            pid: pid.expect("chromedriver tells the browser's process"),
        }
    }

    pub async fn go(&self, path: &str) {
        self.client
            .goto(&format!("{}{path}", self.base))
            .await
            .expect("the address opens");
    }

    /// Waits for the element that this XPath finds.
    pub async fn find(&self, xpath: &str) -> Element {
        self.client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::XPath(xpath))
            .await
            .unwrap_or_else(|error| panic!("nothing found at {xpath}: {error}"))
    }

    /// Waits until this text is somewhere on the page.
    pub async fn sees(&self, text: &str) -> Element {
        self.find(&format!(
            "//body//*[contains(normalize-space(.), {}) and not(self::script)]",
            quoted(text)
        ))
        .await
    }

    pub async fn press(&self, name: &str) {
        let name = quoted(name);
        let button = format!(
            "//*[self::button or self::a or self::summary][normalize-space(.)={name} or @aria-label={name}]"
        );
        self.find(&button)
            .await
            .click()
            .await
            .unwrap_or_else(|error| panic!("{name} is not to be pressed: {error}"));
    }

    /// Presses a button of the dialog that is open.
    pub async fn answers(&self, name: &str) {
        let button = format!(
            "//dialog[@open]//button[normalize-space(.)={}]",
            quoted(name)
        );
        let pressed = self.find(&button).await.click().await;
        pressed.unwrap_or_else(|error| panic!("{name} is not to be pressed: {error}"));
    }

    /// Types into the field with this label, over what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        retype(&self.field(label).await, text).await;
    }

    /// Chooses the option called so, where all options are seen at once.
    pub async fn choose(&self, option: &str) {
        let option = quoted(option);
        let label = self
            .find(&format!(
                "//label[normalize-space(.)={option} or b[normalize-space(.)={option}]]"
            ))
            .await;
        label
            .click()
            .await
            .unwrap_or_else(|error| panic!("{option} is not to be chosen: {error}"));
    }

    /// The field with this label.
    pub async fn field(&self, label: &str) -> Element {
        let label = quoted(label);
        self.find(&format!(
            "//*[@id=//label[starts-with(normalize-space(.), {label})]/@for]"
        ))
        .await
    }

    /// Chooses from a list that opens.
    pub async fn select(&self, label: &str, option: &str) {
        let field = self.field(label).await;
        field
            .select_by_label(option)
            .await
            .unwrap_or_else(|error| panic!("{option} is not to be chosen for {label}: {error}"));
    }

    /// Gives a file to the page, as one does in the dialog that a button opens.
    pub async fn gives_file(&self, file: &Path) {
        self.gives_file_at("//input[@type='file']", file).await;
    }

    /// The same where more than one is asked for.
    pub async fn gives_file_at(&self, xpath: &str, file: &Path) {
        // Such inputs are often hidden behind a button: one does not wait for them to be seen.
        let input = self.find(xpath).await;
        let path = file.to_str().expect("a path in UTF-8");
        input.send_keys(path).await.expect("the page takes a file");
    }

    /// Drags a file from the disk over the element that this XPath finds, and lets it go there.
    pub async fn drops_file(&self, xpath: &str, file: &Path) {
        let target = serde_json::to_value(self.find(xpath).await).expect("an element");
        let script = "given[0].scrollIntoView({ block: 'center' });
            const { x, y, width, height } = given[0].getBoundingClientRect();
            return [x + width / 2, y + height / 2];";
        let place = self.evaluate(script, vec![target]).await;
        let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
        for step in ["dragEnter", "dragOver", "drop"] {
            let params = json!({ "type": step, "x": place[0], "y": place[1], "data": data });
            let command = DevTools("Input.dispatchDragEvent", params);
            let done = self.client.issue_cmd(command).await;
            done.expect("the browser drags a file");
        }
    }

    /// From now on requests to these addresses get no answer; with none, all do again.
    pub async fn cannot_reach(&self, addresses: &[&str]) {
        for (command, params) in [
            ("Network.enable", json!({})),
            ("Network.setBlockedURLs", json!({ "urls": addresses })),
        ] {
            let done = self.client.issue_cmd(DevTools(command, params)).await;
            done.expect("the browser blocks addresses");
        }
    }

    /// Waits until this text is nowhere on the page any more.
    pub async fn no_longer_sees(&self, text: &str) {
        let gone = format!(
            "//body[not(contains(normalize-space(.), {}))]",
            quoted(text)
        );
        self.find(&gone).await;
    }

    /// Waits until the page is at this address.
    pub async fn arrives(&self, path: &str) {
        let wanted = format!("{}{path}", self.base);
        let wanted = wanted.parse().expect("an address");
        self.client
            .wait()
            .at_most(PATIENCE)
            .for_url(&wanted)
            .await
            .unwrap_or_else(|error| panic!("did not arrive at {path}: {error}"));
    }

    /// The texts of all elements that this XPath finds now.
    pub async fn texts(&self, xpath: &str) -> Vec<String> {
        let found = self.client.find_all(Locator::XPath(xpath)).await;
        let mut texts = Vec::new();
        for element in found.expect("an XPath") {
            texts.push(element.text().await.expect("a text"));
        }
        texts
    }

    /// What the browser's console has said so far beside that the API refused something.
    pub async fn complaints_beside_refusals(&self) -> Vec<String> {
        let mut complaints = self.complaints().await;
        complaints.retain(|line| !line.contains("Failed to load resource"));
        complaints
    }

    /// What the browser's console has said so far, warnings and worse.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self
            .client
            .issue_cmd(ConsoleLog)
            .await
            .expect("chromedriver gives the console");
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .filter(|message| !is_asking_for_a_session(message))
            .collect()
    }

    /// Runs an async function body in the page; what it returns comes back.
    pub async fn evaluate(&self, body: &str, arguments: Vec<Value>) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async (...given) => {{ {body} }})(...Array.from(arguments).slice(0, -1)).then(done, error => done({{ thrown: String(error) }}))"
        );
        let told = self
            .client
            .execute_async(&script, arguments)
            .await
            .expect("the script runs");
        assert!(told.get("thrown").is_none(), "{told}");
        told
    }

    /// Makes the window as wide as such a screen is.
    pub async fn has_width(&self, width: u32) {
        let params =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        let command = DevTools("Emulation.setDeviceMetricsOverride", params);
        let done = self.client.issue_cmd(command).await;
        done.expect("the window has another width");
    }

    /// From now on it does not call itself headless: programs are no readers of the blog.
    pub async fn is_steered_by_a_person(&self) {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let command = DevTools(
            "Network.setUserAgentOverride",
            json!({ "userAgent": agent }),
        );
        let done = self.client.issue_cmd(command).await;
        done.expect("the browser has another name");
    }

    /// Files that the page offers are kept there, without asking.
    pub async fn saves_files_in(&self, folder: &Path) {
        let params = json!({ "behavior": "allow", "downloadPath": folder });
        let command = DevTools("Browser.setDownloadBehavior", params);
        let done = self.client.issue_cmd(command).await;
        done.expect("the browser keeps files");
    }

    pub async fn picture(&self, name: &str) {
        let folder = handed::pictures();
        fs::create_dir_all(&folder).expect("a folder for pictures");
        if let Ok(png) = self.client.screenshot().await {
            fs::write(folder.join(format!("{name}.png")), png).expect("a picture can be written");
        }
    }

    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// Types over what stands in a field, as a person does. The driver's own way to empty a field also leaves it, and
/// the page would put back what it knows.
pub async fn retype(field: &Element, text: &str) {
    let all = [char::from(Key::Control), 'a', char::from(Key::Null)];
    let keys: String = all.into_iter().chain(text.chars()).collect();
    field.send_keys(&keys).await.expect("the field takes text");
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.pid.to_string()).output();
    }
}

/// Whoever is not signed in is told so by a 401, and a browser reports every 401.
fn is_asking_for_a_session(message: &str) -> bool {
    message.contains("/api/v1/auth/refresh") && message.contains("401")
}

/// XPath 1.0 knows no escapes: a text holds one kind of quotation mark at most.
fn quoted(text: &str) -> String {
    if text.contains('\'') {
        format!("\"{text}\"")
    } else {
        format!("'{text}'")
    }
}

/// chromedriver's own command; the standard has none for this.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({ "type": "browser" }).to_string()),
        )
    }
}

/// A command of Chromium's own tools, handed on by chromedriver.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        let Self(command, params) = self;
        let body = json!({ "cmd": command, "params": params });
        (http::Method::POST, Some(body.to_string()))
    }
}
