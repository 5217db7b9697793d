use super::picture::grey_levels;
use super::subject::Subject;
use super::{Inquiry, Progress, between, within};
use crate::error::Result;
use crate::network::BLOCK;

/// What a class's probability loses when a square is slid over the image (Zeiler and Fergus, 2014).
#[derive(Clone, Debug)]
pub struct Occlusion {
    subject: Subject,
    picture: Vec<f32>,
    class: usize,
    size: usize,
    fill: f32,
    /// Row and column where each square begins.
    squares: Vec<[usize; 2]>,
    score: f32,
    done: usize,
    /// For each pixel the sum of the losses of the squares that cover it, and their number.
    sums: Vec<f64>,
    covers: Vec<u32>,
}

impl Inquiry {
    /// Begins to slide a square of `size` pixels over an image, `stride` pixels at a time, and once more flush with
    /// the far edges, so that each pixel is covered. `fill` is its grey level.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`](crate::error::ErrorCode::ImpossibleShape) if it is not an image of the
    /// network's size; [`ErrorCode::OutOfRange`](crate::error::ErrorCode::OutOfRange) if there is no such class, or
    /// the square does not fit, or it would leave pixels out.
    pub fn occlusion(
        &mut self,
        pixels: &[u8],
        class: usize,
        size: usize,
        stride: usize,
        fill: f32,
    ) -> Result<Occlusion> {
        self.subject.check_one(pixels)?;
        self.subject.check_class(class)?;
        let [_, rows, columns] = self.subject.form().dims();
        within("The size of the square", size, 1..=rows.min(columns))?;
        within("The stride of the square", stride, 1..=size)?;
        between("The grey level of the square", fill, 0.0..=255.0)?;
        let starts = |len: usize| {
            let last = len - size;
            (0..last).step_by(stride).chain([last]).collect::<Vec<usize>>()
        };
        let squares =
            starts(rows).into_iter().flat_map(|row| starts(columns).into_iter().map(move |c| [row, c]));
        let picture = grey_levels(pixels);
        self.subject.pass(&picture)?;
        Ok(Occlusion {
            score: self.subject.trace().probabilities()[class],
            subject: self.subject.clone(),
            picture,
            class,
            size,
            fill,
            squares: squares.collect(),
            done: 0,
            sums: vec![0.0; rows * columns],
            covers: vec![0; rows * columns],
        })
    }
}

impl Occlusion {
    /// Does up to so many more passes, each of a block of squares.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn advance(&mut self, passes: usize) -> Result<Progress> {
        let of = self.squares.len().div_ceil(BLOCK);
        for _ in 0..passes.min(of - self.done) {
            self.one_pass()?;
            self.done += 1;
        }
        Ok(Progress { done: self.done, of })
    }

    fn one_pass(&mut self) -> Result<()> {
        let [_, rows, columns] = self.subject.form().dims();
        let squares: Vec<[usize; 2]> =
            self.squares.iter().skip(self.done * BLOCK).take(BLOCK).copied().collect();
        let mut pictures = self.picture.repeat(squares.len());
        for (picture, &[top, left]) in pictures.chunks_exact_mut(self.picture.len()).zip(&squares) {
            for map in picture.chunks_exact_mut(rows * columns) {
                for line in map.chunks_exact_mut(columns).skip(top).take(self.size) {
                    line[left..left + self.size].fill(self.fill);
                }
            }
        }
        self.subject.pass(&pictures)?;
        for (probability, &[top, left]) in self.subject.probabilities_of(self.class).zip(&squares) {
            for row in top..top + self.size {
                for place in row * columns + left..row * columns + left + self.size {
                    self.sums[place] += f64::from(self.score) - f64::from(probability);
                    self.covers[place] += 1;
                }
            }
        }
        Ok(())
    }

    /// For each pixel, `[row][column]`, the mean loss of the squares so far that cover it; 0 where none does.
    pub fn map(&self) -> Vec<f32> {
        let pixels = self.sums.iter().zip(&self.covers);
        pixels.map(|(sum, &covers)| (sum / f64::from(covers.max(1))) as f32).collect()
    }

    /// The class's probability with nothing covered.
    pub fn score(&self) -> f32 {
        self.score
    }
}
