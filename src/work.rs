//! Counts of work, by which tests hold that it grows with the length of a notice and no faster. Time cannot show that on a
//! busy machine; so builds with debug assertions count, others do not.

#[cfg(debug_assertions)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Another step of what is done over and over.
#[inline]
pub(crate) fn step() {
    #[cfg(debug_assertions)]
    STEPS.set(STEPS.get() + 1);
}

/// The steps of this thread so far; nothing in builds that do not count.
pub fn steps() -> Option<u64> {
    #[cfg(debug_assertions)]
    return Some(STEPS.get());
    #[cfg(not(debug_assertions))]
    None
}
