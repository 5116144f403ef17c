//! Parts of a JSON list, each made by a thread of its own.

use std::io;
use std::thread;

/// Entries in the form that `write` gives them, with commas between them: a part from each thread.
pub fn of<T: Sync>(
    entries: &[T],
    threads: usize,
    write: impl Fn(&T, &mut Vec<u8>) -> io::Result<()> + Copy + Send,
) -> io::Result<Vec<Vec<u8>>> {
    let part = move |entries: &[T]| -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        for (n, entry) in entries.iter().enumerate() {
            if n > 0 {
                text.push(b',');
            }
            write(entry, &mut text)?;
        }
        Ok(text)
    };
    let of_each = entries.len().div_ceil(threads.max(1)).max(1);
    thread::scope(|scope| {
        let parts = entries.chunks(of_each);
        let parts: Vec<_> = parts.map(|now| scope.spawn(move || part(now))).collect();
        let done = parts.into_iter().map(|part| match part.join() {
            Ok(text) => text,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    })
}
