//! A hub on this machine: the two endpoints that a pull asks, over plain HTTP.
//!
//! Large files are handed out by way of a redirection, as on the real one, and every answer closes
//! its connection.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What the hub holds of one model, and how it behaves.
#[derive(Clone, Default)]
pub struct Held {
    /// `owner/model`.
    pub model: String,
    /// The commit, for any revision that is asked for but `nowhere`.
    pub commit: String,
    pub files: Vec<File>,
    /// Answer everything with this status.
    pub status: Option<u16>,
    /// Break off so many bodies in the middle.
    pub broken: usize,
}

#[derive(Clone)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Its ETag: the SHA-256 of large files.
    pub mark: String,
}

/// Stops when dropped.
pub struct Server {
    address: String,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

struct State {
    address: String,
    held: Mutex<Held>,
    log: Mutex<Vec<String>>,
    stop: AtomicBool,
}

impl Server {
    pub fn start(held: Held) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let state = Arc::new(State {
            address: address.clone(),
            held: Mutex::new(held),
            log: Mutex::default(),
            stop: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stop.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || stream.map(|it| shared.answer(it)));
            }
        });
        Self { address, state, thread: Some(thread) }
    }

    /// What goes into `HF_ENDPOINT`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes what is held.
    pub fn change(&self, change: impl FnOnce(&mut Held)) {
        change(&mut self.state.held.lock().unwrap());
    }

    /// Requests since the last call, as `path range`.
    pub fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut self.state.log.lock().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(&self.address);
        let _ = self.thread.take().unwrap().join();
    }
}

impl State {
    fn answer(&self, mut stream: TcpStream) {
        let Some((path, range)) = request(&stream) else { return };
        self.log.lock().unwrap().push(format!("{path} {range}").trim().to_owned());
        let held = self.held.lock().unwrap().clone();
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let answer = match (held.status, parts.as_slice()) {
            (Some(status), _) => plain(status),
            (None, ["api", "models", owner, model, "revision", revision]) => {
                if format!("{owner}/{model}") != held.model || *revision == "nowhere" {
                    plain(404)
                } else {
                    commit(&held)
                }
            }
            (None, [place @ .., name]) => match held.files.iter().find(|it| it.name == *name) {
                Some(file) if place == ["cdn"] => self.content(file, &range),
                // Large files lie elsewhere.
                Some(file) if file.mark.len() == 64 => format!(
                    "HTTP/1.1 302 Found\r\nlocation: http://{}/cdn/{name}\r\nx-repo-commit: {}\r\n\
                         x-linked-etag: \"{}\"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                    self.address, held.commit, file.mark
                )
                .into_bytes(),
                Some(file) => self.content(file, &range),
                None => plain(404),
            },
            _ => plain(404),
        };
        let _ = stream.write_all(&answer);
    }

    /// A stretch of a file; cut off in the middle as often as `broken` says.
    fn content(&self, file: &File, range: &str) -> Vec<u8> {
        let size = file.bytes.len();
        let (start, end) = range.trim_start_matches("bytes=").split_once('-').unwrap_or(("0", ""));
        let start: usize = start.parse().unwrap_or(0);
        let end = end.parse::<usize>().map_or(size, |it| size.min(it + 1));
        if start >= size {
            return plain(416);
        }
        let mut held = self.held.lock().unwrap();
        let commit = held.commit.clone();
        let mut answer = format!(
            "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes {start}-{}/{size}\r\netag: \"{}\"\r\n\
             x-repo-commit: {commit}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            end - 1,
            file.mark,
            end - start
        )
        .into_bytes();
        let body = &file.bytes[start..end];
        if body.len() > 1 && held.broken > 0 {
            held.broken -= 1;
            answer.extend_from_slice(&body[..body.len() / 2]);
        } else {
            answer.extend_from_slice(body);
        }
        answer
    }
}

fn request(stream: &TcpStream) -> Option<(String, String)> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut range = String::new();
    for line in lines.map_while(Result::ok).take_while(|it| !it.is_empty()) {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("range")
        {
            range = value.trim().to_owned();
        }
    }
    Some((path, range))
}

fn plain(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").into_bytes()
}

fn commit(held: &Held) -> Vec<u8> {
    let files: Vec<String> =
        held.files.iter().map(|it| format!("{{\"rfilename\":\"{}\"}}", it.name)).collect();
    let body = format!("{{\"sha\":\"{}\",\"siblings\":[{}]}}", held.commit, files.join(","));
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
