use wasm_bindgen::prelude::*;

use super::convert::{bytes, counts, floats, object, progress};
use crate::error::Result;
use crate::inquiry;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** How far a job is, in passes of a block of 16 images. */
export interface Progress { done: number; of: number }
/** `[image][class]`. */
export interface Reading { logits: Float32Array; probabilities: Float32Array }
/** Of each picture as its bytes are, `values` has the mean of the channel's map. */
export interface Dreamt { pixels: Uint8Array; values: Float32Array }
/** `strength`: the largest change that any pixel was allowed, in grey levels; `turned`: whether that was enough. */
export interface Attacked { strength: number; turned: boolean; pixels: Uint8Array; probabilities: Float32Array }
/** `size`: the Euclidean size of the change, in grey levels. */
export interface Compared {
  kind: 'attack' | 'noise' | 'blur' | 'rotation' | 'occlusion';
  pixels: Uint8Array;
  probabilities: Float32Array;
  size: number;
}
/** Of the first `images` images, those classified correctly, `[kind][strength]`. */
export interface Withstood { correct: Uint32Array; images: number }
/** Of the images so far. */
export interface Counted {
  correct: number;
  images: number;
  correctPerClass: Uint32Array;
  imagesPerClass: Uint32Array;
}
/** Of the images so far; without each channel. */
export interface Costs { correct: number; correctWithout: Uint32Array; images: number }
/** `map` `[row][column]`: what the class's probability loses; `score`: that probability with nothing covered. */
export interface Occluded { map: Float32Array; score: number }
/** `map` `[row][column]`, `weights` `[channel]`. */
export interface ClassActivation { map: Float32Array; rows: number; columns: number; weights: Float32Array }
/** `map` `[channel][row][column]`, and its `sum`; `difference` of the class's logits between image and baseline. */
export interface Shares { map: Float32Array; sum: number; difference: number }
"#;

/// A job: its type, what it is called in JavaScript, and what its result is.
macro_rules! job {
    ($(#[$about:meta])* $name:ident -> $type:literal, |$job:ident| $result:expr) => {
        $(#[$about])*
        #[wasm_bindgen]
        pub struct $name(pub(super) inquiry::$name);

        #[wasm_bindgen]
        impl $name {
            /// Does up to so many more passes.
            #[wasm_bindgen(unchecked_return_type = "Progress")]
            pub fn advance(&mut self, passes: usize) -> Result<JsValue> {
                self.0.advance(passes).map(progress)
            }

            /// What is known so far.
            #[wasm_bindgen(unchecked_return_type = $type)]
            pub fn result(&mut self) -> Result<JsValue> {
                let $job = &mut self.0;
                Ok($result)
            }
        }
    };
}

job!(
    /// Pictures that channels answer to most.
    Dream -> "Dreamt",
    |job| object([("pixels", bytes(&job.pixels())), ("values", floats(&job.values()?))])
);

job!(
    /// A change that turns the answer. It has no result before its end.
    Attack -> "Attacked",
    |job| {
        let attacked = job.attacked()?;
        object([
            ("strength", attacked.strength.into()),
            ("turned", attacked.turned.into()),
            ("pixels", bytes(&attacked.pixels)),
            ("probabilities", floats(&attacked.probabilities)),
        ])
    }
);

job!(
    /// Accuracy against strength.
    Robustness -> "Withstood",
    |job| object([("correct", counts(job.correct())), ("images", job.images().into())])
);

job!(
    /// How many answers are correct.
    Accuracy -> "Counted",
    |job| object([
        ("correct", job.correct().iter().sum::<u32>().into()),
        ("images", job.images().iter().sum::<u32>().into()),
        ("correctPerClass", counts(job.correct())),
        ("imagesPerClass", counts(job.images())),
    ])
);

job!(
    /// How many answers are correct without each channel of a layer.
    ChannelCosts -> "Costs",
    |job| object([
        ("correct", job.correct().into()),
        ("correctWithout", counts(job.correct_without())),
        ("images", job.images().into()),
    ])
);

job!(
    /// What a class loses when a square covers the image.
    Occlusion -> "Occluded",
    |job| object([("map", floats(&job.map())), ("score", job.score().into())])
);

job!(
    /// Each pixel's share in a score. It has no result before its end.
    Integrated -> "Shares",
    |job| {
        let map = job.map()?;
        let sum: f64 = map.iter().map(|&share| f64::from(share)).sum();
        object([("map", floats(&map)), ("sum", sum.into()), ("difference", job.difference().into())])
    }
);
