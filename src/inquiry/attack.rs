//! Small changes that turn the answer: each pixel moves a little to where the gradient points.

use super::picture::{grey_levels, whole_levels};
use super::subject::Subject;
use super::{Inquiry, Progress, within};
use crate::error::{Error, ErrorCode, Result};
use crate::metrics::predicted_class;
use crate::network::BLOCK;

/// What an attack wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Any other answer than this class.
    AwayFrom(usize),
    /// This class as the answer.
    Towards(usize),
}

impl Goal {
    fn class(self) -> usize {
        match self {
            Goal::AwayFrom(class) | Goal::Towards(class) => class,
        }
    }

    /// Whether this answer is what it wants.
    pub fn is_reached(self, logits: &[f32]) -> bool {
        (predicted_class(logits) == self.class()) == matches!(self, Goal::Towards(_))
    }

    /// The direction of the logits that it climbs: up the loss of its class, or down it. With q the softmax of the
    /// other logits alone, the gradient of the loss is (1 − p) · (q − 1 at the class), and the factor 1 − p does not
    /// change a sign; left out, nothing vanishes where the network is so sure that 1 − p is 0 in 32 bits.
    fn direction(self, logits: &[f32], out: &mut [f32]) {
        let class = self.class();
        let others = || (0..logits.len()).filter(|&other| other != class);
        let largest = others().map(|other| logits[other]).fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = others().map(|other| libm::expf(logits[other] - largest)).sum();
        let sign = if matches!(self, Goal::Towards(_)) { -1.0 } else { 1.0 };
        for other in others() {
            out[other] = sign * libm::expf(logits[other] - largest) / sum;
        }
        out[class] = -sign;
    }
}

/// Attacks on a block of images, each with a goal and a strength of its own, step by step. One step is the fast
/// gradient sign method; several, each followed by the way back to within the strength, its iterated form.
#[derive(Clone, Debug)]
pub struct Ascent {
    originals: Vec<f32>,
    pictures: Vec<f32>,
    goals: Vec<Goal>,
    /// The largest change of any pixel, in grey levels.
    strengths: Vec<f32>,
    steps: usize,
    done: usize,
}

/// How far a step goes, times the strength and divided by the number of steps: far enough to reach any corner.
const REACH: f32 = 2.5;

impl Ascent {
    pub fn new(originals: Vec<f32>, goals: Vec<Goal>, strengths: Vec<f32>, steps: usize) -> Self {
        Self { pictures: originals.clone(), originals, goals, strengths, steps, done: 0 }
    }

    pub fn is_finished(&self) -> bool {
        self.done == self.steps
    }

    pub fn step(&mut self, subject: &mut Subject) -> Result<()> {
        subject.pass(&self.pictures)?;
        let classes = subject.form().classes;
        let mut dlogits = vec![0.0; self.goals.len() * classes];
        let logits = subject.trace().logits().chunks_exact(classes);
        for ((out, logits), goal) in dlogits.chunks_exact_mut(classes).zip(logits).zip(&self.goals) {
            goal.direction(logits, out);
        }
        let gradient = subject.gradient_of_pictures(subject.layers(), &dlogits)?;
        let len = subject.form().pixels();
        let levels = self.pictures.iter_mut().zip(&self.originals).zip(gradient);
        for (index, ((level, &original), d)) in levels.enumerate() {
            let strength = self.strengths[index / len];
            let rate = REACH * strength / self.steps as f32;
            // 0, too, where it is not a number.
            let sign = f32::from(i8::from(d > 0.0) - i8::from(d < 0.0));
            let within = (*level + rate * sign).clamp(original - strength, original + strength);
            *level = within.clamp(0.0, 255.0);
        }
        self.done += 1;
        Ok(())
    }

    /// Whole grey levels; the strength is a whole one, so that they stay within it.
    pub fn pixels(&self) -> Vec<u8> {
        whole_levels(&self.pictures)
    }
}

