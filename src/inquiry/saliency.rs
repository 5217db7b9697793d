//! Where the network looks, by its gradients.

use super::picture::grey_levels;
use super::subject::Subject;
use super::{Inquiry, Progress, within};
use crate::error::{Error, ErrorCode, Result};
use crate::network::BLOCK;
use crate::shape::Shape;

/// The maps of a layer, weighted by how they raise the score of a class (Selvaraju et al., 2017).
#[derive(Clone, Debug, PartialEq)]
pub struct ClassActivation {
    /// max(0, Σ weight · map), `[row][column]`.
    pub map: Vec<f32>,
    /// Rows and columns of the map.
    pub size: [usize; 2],
    /// For each channel the mean of the gradient of the class's logit over its map.
    pub weights: Vec<f32>,
}

/// Where integrated gradients begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// All pixels 0.
    Black,
    /// All pixels the grey level that is 0 to the network.
    Mean,
}

/// Each pixel's share in the score of a class (Sundararajan, Taly and Yan, 2017).
#[derive(Clone, Debug)]
pub struct Integrated {
    subject: Subject,
    picture: Vec<f32>,
    baseline: f32,
    class: usize,
    points: usize,
    difference: f32,
    done: usize,
    /// Of the gradients so far.
    sums: Vec<f64>,
}

impl Inquiry {
    /// The gradient of the logit of `class` with respect to an image, per grey level, `[channel][row][column]`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if it is not an image of the network's size;
    /// [`ErrorCode::OutOfRange`] if there is no such class.
    pub fn input_gradient(&mut self, pixels: &[u8], class: usize) -> Result<Vec<f32>> {
        self.subject.check_one(pixels)?;
        self.subject.check_class(class)?;
        self.subject.pass(&grey_levels(pixels))?;
        self.subject.gradient_of_logit(class)
    }

    /// Class activation by gradients (Grad-CAM) at a layer that has maps: with a channel's weight the mean of
    /// ∂logit / ∂map over its places, max(0, Σ weight · map).
    ///
    /// # Errors
    ///
    /// As [`Inquiry::input_gradient`]; [`ErrorCode::NotFound`] if there is no such layer, and
    /// [`ErrorCode::ImpossibleShape`] if it has no maps.
    pub fn class_activation(&mut self, pixels: &[u8], class: usize, layer: usize) -> Result<ClassActivation> {
        let subject = &mut self.subject;
        subject.check_one(pixels)?;
        subject.check_class(class)?;
        let Shape::Maps { channels, height, width } = subject.shape(layer)? else {
            let message = format!("Layer {layer}, counted from 0, has no maps; choose one before flatten.");
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        };
        subject.pass(&grey_levels(pixels))?;
        let dlogits = subject.only_class(class);
        let gradient = subject.gradient_between(layer + 1..subject.layers(), &dlogits)?;
        let maps = subject.trace().activation(layer, 0)?;
        let len = height * width;
        let mean = |map: &[f32]| map.iter().sum::<f32>() / len as f32;
        let weights: Vec<f32> = gradient.chunks_exact(len).map(mean).collect();
        let mut map = vec![0.0; len];
        for (weight, channel) in weights.iter().zip(maps.chunks_exact(len)) {
            map.iter_mut().zip(channel).for_each(|(sum, x)| *sum += weight * x);
        }
        map.iter_mut().for_each(|sum| *sum = sum.max(0.0));
        debug_assert_eq!(weights.len(), channels);
        Ok(ClassActivation { map, size: [height, width], weights })
    }

    /// Begins to integrate the gradients of the logit of `class` from a baseline x′ to the image x, by the midpoint
    /// rule: the share of pixel i is (xᵢ − x′ᵢ) · the mean of ∂logit / ∂xᵢ at the points
    /// x′ + (k + ½) / n · (x − x′). The more points, the closer their sum comes to logit(x) − logit(x′).
    ///
    /// # Errors
    ///
    /// As [`Inquiry::input_gradient`]; [`ErrorCode::OutOfRange`] unless there are 1 to 1000 points.
    pub fn integrated(
        &mut self,
        pixels: &[u8],
        class: usize,
        baseline: Baseline,
        points: usize,
    ) -> Result<Integrated> {
        self.subject.check_one(pixels)?;
        self.subject.check_class(class)?;
        within("The number of points", points, 1..=1000)?;
        let baseline = match baseline {
            Baseline::Black => 0.0,
            Baseline::Mean => self.subject.mean_level(),
        };
        let picture = grey_levels(pixels);
        let ends = [picture.clone(), vec![baseline; picture.len()]].concat();
        self.subject.pass(&ends)?;
        let [there, here] =
            [0, self.subject.form().classes].map(|first| self.subject.trace().logits()[first + class]);
        Ok(Integrated {
            difference: there - here,
            subject: self.subject.clone(),
            sums: vec![0.0; picture.len()],
            picture,
            baseline,
            class,
            points,
            done: 0,
        })
    }
}

impl Integrated {
    /// Does up to so many more passes, each of a block of points.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn advance(&mut self, passes: usize) -> Result<Progress> {
        let of = self.points.div_ceil(BLOCK);
        for _ in 0..passes.min(of - self.done) {
            self.one_pass()?;
            self.done += 1;
        }
        Ok(Progress { done: self.done, of })
    }

    fn one_pass(&mut self) -> Result<()> {
        let points = self.done * BLOCK..((self.done + 1) * BLOCK).min(self.points);
        let mut pictures = Vec::with_capacity(points.len() * self.picture.len());
        for point in points {
            let share = (point as f32 + 0.5) / self.points as f32;
            pictures.extend(self.picture.iter().map(|x| self.baseline + share * (x - self.baseline)));
        }
        self.subject.pass(&pictures)?;
        let gradients = self.subject.gradient_of_logit(self.class)?;
        for gradient in gradients.chunks_exact(self.picture.len()) {
            self.sums.iter_mut().zip(gradient).for_each(|(sum, &d)| *sum += f64::from(d));
        }
        Ok(())
    }

    /// Each pixel's share, `[channel][row][column]`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] before the end.
    pub fn map(&self) -> Result<Vec<f32>> {
        if self.done * BLOCK < self.points {
            let message = "The gradients are not all summed yet; let it go on to its end.";
            return Err(Error::new(ErrorCode::NotReady, message));
        }
        let share =
            |(&sum, &x): (&f64, &f32)| (f64::from(x - self.baseline) * sum / self.points as f64) as f32;
        Ok(self.sums.iter().zip(&self.picture).map(share).collect())
    }

    /// The class's logit for the image less that for the baseline.
    pub fn difference(&self) -> f32 {
        self.difference
    }
}
