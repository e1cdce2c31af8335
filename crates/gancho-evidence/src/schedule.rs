//! Who works on what: workers for single items, one thread for batches, one place where results arrive.
//!
//! On the CPU every worker ([`Workers`]) walks the whole chain for one item at a time inside a rayon pool
//! of one thread: decoding, measures and network of different pictures overlap, all cores are busy, and none is
//! asked to do two things (one shared pool gave 124 pictures a second where this gives 160). On a GPU the
//! workers stop before the network and a single thread feeds it batches of one fixed size, because each
//! new shape costs a GPU backend a compilation.
//!
//! All channels are bounded, so memory does not grow with the number of items.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded};
use gancho_inference::Workers;

use crate::EvidenceError;

/// How many items there are, and who takes them.
pub(crate) struct Schedule {
    pub(crate) items: usize,
    pub(crate) threads: NonZeroUsize,
    /// Items to a batch; `None` where no item waits for one.
    pub(crate) batch: Option<NonZeroUsize>,
}

/// How far a worker brought an item.
pub(crate) enum Step<T, W> {
    Done(T),
    Waiting(W),
}

type Message<T> = Result<(usize, T), EvidenceError>;

impl Schedule {
    /// Works on every item; `collect` gets results with their numbers, on the calling thread, as they come.
    ///
    /// # Errors
    /// The first one of `work`, `finish` or `collect`; it stops the others. An interruption is no error: some
    /// items are then not collected.
    pub(crate) fn run<T: Send, W: Send>(
        &self,
        interrupted: &(dyn Fn() -> bool + Sync),
        work: impl Fn(usize) -> Result<Step<T, W>, EvidenceError> + Sync,
        finish: impl Fn(Vec<W>) -> Result<Vec<T>, EvidenceError> + Sync,
        collect: impl FnMut(usize, T) -> Result<(), EvidenceError>,
    ) -> Result<(), EvidenceError> {
        let workers = Workers::new(self.threads.get())?;
        let (finished, results) = bounded::<Message<T>>(self.threads.get() * 4);
        let (prepared, batches) = bounded::<(usize, W)>(self.batch.map_or(1, |it| it.get() * 2));
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let (workers, next, work, finish) = (&workers, &next, &work, &finish);
            if let Some(size) = self.batch {
                let finished = finished.clone();
                scope.spawn(move || feed(size.get(), &batches, finish, &finished));
            }
            // The channels' last senders go with the workers: when they are done, receiving ends.
            scope.spawn(move || {
                workers.run(|_| {
                    while !interrupted() {
                        let item = next.fetch_add(1, Ordering::Relaxed);
                        let sent = item < self.items
                            && match work(item) {
                                Ok(Step::Done(result)) => finished.send(Ok((item, result))).is_ok(),
                                Ok(Step::Waiting(waiting)) => prepared.send((item, waiting)).is_ok(),
                                Err(error) => {
                                    let _ = finished.send(Err(error));
                                    false
                                }
                            };
                        if !sent {
                            break;
                        }
                    }
                });
            });
            receive(results, collect)
        })
    }
}

/// Receives until the last sender is gone. Dropping `results` on an error makes the others stop.
fn receive<T>(
    results: Receiver<Message<T>>,
    mut collect: impl FnMut(usize, T) -> Result<(), EvidenceError>,
) -> Result<(), EvidenceError> {
    for message in &results {
        let (item, result) = message?;
        collect(item, result)?;
    }
    Ok(())
}

/// Hands on full batches; the last one may be short.
fn feed<T, W>(
    size: usize,
    batches: &Receiver<(usize, W)>,
    finish: impl Fn(Vec<W>) -> Result<Vec<T>, EvidenceError>,
    finished: &Sender<Message<T>>,
) {
    let mut waiting = Vec::with_capacity(size);
    loop {
        let arrived = batches.recv();
        let ended = arrived.is_err();
        waiting.extend(arrived);
        if waiting.len() >= size || (ended && !waiting.is_empty()) {
            let (items, batch): (Vec<usize>, Vec<W>) = waiting.drain(..).unzip();
            let sent = match finish(batch) {
                Ok(results) => items.into_iter().zip(results).all(|it| finished.send(Ok(it)).is_ok()),
                Err(error) => {
                    let _ = finished.send(Err(error));
                    false
                }
            };
            if !sent {
                return;
            }
        }
        if ended {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn schedule(items: usize, batch: usize) -> Schedule {
        let threads = NonZeroUsize::new(3).unwrap();
        Schedule { items, threads, batch: NonZeroUsize::new(batch) }
    }

    fn squares(items: usize, batch: usize) -> Vec<usize> {
        let mut found = vec![0; items];
        let work = |item: usize| {
            Ok(if batch > 0 && !item.is_multiple_of(3) {
                Step::Waiting(item)
            } else {
                Step::Done(item * item)
            })
        };
        let finish = |waiting: Vec<usize>| {
            assert!((1..=batch).contains(&waiting.len()));
            Ok(waiting.into_iter().map(|it| it * it).collect())
        };
        let collect = |item: usize, square| {
            found[item] = square;
            Ok(())
        };
        schedule(items, batch).run(&|| false, work, finish, collect).unwrap();
        found
    }

    #[test]
    fn every_item_is_collected_once_by_its_number() {
        let wanted: Vec<usize> = (0..100).map(|it| it * it).collect();
        for batch in [0, 1, 7, 64, 1000] {
            assert_eq!(squares(100, batch), wanted, "batches of {batch}");
        }
        assert_eq!(squares(0, 4), Vec::<usize>::new());
    }

    #[test]
    fn an_error_anywhere_ends_the_run() {
        let network = || EvidenceError::Network { detail: "gone".into() };
        let run = |bad_work: bool, bad_batch: bool, bad_collect: bool| {
            schedule(1000, 8).run(
                &|| false,
                |item| if bad_work && item == 50 { Err(network()) } else { Ok(Step::Waiting(item)) },
                |waiting| if bad_batch { Err(network()) } else { Ok(waiting) },
                |item, _| if bad_collect && item == 50 { Err(network()) } else { Ok(()) },
            )
        };
        assert_eq!(run(false, false, false), Ok(()));
        for (work, batch, collect) in [(true, false, false), (false, true, false), (false, false, true)] {
            assert_eq!(run(work, batch, collect), Err(network()));
        }
    }

    #[test]
    fn an_interruption_leaves_the_rest_undone() {
        let done = AtomicUsize::new(0);
        let interrupted = || done.load(Ordering::Relaxed) >= 10;
        let work = |item: usize| {
            done.fetch_add(1, Ordering::Relaxed);
            Ok(Step::<usize, usize>::Done(item))
        };
        schedule(1000, 0).run(&interrupted, work, Ok, |_, _| Ok(())).unwrap();
        assert!(done.load(Ordering::Relaxed) < 20);
    }
}
