//! Four numbers at a time. The same operations in the same order on every target: wasm's 128-bit
//! vectors where the build has them, plain arrays elsewhere.
#![allow(unsafe_code)]

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use std::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_splat, v128, v128_load, v128_store};

    pub const NAME: &str = "simd128";

    /// Four numbers.
    #[derive(Clone, Copy)]
    pub struct F32x4(v128);

    impl F32x4 {
        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        #[inline(always)]
        pub fn load(from: &[f32; 4]) -> Self {
            // SAFETY: the reference covers the 16 bytes read; v128_load asks for no alignment.
            Self(unsafe { v128_load(from.as_ptr().cast()) })
        }

        #[inline(always)]
        pub fn store(self, to: &mut [f32; 4]) {
            // SAFETY: the reference covers the 16 bytes written; v128_store asks for no alignment.
            unsafe { v128_store(to.as_mut_ptr().cast(), self.0) }
        }

        /// self + a · b, rounded twice: the same bits everywhere.
        #[inline(always)]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(f32x4_add(self.0, f32x4_mul(a.0, b.0)))
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    pub const NAME: &str = "scalar";

    /// Four numbers.
    #[derive(Clone, Copy)]
    pub struct F32x4([f32; 4]);

    impl F32x4 {
        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self([value; 4])
        }

        #[inline(always)]
        pub fn load(from: &[f32; 4]) -> Self {
            Self(*from)
        }

        #[inline(always)]
        pub fn store(self, to: &mut [f32; 4]) {
            *to = self.0;
        }

        /// self + a · b, rounded twice: the same bits everywhere.
        #[inline(always)]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(std::array::from_fn(|lane| self.0[lane] + a.0[lane] * b.0[lane]))
        }
    }
}

pub use lanes::{F32x4, NAME};

impl F32x4 {
    /// The four numbers of `from` that start at `index`.
    #[inline(always)]
    pub fn load_at(from: &[f32], index: usize) -> Self {
        Self::load(from[index..index + 4].try_into().expect("a slice of four"))
    }

    /// Puts the four numbers at `index` of `to`.
    #[inline(always)]
    pub fn store_at(self, to: &mut [f32], index: usize) {
        self.store((&mut to[index..index + 4]).try_into().expect("a slice of four"));
    }
}