/// An image that was attacked.
#[derive(Clone, Debug, PartialEq)]
pub struct Attacked {
    /// The largest change that any pixel was allowed, in grey levels.
    pub strength: u8,
    /// Whether that was enough.
    pub turned: bool,
    /// The changed image.
    pub pixels: Vec<u8>,
    /// The network's probabilities for it.
    pub probabilities: Vec<f32>,
}

/// An attack on one image at one strength, or at one strength after the other until one is enough.
#[derive(Clone, Debug)]
pub struct Attack {
    subject: Subject,
    pixels: Vec<u8>,
    goal: Goal,
    /// Those to try, from the smallest on.
    strengths: Vec<u8>,
    steps: usize,
    /// Which block of strengths is tried.
    block: usize,
    ascent: Option<Ascent>,
    attacked: Option<Attacked>,
}

impl Inquiry {
    /// Begins to attack an image, in so many steps. Without a `strength` those from 0 to `most` grey levels are
    /// tried, and the smallest counts that is enough.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if it is not an image of the network's size;
    /// [`ErrorCode::OutOfRange`] if there is no such class, or not so many grey levels or steps.
    pub fn fool(
        &self,
        pixels: &[u8],
        goal: Goal,
        strength: Option<usize>,
        most: usize,
        steps: usize,
    ) -> Result<Attack> {
        self.subject.check_one(pixels)?;
        self.subject.check_class(goal.class())?;
        within("The strength", strength.unwrap_or(most), 0..=255)?;
        within("The number of steps", steps, 1..=100)?;
        let strengths = strength.map_or(0..=most, |strength| strength..=strength);
        Ok(Attack {
            subject: self.subject.clone(),
            pixels: pixels.to_vec(),
            goal,
            strengths: strengths.map(|strength| strength as u8).collect(),
            steps,
            block: 0,
            ascent: None,
            attacked: None,
        })
    }
}

impl Attack {
    /// Does up to so many more passes: for each block of strengths one for each step, and one to see the answers.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn advance(&mut self, passes: usize) -> Result<Progress> {
        for _ in 0..passes {
            if self.attacked.is_some() {
                break;
            }
            self.one_pass()?;
        }
        let per_block = self.steps + 1;
        let of = self.strengths.len().div_ceil(BLOCK) * per_block;
        let steps = self.ascent.as_ref().map_or(0, |ascent| ascent.done);
        let done = if self.attacked.is_some() { of } else { self.block * per_block + steps };
        Ok(Progress { done, of })
    }

    fn one_pass(&mut self) -> Result<()> {
        let strengths = self.strengths.chunks(BLOCK).nth(self.block).unwrap_or_default();
        let images = strengths.len();
        let mut ascent = self.ascent.take().unwrap_or_else(|| {
            let originals = grey_levels(&self.pixels).repeat(images);
            let strengths = strengths.iter().map(|&strength| f32::from(strength)).collect();
            Ascent::new(originals, vec![self.goal; images], strengths, self.steps)
        });
        if !ascent.is_finished() {
            ascent.step(&mut self.subject)?;
            self.ascent = Some(ascent);
            return Ok(());
        }
        let pixels = ascent.pixels();
        self.subject.pass(&grey_levels(&pixels))?;
        let (trace, classes) = (self.subject.trace(), self.subject.form().classes);
        let first = trace.logits().chunks_exact(classes).position(|logits| self.goal.is_reached(logits));
        self.block += 1;
        let was_last = self.block * BLOCK >= self.strengths.len();
        if first.is_some() || was_last {
            let image = first.unwrap_or(images - 1);
            let len = self.pixels.len();
            self.attacked = Some(Attacked {
                strength: strengths[image],
                turned: first.is_some(),
                pixels: pixels[image * len..][..len].to_vec(),
                probabilities: trace.probabilities()[image * classes..][..classes].to_vec(),
            });
        }
        Ok(())
    }

    /// The result.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] before the end.
    pub fn attacked(&self) -> Result<&Attacked> {
        self.attacked.as_ref().ok_or_else(|| {
            Error::new(ErrorCode::NotReady, "The attack is still under way; let it go on to its end.")
        })
    }
}
