//! Server-sent events out of the bytes of an answer, however they are cut.

/// Takes bytes as they come and gives the data of each event that is whole.
#[derive(Clone, Debug, Default)]
pub struct EventStream {
    /// The line that has not ended yet.
    line: Vec<u8>,
    /// The data lines of the event that has not ended yet.
    data: Option<String>,
}

impl EventStream {
    /// Comments and fields other than the data say nothing to the page.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                self.line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end_matches('\r');
            if line.is_empty() {
                events.extend(self.data.take());
            } else if let Some(data) = line.strip_prefix("data:") {
                let data = data.strip_prefix(' ').unwrap_or(data);
                match &mut self.data {
                    Some(before) => {
                        before.push('\n');
                        before.push_str(data);
                    }
                    None => self.data = Some(data.to_owned()),
                }
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_whole_however_their_bytes_are_cut() {
        let sent = "event: progress\ndata: {\"a\":\"я\"}\n\n: still here\n\ndata:{}\r\n\r\n";
        for size in 1..sent.len() {
            let mut stream = EventStream::default();
            let cut = sent.as_bytes().chunks(size);
            let events: Vec<String> = cut.flat_map(|bytes| stream.take(bytes)).collect();
            assert_eq!(events, ["{\"a\":\"я\"}", "{}"], "cut to {size}");
        }
    }

    #[test]
    fn what_has_not_ended_is_no_event() {
        let mut stream = EventStream::default();
        assert!(stream.take(b"data: half").is_empty());
        assert!(stream.take(b"\n").is_empty());
        assert_eq!(stream.take(b"\n"), ["half"]);
        assert!(stream.take(b"\n\n").is_empty());
    }

    #[test]
    fn data_of_several_lines_is_one_event() {
        let mut stream = EventStream::default();
        assert_eq!(stream.take(b"data: 1\ndata: 2\n\n"), ["1\n2"]);
    }
}
