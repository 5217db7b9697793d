/// Sums the gradients of the blocks of a batch in one fixed order: neighbours first, then pairs of
/// neighbours, and so on, like the carries of a binary counter.
///
/// (((b₀ + b₁) + (b₂ + b₃)) + b₄) for five blocks. The order depends on the number of blocks alone, so
/// workers that sum whole subtrees arrive at the same bits as one that sums everything.
#[derive(Clone, Debug)]
pub struct GradientTree {
    /// A partial sum each, as long as all parameters.
    partial_sums: Vec<Vec<f32>>,
    /// For each partial sum in use, how often it has been doubled: it holds 2^rank blocks.
    ranks: Vec<u32>,
}

impl GradientTree {
    /// A tree for up to `blocks` gradients of `parameters` numbers. It never allocates again.
    pub fn new(blocks: usize, parameters: usize) -> Self {
        let depth = blocks.max(1).ilog2() as usize + 2;
        Self { partial_sums: vec![vec![0.0; parameters]; depth], ranks: Vec::with_capacity(depth) }
    }

    /// Forgets all blocks.
    pub fn clear(&mut self) {
        self.ranks.clear();
    }

    /// Adds one block: `fill` is handed a gradient of zeros to add to.
    pub fn add(&mut self, fill: impl FnOnce(&mut [f32])) {
        let block = &mut self.partial_sums[self.ranks.len()];
        block.fill(0.0);
        fill(block);
        self.ranks.push(0);
        while let [.., a, b] = self.ranks[..]
            && a == b
        {
            self.join();
        }
    }

    /// The sum of all blocks.
    pub fn total(&mut self) -> &[f32] {
        while self.ranks.len() > 1 {
            self.join();
        }
        &self.partial_sums[0]
    }

    /// Adds the last partial sum to the one before it.
    fn join(&mut self) {
        self.ranks.pop();
        let last = self.ranks.len();
        let (before, after) = self.partial_sums.split_at_mut(last);
        for (sum, &x) in before[last - 1].iter_mut().zip(&after[0]) {
            *sum += x;
        }
        self.ranks[last - 1] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers whose sum depends on the order of the additions.
    fn blocks(count: usize) -> Vec<f32> {
        (0..count).map(|i| 1.0 / (3.0 + i as f32 * 7.7)).collect()
    }

    fn total(blocks: &[f32]) -> f32 {
        let mut tree = GradientTree::new(blocks.len(), 1);
        tree.clear();
        for &block in blocks {
            tree.add(|gradient| gradient[0] += block);
        }
        tree.total()[0]
    }

    #[test]
    fn neighbours_are_summed_first() {
        let b = blocks(7);
        assert_eq!(total(&b[..1]), b[0]);
        assert_eq!(total(&b[..5]), ((b[0] + b[1]) + (b[2] + b[3])) + b[4]);
        assert_eq!(total(&b), ((b[0] + b[1]) + (b[2] + b[3])) + ((b[4] + b[5]) + b[6]));
    }

    #[test]
    fn subtrees_summed_elsewhere_give_the_same_bits() {
        let b = blocks(16);
        assert_eq!(total(&b), total(&[total(&b[..8]), total(&b[8..])]));
        assert_eq!(total(&b), total(&[total(&b[..4]), total(&b[4..8]), total(&b[8..12]), total(&b[12..])]));
    }

    #[test]
    fn a_tree_has_room_for_any_number_of_blocks_up_to_the_one_it_was_made_for() {
        for count in 1..=65 {
            total(&blocks(count));
        }
    }
}
