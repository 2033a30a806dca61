//! Threads of their own for the carriers.
//!
//! Rendering and building letters is work for the processor. Here it is done side by side, and neither the API's
//! threads nor the sender's turns wait for it.

use std::io;

use tokio::runtime::{Builder, Handle, Runtime};

const COUNT: usize = 2;

/// They end when this is dropped, with whatever runs on them.
#[derive(Debug)]
pub struct Threads(Option<Runtime>);

impl Threads {
    pub fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(COUNT)
            .thread_name("golub-carrier")
            .enable_all()
            .build()?;
        Ok(Self(Some(runtime)))
    }

    pub fn handle(&self) -> Option<&Handle> {
        self.0.as_ref().map(Runtime::handle)
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // Where others run asynchronously nobody may wait for threads to end.
            runtime.shutdown_background();
        }
    }
}
