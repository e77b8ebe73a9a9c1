//! A server of the test's own on loopback: one thread a connection, one answer a connection.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    /// The lines of the head behind the first, names in lower case.
    pub fields: Vec<(String, String)>,
    pub at: Instant,
}

impl Asked {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// A running server; its threads end with the process.
pub struct Server {
    pub port: u16,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Serves what `answer` writes to the stream.
    pub fn start(
        answer: impl Fn(&Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (answer, shared) = (Arc::new(answer), Arc::clone(&log));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&shared));
                thread::spawn(move || {
                    let mut stream = stream;
                    let Some(asked) = read(&stream) else { return };
                    log.lock().expect("no test panics with it").push(asked.clone());
                    // The client may have had enough.
                    let _ = answer(&asked, &mut stream);
                });
            }
        });
        Server { port, log }
    }

    /// Serves the same pages always: path, head behind the status line, body. There is no robots.txt unless given.
    pub fn of(pages: Vec<(&'static str, &'static str, Vec<u8>)>) -> Server {
        Server::start(move |asked, stream| match pages.iter().find(|(path, ..)| *path == asked.path) {
            Some((_, head, body)) => {
                let (status, fields) = head.split_once('\n').unwrap_or((head, ""));
                write!(
                    stream,
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n",
                    body.len()
                )?;
                for field in fields.lines() {
                    write!(stream, "{}\r\n", field.trim())?;
                }
                stream.write_all(b"\r\n")?;
                stream.write_all(body)
            }
            None => missing(stream),
        })
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was asked so far, without the rules of the site.
    pub fn asked(&self) -> Vec<Asked> {
        let log = self.log.lock().expect("no test panics with it");
        log.iter().filter(|asked| asked.path != "/robots.txt").cloned().collect()
    }

    /// The paths of what was asked so far, all of it.
    pub fn paths(&self) -> Vec<String> {
        self.log.lock().expect("no test panics with it").iter().map(|asked| asked.path.clone()).collect()
    }
}

/// Answers that there is no such page.
pub fn missing(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

/// Answers with a page.
pub fn page(stream: &mut TcpStream, fields: &str, body: &[u8]) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n{fields}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

fn read(stream: &TcpStream) -> Option<Asked> {
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let fields = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    Some(Asked { path, fields: fields.collect(), at: Instant::now() })
}
