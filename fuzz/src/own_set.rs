//! Images of one's own: whatever the files hold, they are refused with one sentence, or they are a set that can be saved
//! and read again.

use convscope::own_set::{self, Collector, MOST_PIXELS};

/// As much as is made of fuzzed files: more takes time, and shows nothing new.
const MOST_BYTES: usize = 1 << 20;

/// A file of any kind, on its own.
pub fn collection(data: &[u8]) -> bool {
    is_set(&[("set/file", data)])
}

/// A NumPy array of images or labels beside one that is whole: the first byte says which, and how many labels there are.
pub fn array(data: &[u8]) -> bool {
    let [choice, array @ ..] = data else { return false };
    let count = usize::from(choice >> 1);
    let labels: Vec<u8> = (0..count).map(|label| (label % 2) as u8).collect();
    if choice & 1 == 0 {
        let labels = [&[0, 0, 8, 1, 0, 0, 0, count as u8], &labels[..]].concat();
        return is_set(&[("x.npy", array), ("y", &labels)]);
    }
    let pixels =
        [&[0, 0, 8, 3, 0, 0, 0, count as u8, 0, 0, 0, 8, 0, 0, 0, 8], &[7; 64].repeat(count)[..]].concat();
    is_set(&[("x", &pixels), ("y.npy", array)])
}

/// A table.
pub fn table(data: &[u8]) -> bool {
    is_set(&[("set.csv", data)])
}

/// The manifest of a saved set of two training images, one to validate and one to test.
pub fn manifest(data: &[u8]) -> bool {
    let images = |count: u8| {
        [&[0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 8, 0, 0, 0, 8], &[51; 64].repeat(count.into())[..]].concat()
    };
    let labels = |count: u8| [&[0, 0, 8, 1, 0, 0, 0, count], &[0, 1, 0][..count.into()]].concat();
    is_set(&[
        ("manifest", data),
        ("train-images-idx3-ubyte", &images(3)),
        ("train-labels-idx1-ubyte", &labels(3)),
        ("t10k-images-idx3-ubyte", &images(1)),
        ("t10k-labels-idx1-ubyte", &labels(1)),
    ])
}

/// A picture.
pub fn picture(data: &[u8]) -> bool {
    own_set::decode(data).is_ok()
}

fn is_set(files: &[(&str, &[u8])]) -> bool {
    collect(files)
        .inspect_err(|message| assert!(message.ends_with('.') && message.len() < 1_000, "{message}"))
        .is_ok_and(|is_set| is_set)
}

fn collect(files: &[(&str, &[u8])]) -> Result<bool, String> {
    let mut collector = Collector::default();
    for (name, bytes) in files {
        collector.add(name, bytes.to_vec()).map_err(|error| error.message)?;
    }
    let survey = collector.survey().map_err(|error| error.message)?;
    if survey.bytes > MOST_BYTES {
        return Ok(false);
    }
    let set = collector.collect(&survey.proposal).map_err(|error| error.message)?;
    let pixels = set.form().pixels() * (set.sizes().training + set.sizes().validation + set.sizes().test);
    assert!(pixels <= MOST_PIXELS);
    let mut again = Collector::default();
    again.add("set.zip", set.zip().unwrap()).unwrap();
    let choices = again.survey().unwrap().proposal;
    assert_eq!(again.collect(&choices).unwrap().name(), set.name());
    Ok(true)
}
