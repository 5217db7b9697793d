use crate::kernels::{Term, WindowRows, Windows, weighted_windows};

/// Where the gradients of one image arrive: at one position of the window in each cell, filter by
/// filter. Without a pool each position is a cell of its own.
#[derive(Clone, Copy)]
pub struct SparseGradient<'a> {
    /// The gradients, `[cell][filter]`.
    pub dout: &'a [f32],
    /// Which position of the cell each arrives at, `[cell][filter]`.
    pub argmax: &'a [f32],
    /// Where the windows begin, `[cell][position]`.
    pub starts: &'a [u32],
    /// Positions in a cell.
    pub area: usize,
}

/// The sums of a convolution's backward pass, each over a list of the gradients that are not 0.
///
/// The rows of the filters are filled up with zeros to whole vectors here, so that the kernels need
/// no loop for what is left over.
#[derive(Clone, Debug)]
pub struct Gradients {
    windows: Windows,
    /// Numbers in a filled row, and in all rows of a filter.
    filled: usize,
    taps: usize,
    /// The filters and their gradient, `[filter][row][filled]`.
    weight: Vec<f32>,
    dweight: Vec<f32>,
    /// For each filter, the windows that its gradients arrive at, and how many there are.
    of_filter: Vec<Term>,
    count_of_filter: Vec<usize>,
    /// For each position of one cell, the filters whose gradients arrive there.
    of_position: Vec<Term>,
    count_of_position: Vec<usize>,
}

const NOTHING: Term = Term { start: 0, factor: 0.0 };

impl Gradients {
    /// For `filters` filters at up to `cells` cells of up to `area` positions.
    pub fn new(filters: usize, cells: usize, area: usize, windows: Windows) -> Self {
        let filled = windows.run.next_multiple_of(4);
        let taps = windows.rows * filled;
        Self {
            windows,
            filled,
            taps,
            weight: vec![0.0; filters * taps],
            dweight: vec![0.0; filters * taps],
            of_filter: vec![NOTHING; filters * cells],
            count_of_filter: vec![0; filters],
            of_position: vec![NOTHING; filters * area],
            count_of_position: vec![0; area],
        }
    }

    /// Takes over changed filters, `[filter][row][run]`.
    pub fn load(&mut self, weight: &[f32]) {
        let run = self.windows.run;
        for (filled, weight) in self.weight.chunks_exact_mut(self.filled).zip(weight.chunks_exact(run)) {
            filled[..run].copy_from_slice(weight);
        }
    }

    /// Adds the gradients of one image, `x` with its border, to those of the filters, which
    /// [`Gradients::finish`] hands out, and to `dbias`.
    pub fn add_image(&mut self, dbias: &mut [f32], x: &[f32], sparse: SparseGradient) {
        let cells = self.list_by_filter(sparse);
        let rows = self.window_rows(self.filled, self.windows.row_stride);
        let of_filter = self.of_filter.chunks(cells.max(1)).zip(&self.count_of_filter);
        let sums = self.dweight.chunks_exact_mut(self.taps).zip(dbias);
        for ((dweight, dbias), (terms, &count)) in sums.zip(of_filter) {
            *dbias = terms[..count].iter().fold(*dbias, |sum, term| sum + term.factor);
            weighted_windows(dweight, &terms[..count], x, &rows);
        }
    }

    /// Adds what one image's gradients add up to at the input to `dx`, the image with its border.
    pub fn spread(&mut self, dx: &mut [f32], sparse: SparseGradient) {
        let filters = self.count_of_filter.len();
        let rows = self.window_rows(self.windows.row_stride, self.filled);
        let cells = sparse.dout.chunks_exact(filters).zip(sparse.argmax.chunks_exact(filters));
        for ((dout, argmax), starts) in cells.zip(sparse.starts.chunks_exact(sparse.area)) {
            self.list_by_position(dout, argmax);
            let of_position = self.of_position.chunks_exact(filters).zip(&self.count_of_position);
            for (&start, (terms, &count)) in starts.iter().zip(of_position) {
                if count > 0 {
                    weighted_windows(&mut dx[start as usize..], &terms[..count], &self.weight, &rows);
                }
            }
        }
    }

    /// Adds the gradients of the filters to `gradient` `[filter][row][run]`, and starts again from zeros.
    pub fn finish(&mut self, gradient: &mut [f32]) {
        let run = self.windows.run;
        for (sum, filled) in gradient.chunks_exact_mut(run).zip(self.dweight.chunks_exact(self.filled)) {
            for (sum, &dweight) in sum.iter_mut().zip(filled) {
                *sum += dweight;
            }
        }
        self.dweight.fill(0.0);
    }

    /// Lists, for each filter, where its gradients that are not 0 arrive; returns the number of cells.
    fn list_by_filter(&mut self, sparse: SparseGradient) -> usize {
        let filters = self.count_of_filter.len();
        let cells = sparse.dout.len() / filters;
        self.count_of_filter.fill(0);
        let numbers = sparse.dout.chunks_exact(filters).zip(sparse.argmax.chunks_exact(filters));
        for ((dout, argmax), starts) in numbers.zip(sparse.starts.chunks_exact(sparse.area)) {
            let numbers = dout.iter().zip(argmax).zip(&mut self.count_of_filter).enumerate();
            for (filter, ((&factor, &position), count)) in numbers {
                // Always written, and kept only if it is not 0: no branch to mispredict.
                self.of_filter[filter * cells + *count] = Term { start: starts[position as usize], factor };
                *count += usize::from(factor != 0.0);
            }
        }
        cells
    }

    /// Lists, for each position of one cell, the filters whose gradients that are not 0 arrive there.
    fn list_by_position(&mut self, dout: &[f32], argmax: &[f32]) {
        self.count_of_position.fill(0);
        let filters = dout.len();
        for (filter, (&factor, &position)) in dout.iter().zip(argmax).enumerate() {
            let position = position as usize;
            let count = &mut self.count_of_position[position];
            self.of_position[position * filters + *count] =
                Term { start: (filter * self.taps) as u32, factor };
            *count += usize::from(factor != 0.0);
        }
    }

    fn window_rows(&self, out_stride: usize, source_stride: usize) -> WindowRows {
        WindowRows { rows: self.windows.rows, vectors: self.filled / 4, out_stride, source_stride }
    }
}
