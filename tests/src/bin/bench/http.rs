//! The least of HTTP that there is: a client that counts bytes, and a server that always answers the same.

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A connection that is kept.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// To an address such as `127.0.0.1:80`.
    pub(crate) async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![] })
    }

    /// Asks, and reads the whole answer. It must be a success that tells its length.
    pub(crate) async fn get(&mut self, path: &str, token: &str) -> Result<Vec<u8>> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nAccept: */*\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        self.answer(path).await
    }

    /// Sends a body, and reads the whole answer, as [`Connection::get`] does. `headers` are whole lines.
    pub(crate) async fn send(&mut self, what: &str, headers: &str, body: &[u8]) -> Result<Vec<u8>> {
        let head = format!("{what} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.write_all(body).await?;
        self.answer(what).await
    }

    async fn answer(&mut self, asked: &str) -> Result<Vec<u8>> {
        self.buffer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(read > 0, "the connection was closed");
            let Some(head) = find(&self.buffer, b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&self.buffer[..head])?;
            ensure!(text.starts_with("HTTP/1.1 20"), "{asked} answered {text}");
            let length =
                text.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            let whole = head + 4 + length.with_context(|| format!("no length: {text}"))?;
            while self.buffer.len() < whole {
                ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the connection was closed");
            }
            return Ok(self.buffer[head + 4..whole].to_vec());
        }
    }
}

/// Makes the bodies of the answers on one connection.
pub(crate) type Answers = Box<dyn FnMut() -> Result<Vec<u8>> + Send>;

/// A server that answers whatever it is asked with what `Answers` makes. Ends when dropped.
pub(crate) struct Bare {
    pub(crate) address: String,
    task: JoinHandle<()>,
}

impl Bare {
    /// Always the same bytes: the bare transport.
    pub(crate) async fn of(body: &[u8]) -> Result<Self> {
        let body = body.to_vec();
        Self::start(move || {
            let body = body.clone();
            Ok(Box::new(move || Ok(body.clone())))
        })
        .await
    }

    /// `open` is called for every connection.
    pub(crate) async fn start(open: impl Fn() -> Result<Answers> + Send + 'static) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // One that cannot be answered is closed, and the client says so.
                if let Ok(answers) = open() {
                    tokio::spawn(serve(stream, answers));
                }
            }
        });
        Ok(Self { address, task })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, mut answers: Answers) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut buffer = vec![];
    loop {
        while find(&buffer, b"\r\n\r\n").is_none() {
            if stream.read_buf(&mut buffer).await.ok()? == 0 {
                return None;
            }
        }
        buffer.clear();
        let body = answers().ok()?;
        let mut answer =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
        answer.extend_from_slice(&body);
        stream.write_all(&answer).await.ok()?;
    }
}

pub(crate) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
