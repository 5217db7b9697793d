//! A step shared among threads, with the engine's own messages between workers: the bits do not depend on how many
//! there are.

use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use convscope::data::Dataset;
use convscope::error::Result;
use convscope::spec::Spec;
use convscope::trainer::{Shard, Step, Trainer};

use crate::failure::Failure;

/// The threads that help the one that owns the run. They end when it is dropped.
pub struct Pool {
    helpers: Vec<Helper>,
}

struct Helper {
    requests: Sender<Vec<u8>>,
    answers: Receiver<Result<Vec<u8>>>,
}

impl Pool {
    /// Of so many threads in all, this one included; as many as there are cores if it is not said.
    pub fn new(spec: &Spec, threads: Option<usize>) -> std::result::Result<Self, Failure> {
        let available = || thread::available_parallelism().map_or(1, usize::from);
        let helpers = threads.unwrap_or_else(available).clamp(1, MOST_THREADS) - 1;
        Ok(Self { helpers: (0..helpers).map(|_| Helper::new(spec)).collect::<Result<_>>()? })
    }

    /// Takes one step.
    pub fn step(&self, trainer: &mut Trainer, dataset: &Dataset) -> Result<Step> {
        let blocks = trainer.begin_step(dataset)?;
        let (own, others) = shares(blocks, self.helpers.len() + 1);
        for (helper, share) in self.helpers.iter().zip(&others) {
            let mut request = vec![];
            trainer.request(share.clone(), &mut request)?;
            // It has not ended: it ends when its sender is dropped.
            let _ = helper.requests.send(request);
        }
        trainer.compute(own)?;
        for (helper, _) in self.helpers.iter().zip(&others) {
            let answer = helper.answers.recv().expect("a helper answers every request");
            trainer.accept(&answer?)?;
        }
        trainer.finish_step()
    }
}

/// The number after `--threads`.
pub fn threads(text: &str) -> std::result::Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=MOST_THREADS).contains(number));
    number.ok_or_else(|| format!("a number from 1 to {MOST_THREADS} is expected"))
}

/// More than any batch has use for.
const MOST_THREADS: usize = 256;

impl Helper {
    fn new(spec: &Spec) -> Result<Self> {
        let mut shard = Shard::new(spec)?;
        let (requests, requested) = channel::<Vec<u8>>();
        let (answered, answers) = channel();
        thread::spawn(move || {
            for request in requested {
                let mut answer = vec![];
                let result = shard.answer(&request, &mut answer).map(|()| answer);
                if answered.send(result).is_err() {
                    break;
                }
            }
        });
        Ok(Self { requests, answers })
    }
}

/// The blocks of the first of `workers`, and those of as many others as have something to do.
fn shares(blocks: usize, workers: usize) -> (Range<usize>, Vec<Range<usize>>) {
    let workers = workers.min(blocks).max(1);
    let share = |worker: usize| worker * blocks / workers..(worker + 1) * blocks / workers;
    (share(0), (1..workers).map(share).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_every_block_once_and_none_is_empty() {
        for blocks in 1..20 {
            for workers in 1..9 {
                let (own, others) = shares(blocks, workers);
                let all: Vec<_> = [own].into_iter().chain(others).collect();
                assert!(all.iter().all(|share| !share.is_empty()), "{all:?}");
                assert!(all.into_iter().flatten().eq(0..blocks), "{blocks} blocks, {workers} workers");
            }
        }
    }
}
