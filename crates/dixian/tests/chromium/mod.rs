//! A browser without a window, spoken to through the DevTools protocol over a pipe: each message is JSON and ends with a zero byte.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// A browser that says nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// Chromium, when the machine has it. `DIXIAN_NEEDS_CHROMIUM` makes its absence a failure.
pub fn found() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let all = std::env::split_paths(&folders).flat_map(|folder| names.map(|name| folder.join(name)));
    let found = all.into_iter().find(|path| path.is_file());
    if found.is_none() {
        let text = "\n*** The browser test was SKIPPED: no chromium in PATH. No page was looked at. ***\n\n";
        assert!(std::env::var_os("DIXIAN_NEEDS_CHROMIUM").is_none(), "{text}");
        std::io::stderr().write_all(text.as_bytes()).unwrap();
    }
    found
}

/// One tab of a browser.
pub struct Tab {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: String,
    messages: u64,
}

impl Tab {
    /// Opens a browser with an empty tab; what it keeps, it keeps in `folder`.
    pub fn open(chromium: &Path, folder: &Path) -> Tab {
        // The shell hands standard input and output on as the descriptors 3 and 4 of the pipe.
        let script = "exec \"$0\" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
                      --remote-debugging-pipe --user-data-dir=\"$1\" about:blank 3<&0 4>&1 </dev/null >/dev/null 2>&1";
        let mut child = Command::new("sh")
            .args(["-c", script])
            .arg(chromium)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts the browser");
        let to = child.stdin.take().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (heard, from) = channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            while out.read_until(0, &mut message).is_ok_and(|read| read > 0) {
                let value = serde_json::from_slice(message.strip_suffix(&[0]).unwrap_or(&message));
                if value.is_ok_and(|value: Value| heard.send(value).is_err()) {
                    break;
                }
                message.clear();
            }
        });
        let mut tab = Tab { child, to, from, session: String::new(), messages: 0 };
        let target = tab.call("Target.createTarget", json!({"url": "about:blank"}));
        let attached = tab.call("Target.attachToTarget", json!({"targetId": target["targetId"], "flatten": true}));
        tab.session = attached["sessionId"].as_str().expect("a session").to_owned();
        tab.call("Page.enable", json!({}));
        tab
    }

    fn send(&mut self, method: &str, parameters: Value) -> u64 {
        self.messages += 1;
        let mut message = json!({"id": self.messages, "method": method, "params": parameters});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser listens");
        self.messages
    }

    fn hear(&mut self) -> Value {
        self.from.recv_timeout(PATIENCE).expect("the browser answers")
    }

    /// One command, and its result.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.send(method, parameters);
        loop {
            let heard = self.hear();
            if heard["id"] == id {
                assert!(heard["error"].is_null(), "{method}: {}", heard["error"]);
                return heard["result"].clone();
            }
        }
    }

    /// A command that leads to another page: comes back when that page is loaded.
    fn call_and_load(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.send(method, parameters);
        let (mut result, mut loaded) = (Value::Null, false);
        while result.is_null() || !loaded {
            let heard = self.hear();
            if heard["id"] == id {
                assert!(heard["error"].is_null(), "{method}: {}", heard["error"]);
                result = heard["result"].clone();
            }
            loaded |= heard["method"] == "Page.loadEventFired";
        }
        result
    }

    /// Opens a page.
    pub fn open_page(&mut self, address: &str) {
        let result = self.call_and_load("Page.navigate", json!({"url": address}));
        assert!(result["errorText"].is_null(), "{address}: {result}");
    }

    /// Does something on the page that leads to another page.
    pub fn go(&mut self, script: &str) {
        let result = self.call_and_load("Runtime.evaluate", json!({"expression": script, "returnByValue": true}));
        assert!(result["exceptionDetails"].is_null(), "{script}: {result}");
    }

    /// What a script finds on the page.
    pub fn see(&mut self, script: &str) -> Value {
        let result = self.call("Runtime.evaluate", json!({"expression": script, "returnByValue": true}));
        assert!(result["exceptionDetails"].is_null(), "{script}: {result}");
        result["result"]["value"].clone()
    }

    /// The size of the screen, as a phone or a desk has it.
    pub fn screen(&mut self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// A key that is pressed and let go: its name, and the text it writes.
    pub fn press(&mut self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            self.call(
                "Input.dispatchKeyEvent",
                json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}),
            );
        }
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
