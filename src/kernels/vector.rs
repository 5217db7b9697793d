//! Four numbers at a time. The same operations in the same order on every target: wasm's 128-bit
//! vectors where the build has them, plain arrays elsewhere.
#![allow(unsafe_code)]

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use std::arch::wasm32::{
        f32x4_add, f32x4_gt, f32x4_mul, f32x4_ne, f32x4_pmax, f32x4_splat, v128, v128_and, v128_bitselect,
        v128_load, v128_load32_splat, v128_or, v128_store,
    };

    pub const NAME: &str = "simd128";

    /// Four numbers.
    #[derive(Clone, Copy)]
    pub struct F32x4(v128);

    /// For each of four numbers, all bits or none.
    #[derive(Clone, Copy)]
    pub struct Mask(v128);

    impl F32x4 {
        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        #[inline(always)]
        pub unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller vouches for four numbers at `from`; v128_load asks for no alignment.
            Self(unsafe { v128_load(from.cast()) })
        }

        #[inline(always)]
        pub unsafe fn load_splat(from: *const f32) -> Self {
            // SAFETY: the caller vouches for a number at `from`.
            Self(unsafe { v128_load32_splat(from.cast()) })
        }

        #[inline(always)]
        pub unsafe fn store(self, to: *mut f32) {
            // SAFETY: the caller vouches for room for four numbers; v128_store asks for no alignment.
            unsafe { v128_store(to.cast(), self.0) }
        }

        #[inline(always)]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(f32x4_add(self.0, f32x4_mul(a.0, b.0)))
        }

        #[inline(always)]
        pub fn plus(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0))
        }

        #[inline(always)]
        pub fn max(self, other: Self) -> Self {
            Self(f32x4_pmax(self.0, other.0))
        }

        #[inline(always)]
        pub fn exceeds(self, other: Self) -> Mask {
            Mask(f32x4_gt(self.0, other.0))
        }

        #[inline(always)]
        pub fn is_nan(self) -> Mask {
            Mask(f32x4_ne(self.0, self.0))
        }
    }

    impl Mask {
        #[inline(always)]
        pub fn or(self, other: Self) -> Self {
            Self(v128_or(self.0, other.0))
        }

        #[inline(always)]
        pub fn select(self, yes: F32x4, no: F32x4) -> F32x4 {
            F32x4(v128_bitselect(yes.0, no.0, self.0))
        }

        #[inline(always)]
        pub fn keep(self, numbers: F32x4) -> F32x4 {
            F32x4(v128_and(self.0, numbers.0))
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    use std::array::from_fn;

    pub const NAME: &str = "scalar";

    /// Four numbers.
    #[derive(Clone, Copy)]
    pub struct F32x4([f32; 4]);

    /// For each of four numbers, yes or no.
    #[derive(Clone, Copy)]
    pub struct Mask([bool; 4]);

    impl F32x4 {
        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self([value; 4])
        }

        #[inline(always)]
        pub unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller vouches for four numbers at `from`.
            Self(unsafe { from.cast::<[f32; 4]>().read_unaligned() })
        }

        #[inline(always)]
        pub unsafe fn load_splat(from: *const f32) -> Self {
            // SAFETY: the caller vouches for a number at `from`.
            Self::splat(unsafe { *from })
        }

        #[inline(always)]
        pub unsafe fn store(self, to: *mut f32) {
            // SAFETY: the caller vouches for room for four numbers.
            unsafe { to.cast::<[f32; 4]>().write_unaligned(self.0) }
        }

        #[inline(always)]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(from_fn(|lane| self.0[lane] + a.0[lane] * b.0[lane]))
        }

        #[inline(always)]
        pub fn plus(self, other: Self) -> Self {
            Self(from_fn(|lane| self.0[lane] + other.0[lane]))
        }

        /// The larger of each two numbers; the first if one is NaN.
        #[inline(always)]
        pub fn max(self, other: Self) -> Self {
            Self(from_fn(|lane| if self.0[lane] < other.0[lane] { other.0[lane] } else { self.0[lane] }))
        }

        #[inline(always)]
        pub fn exceeds(self, other: Self) -> Mask {
            Mask(from_fn(|lane| self.0[lane] > other.0[lane]))
        }

        #[inline(always)]
        pub fn is_nan(self) -> Mask {
            Mask(self.0.map(f32::is_nan))
        }
    }

    impl Mask {
        #[inline(always)]
        pub fn or(self, other: Self) -> Self {
            Self(from_fn(|lane| self.0[lane] || other.0[lane]))
        }

        #[inline(always)]
        pub fn select(self, yes: F32x4, no: F32x4) -> F32x4 {
            F32x4(from_fn(|lane| if self.0[lane] { yes.0[lane] } else { no.0[lane] }))
        }

        /// The numbers where the mask says yes, 0 elsewhere.
        #[inline(always)]
        pub fn keep(self, numbers: F32x4) -> F32x4 {
            F32x4(from_fn(|lane| if self.0[lane] { numbers.0[lane] } else { 0.0 }))
        }
    }
}

pub use lanes::{F32x4, NAME};
