//! The bytes to and from the server, in the clear or by TLS.

use std::{io, mem::MaybeUninit, net::SocketAddr, sync::Arc};

use socket2::SockRef;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, pki_types::ServerName},
};

#[derive(Debug)]
pub(super) enum Stream {
    Clear(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpStream::connect(address).await?;
        // Without it the kernel holds a small write back until the one before is acknowledged: 40 ms a letter.
        socket.set_nodelay(true)?;
        Ok(Self::Clear(socket))
    }

    /// Starts TLS. The certificate is checked against `name`.
    pub async fn secure(
        self,
        config: &Arc<ClientConfig>,
        name: &ServerName<'static>,
    ) -> io::Result<Self> {
        let Self::Clear(socket) = self else {
            return Ok(self);
        };
        let stream = TlsConnector::from(Arc::clone(config))
            .connect(name.clone(), socket)
            .await?;
        Ok(Self::Tls(Box::new(stream)))
    }

    pub async fn read_into(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Self::Clear(stream) => stream.read_buf(bytes).await,
            Self::Tls(stream) => stream.read_buf(bytes).await,
        }
    }

    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Clear(stream) => stream.write(bytes).await,
            Self::Tls(stream) => stream.write(bytes).await,
        }
    }

    pub async fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Clear(stream) => stream.flush().await,
            Self::Tls(stream) => stream.flush().await,
        }
    }

    /// Whether nothing has arrived, the end included. Asks the kernel itself: what tokio knows is as old as
    /// its last look at the sockets.
    pub fn silent(&self) -> bool {
        let mut byte = [MaybeUninit::uninit(); 1];
        let peeked = SockRef::from(self.socket()).peek(&mut byte);
        let nothing_new = peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock);
        match self {
            Self::Clear(_) => nothing_new,
            // TLS wants to read as long as nothing it has read waits for us.
            Self::Tls(stream) => nothing_new && stream.get_ref().1.wants_read(),
        }
    }

    pub fn local_address(&self) -> io::Result<SocketAddr> {
        self.socket().local_addr()
    }

    fn socket(&self) -> &TcpStream {
        match self {
            Self::Clear(socket) => socket,
            Self::Tls(stream) => stream.get_ref().0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn small_writes_are_not_held_back_and_the_other_side_is_heard() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = Stream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        assert!(stream.socket().nodelay().unwrap());
        assert!(stream.silent());

        server.write_all(b"4").await.unwrap();
        stream.socket().readable().await.unwrap();
        assert!(!stream.silent());
        assert!(!stream.silent(), "looking does not take it away");
    }

    #[tokio::test]
    async fn a_closed_connection_is_not_silent() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = Stream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        drop(listener.accept().await.unwrap());
        stream.socket().readable().await.unwrap();
        assert!(!stream.silent());
    }
}
