/// Sums the gradients of the blocks of a batch in one fixed order: neighbours first, then pairs of
/// neighbours, and so on, as in a knock-out tournament.
///
/// (((b₀ + b₁) + (b₂ + b₃)) + b₄) for five blocks. Which sums are formed depends on the blocks' numbers
/// alone: whichever worker computes which of them, in whatever order they arrive, the bits are the same.
#[derive(Clone, Debug)]
pub struct GradientTree {
    parameters: usize,
    /// In the order of their blocks.
    pieces: Vec<Piece>,
    /// Room for pieces that are not in use.
    spare: Vec<Vec<f32>>,
}

/// The sum of the gradients of `blocks` blocks from block `first` on: a whole branch of the tree.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The first block.
    pub first: usize,
    /// How many there are, a power of two.
    pub blocks: usize,
    /// The sum.
    pub sum: Vec<f32>,
}

impl GradientTree {
    /// A tree for gradients of `parameters` numbers.
    pub fn new(parameters: usize) -> Self {
        Self { parameters, pieces: vec![], spare: vec![] }
    }

    /// Forgets all blocks.
    pub fn clear(&mut self) {
        self.spare.extend(self.pieces.drain(..).map(|piece| piece.sum));
    }

    /// Adds block number `block`: `fill` is handed a gradient of zeros to add to.
    pub fn add(&mut self, block: usize, fill: impl FnOnce(&mut [f32])) {
        let mut sum = self.room();
        sum.fill(0.0);
        fill(&mut sum);
        let place = self.put(Piece { first: block, blocks: 1, sum });
        self.join_halves(place);
    }

    /// Adds a branch that was summed elsewhere.
    pub fn insert(&mut self, first: usize, blocks: usize, numbers: impl Iterator<Item = f32>) {
        let mut sum = self.room();
        sum.iter_mut().zip(numbers).for_each(|(sum, number)| *sum = number);
        self.put(Piece { first, blocks, sum });
    }

    /// The branches summed so far, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The sum of all blocks.
    pub fn total(&mut self) -> &[f32] {
        let mut last = 1;
        while last < self.pieces.len() {
            last = self.join_halves(last) + 1;
        }
        // What is left over at the end has no neighbour of its own size.
        while self.pieces.len() > 1 {
            self.join(self.pieces.len() - 1);
        }
        self.pieces.first().map_or(&[], |piece| &piece.sum)
    }

    fn put(&mut self, piece: Piece) -> usize {
        let place = self.pieces.partition_point(|other| other.first < piece.first);
        self.pieces.insert(place, piece);
        place
    }

    /// Joins the piece at `last` with the one before it as long as the two are the halves of a branch;
    /// returns the place where that branch now is.
    fn join_halves(&mut self, mut last: usize) -> usize {
        while last > 0 && are_halves(&self.pieces[last - 1], &self.pieces[last]) {
            self.join(last);
            last -= 1;
        }
        last
    }

    /// Adds the piece at `last` to the one before it.
    fn join(&mut self, last: usize) {
        let piece = self.pieces.remove(last);
        let before = &mut self.pieces[last - 1];
        for (sum, &x) in before.sum.iter_mut().zip(&piece.sum) {
            *sum += x;
        }
        before.blocks += piece.blocks;
        self.spare.push(piece.sum);
    }

    /// Room for one more piece, allocated only if there has never been need for so many.
    fn room(&mut self) -> Vec<f32> {
        self.spare.pop().unwrap_or_else(|| vec![0.0; self.parameters])
    }
}

/// Whether two pieces are the left and the right half of one branch.
fn are_halves(left: &Piece, right: &Piece) -> bool {
    left.blocks == right.blocks
        && left.first + left.blocks == right.first
        && left.first.is_multiple_of(2 * left.blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;

    /// Numbers whose sum depends on the order of the additions.
    fn block(number: usize) -> f32 {
        1.0 / (3.0 + number as f32 * 7.7)
    }

    fn tree(blocks: Range<usize>) -> GradientTree {
        let mut tree = GradientTree::new(1);
        for number in blocks {
            tree.add(number, |gradient| gradient[0] += block(number));
        }
        tree
    }

    #[test]
    fn neighbours_are_summed_first() {
        let b: Vec<f32> = (0..7).map(block).collect();
        assert_eq!(tree(0..1).total(), [b[0]]);
        assert_eq!(tree(0..5).total(), [((b[0] + b[1]) + (b[2] + b[3])) + b[4]]);
        assert_eq!(tree(0..7).total(), [((b[0] + b[1]) + (b[2] + b[3])) + ((b[4] + b[5]) + b[6])]);
    }

    #[test]
    fn total_has_the_same_bits_however_the_blocks_are_shared_out() {
        for count in 1..40 {
            let expected = tree(0..count).total().to_vec();
            for shares in 1..6 {
                let share = |s: usize| s * count / shares..(s + 1) * count / shares;
                let mut own = tree(share(0));
                for elsewhere in (1..shares).rev().map(|s| tree(share(s))) {
                    for Piece { first, blocks, sum } in elsewhere.pieces() {
                        own.insert(*first, *blocks, sum.iter().copied());
                    }
                }
                assert_eq!(own.total(), expected, "{count} blocks in {shares} shares");
            }
        }
    }

    #[test]
    fn nothing_is_allocated_from_the_second_batch_on() {
        let mut tree = tree(0..32);
        let room = |tree: &GradientTree| tree.pieces.len() + tree.spare.len();
        let before = room(&tree);
        for _ in 0..3 {
            tree.clear();
            (0..32).for_each(|number| tree.add(number, |_| ()));
            tree.total();
        }
        assert_eq!(room(&tree), before);
    }
}
