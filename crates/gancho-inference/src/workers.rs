//! Worker threads for the CPU: one item at a time on each.
//!
//! burn's CPU backend spreads the inside of every operation over rayon's *current* pool. For many
//! small networks in a row that is the wrong cut: two threads that each run whole pictures reach
//! 160 pictures/s where the same two threads inside one shared pool reach 124, and two plain
//! threads in front of a global pool of one reach 89 (MobileNetV3-like network, two cores).
//! So each worker owns a rayon pool of exactly one thread and stays inside it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::DeviceError;

/// A fixed set of worker threads, each inside its own one-thread rayon pool.
#[derive(Debug)]
pub struct Workers {
    pools: Vec<ThreadPool>,
}

impl Workers {
    /// Starts `threads` workers; 0 counts as 1.
    ///
    /// # Errors
    /// [`DeviceError::NoThreads`] when the operating system refuses.
    pub fn new(threads: usize) -> Result<Self, DeviceError> {
        let threads = threads.max(1);
        let pool = |index| {
            ThreadPoolBuilder::new()
                .num_threads(1)
                .thread_name(move |_| format!("gancho-worker-{index}"))
                .build()
        };
        let pools = (0..threads).map(pool).collect::<Result<_, _>>();
        pools
            .map(|pools| Self { pools })
            .map_err(|error| DeviceError::NoThreads { threads, detail: error.to_string() })
    }

    /// How many workers there are.
    pub fn threads(&self) -> usize {
        self.pools.len()
    }

    /// Runs `job` once on every worker at the same time and waits for all.
    ///
    /// `job` receives the worker's number and usually takes its work from a queue until that is
    /// empty. A panic in one worker is passed on after the others have ended.
    pub fn run(&self, job: impl Fn(usize) + Sync) {
        let job = &job;
        std::thread::scope(|scope| {
            for (index, pool) in self.pools.iter().enumerate() {
                scope.spawn(move || pool.install(|| job(index)));
            }
        });
    }

    /// Applies `work` to each item; the results stand in the order of the items, whatever the
    /// number of workers and whichever of them was faster.
    pub fn map<T: Sync, R: Send>(&self, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let next = AtomicUsize::new(0);
        let finished = Mutex::new(Vec::with_capacity(items.len()));
        self.run(|_| {
            let mut mine = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(index) else { break };
                mine.push((index, work(item)));
            }
            // A poisoned lock means that another worker panicked; its panic is passed on by `run`.
            finished.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).append(&mut mine);
        });
        let mut finished = finished.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        finished.sort_unstable_by_key(|(index, _)| *index);
        finished.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items_for_any_number_of_workers() {
        let items: Vec<u64> = (0..200).collect();
        let expected: Vec<u64> = items.iter().map(|it| it * it).collect();
        for threads in [0, 1, 2, 5] {
            let workers = Workers::new(threads).expect("a few threads");
            // The first items take longest, so that with two workers later ones finish first.
            let squares = workers.map(&items, |it| {
                if *it < 3 {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                it * it
            });
            assert_eq!(squares, expected, "{threads} workers");
        }
    }

    #[test]
    fn each_worker_sees_a_pool_of_one_thread() {
        let workers = Workers::new(3).expect("three threads");
        assert_eq!(workers.threads(), 3);
        let seen = Mutex::new(Vec::new());
        workers.run(|index| seen.lock().expect("no panic").push((index, rayon::current_num_threads())));
        let mut seen = seen.into_inner().expect("no panic");
        seen.sort_unstable();
        assert_eq!(seen, [(0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_in_a_worker_is_not_swallowed() {
        Workers::new(2).expect("two threads").map(&[1, 2, 3], |it| assert!(*it != 2));
    }
}
