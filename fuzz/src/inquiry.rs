//! Questions with any arguments.

use std::sync::OnceLock;

use convscope::error::{Error, Result};
use convscope::inquiry::{
    Against, Baseline, DreamSettings, Frozen, Goal, Inquiry, Kind, Off, Progress, RobustnessSettings,
};
use convscope::network::Network;
use convscope::spec::Spec;
use convscope::trainer::new_checkpoint;

/// The arguments, one after the other: words of four bytes, then zeros.
struct Words<'a>(&'a [u8]);

impl Words<'_> {
    fn word(&mut self) -> u32 {
        let Some((word, rest)) = self.0.split_first_chunk() else { return 0 };
        self.0 = rest;
        u32::from_le_bytes(*word)
    }

    /// Any number; half of the time a small one, since most are refused.
    fn number(&mut self) -> usize {
        let word = self.word();
        if word & 1 == 0 { (word >> 1) as usize % 20 } else { word as usize }
    }

    fn float(&mut self) -> f32 {
        f32::from_bits(self.word())
    }

    fn off(&mut self) -> Vec<Off> {
        (0..self.word() % 3)
            .map(|_| Off { layer: self.number(), channel: self.number(), to: self.frozen() })
            .collect()
    }

    fn frozen(&mut self) -> Frozen {
        if self.word() & 1 == 0 { Frozen::Zero } else { Frozen::Mean }
    }
}

/// Questions to a small network of all kinds of layers: each is refused with a sentence, or answered. The first word
/// chooses the question.
pub fn inquiry(data: &[u8]) -> bool {
    let mut inquiry = asked().clone();
    let (pixels, classes) = sizes();
    let image: Vec<u8> = (0..pixels).map(|index| (index * 37 % 256) as u8).collect();
    let mut words = Words(data);
    let answered = match words.word() % 9 {
        0 => inquiry.read(&image, &words.off()).map(|reading| assert_eq!(reading.logits.len(), classes)),
        1 => inquiry.maps(&image, words.number(), &words.off()).map(|maps| assert!(!maps.is_empty())),
        2 => dream(&inquiry, &mut words),
        3 => fool(&inquiry, &image, &mut words),
        4 => robustness(&inquiry, &mut words),
        5 => {
            let (layer, to, off) = (words.number(), words.frozen(), words.off());
            inquiry.channel_costs(layer, to, &off).and_then(|mut job| to_the_end(|| job.advance(1)))
        }
        6 => {
            let [class, size, stride] = [0; 3].map(|_| words.number());
            inquiry.occlusion(&image, class, size, stride, words.float()).and_then(|mut job| {
                to_the_end(|| job.advance(1))?;
                assert!(job.map().iter().all(|loss| (-1.0..=1.0).contains(loss)));
                Ok(())
            })
        }
        7 => inquiry.class_activation(&image, words.number(), words.number()).map(|activation| {
            assert_eq!(activation.map.len(), activation.size[0] * activation.size[1]);
        }),
        _ => {
            let (class, points) = (words.number(), words.number());
            inquiry.integrated(&image, class, Baseline::Mean, points).and_then(|mut job| {
                to_the_end(|| job.advance(1))?;
                assert_eq!(job.map()?.len(), pixels);
                Ok(())
            })
        }
    };
    answered.map_err(check_sentence).is_ok()
}

fn dream(inquiry: &Inquiry, words: &mut Words) -> Result<()> {
    let channels: Vec<usize> = (0..words.word() % 4).map(|_| words.number()).collect();
    let settings = DreamSettings {
        seed: u64::from(words.word()) << 22,
        steps: words.number().min(5),
        rate: words.float(),
        jitter: words.number(),
        blur: words.float(),
        decay: words.float(),
        variation: words.float(),
    };
    let mut dream = inquiry.dream(words.number(), &channels, settings)?;
    to_the_end(|| dream.advance(1))?;
    assert_eq!(dream.pixels().len(), channels.len() * sizes().0);
    assert!(dream.values()?.iter().all(|value| value.is_finite()));
    Ok(())
}

fn fool(inquiry: &Inquiry, image: &[u8], words: &mut Words) -> Result<()> {
    let class = words.number();
    let goal = if words.word() & 1 == 0 { Goal::AwayFrom(class) } else { Goal::Towards(class) };
    let strength = (words.word() & 1 == 0).then(|| words.number());
    let mut attack = inquiry.fool(image, goal, strength, words.number(), words.number())?;
    to_the_end(|| attack.advance(1))?;
    let attacked = attack.attacked()?;
    let change = |(&a, &b): (&u8, &u8)| a.abs_diff(b);
    assert!(image.iter().zip(&attacked.pixels).map(change).all(|by| by <= attacked.strength));
    Ok(())
}

fn robustness(inquiry: &Inquiry, words: &mut Words) -> Result<()> {
    let kinds = [Against::Sign, Against::Iterated, Against::Change(Kind::Rotation)];
    let settings = RobustnessSettings {
        strengths: (0..words.word() % 4).map(|_| words.word() as u8).collect(),
        against: kinds.into_iter().take(words.word() as usize % 4).collect(),
        images: words.number(),
        steps: words.number().min(101),
        seed: 1,
    };
    let mut job = inquiry.robustness(settings)?;
    to_the_end(|| job.advance(1))
}

fn check_sentence(error: Error) {
    assert!(error.message.ends_with('.') && error.message.len() < 500, "{}", error.message);
}

fn to_the_end(mut advance: impl FnMut() -> Result<Progress>) -> Result<()> {
    let mut done = 0;
    loop {
        let progress = advance()?;
        if progress.is_finished() {
            return Ok(());
        }
        assert!(progress.done > done);
        done = progress.done;
    }
}

/// A network with a few images, some of whose means are measured.
fn asked() -> &'static Inquiry {
    static ASKED: OnceLock<Inquiry> = OnceLock::new();
    ASKED.get_or_init(|| {
        let (pixels, classes) = sizes();
        let mut inquiry = Inquiry::new(&new_checkpoint(spec(), &Network::new(spec()).unwrap())).unwrap();
        let images = (0..5 * pixels).map(|index| (index * 41 % 256) as u8).collect();
        inquiry.use_images(images, (0..5).map(|image| (image % classes) as u8).collect()).unwrap();
        inquiry.measure_means(1).unwrap();
        inquiry
    })
}

fn sizes() -> (usize, usize) {
    let form = Network::new(spec()).unwrap().form();
    (form.pixels(), form.classes)
}

fn spec() -> &'static Spec {
    static SPEC: OnceLock<Spec> = OnceLock::new();
    SPEC.get_or_init(|| {
        serde_json::from_str(
            r#"{ "input": [3, 9, 8], "layers": [
                { "type": "conv2d", "filters": 5, "kernel_size": [3, 2], "padding": [1, 1] },
                { "type": "relu" },
                { "type": "max_pool2d", "kernel_size": [2, 2], "stride": [2, 2] },
                { "type": "conv2d", "filters": 3, "kernel_size": [2, 2] },
                { "type": "gelu" },
                { "type": "avg_pool2d", "kernel_size": [2, 2], "stride": [1, 1] },
                { "type": "flatten" },
                { "type": "dropout", "rate": 0.5 },
                { "type": "dense", "units": 7 },
                { "type": "tanh" },
                { "type": "dense", "units": 4 }] }"#,
        )
        .unwrap()
    })
}
