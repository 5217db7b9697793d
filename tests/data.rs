//! MNIST's files, splits and labels, as the rest of the engine and the page use them.

use convscope::data::{DataFile, Dataset, IdxKind, IdxReader, Sizes, Split};
use convscope::error::ErrorCode;
use convscope::mnist::{FORM, PIXELS};
use convscope::shape::ImageForm;
use convscope::spec::Spec;
use convscope::trainer::Trainer;

const SIZES: Sizes = Sizes { training: 6, validation: 2, test: 3 };

/// Files in which every pixel of image i is `first` + i, and its label is i.
fn files() -> [Vec<u8>; 4] {
    let images =
        |first: u8, count: usize| -> Vec<u8> { (0..count).flat_map(|i| [first + i as u8; PIXELS]).collect() };
    let labels = |count: usize| (0..count as u8).collect::<Vec<u8>>();
    let file = |kind, count, payload| {
        [IdxReader::new("images", kind, FORM, count).expected_header(), payload].concat()
    };
    [
        file(IdxKind::Images, 8, images(10, 8)),
        file(IdxKind::Labels, 8, labels(8)),
        file(IdxKind::Images, 3, images(100, 3)),
        file(IdxKind::Labels, 3, labels(3)),
    ]
}

fn loaded() -> Dataset {
    let files = files();
    Dataset::from_files(FORM, SIZES, files.each_ref().map(Vec::as_slice)).unwrap()
}

#[test]
fn mnist_has_55000_images_to_train_5000_to_validate_and_10000_to_test() {
    let dataset = Dataset::default();
    assert_eq!(
        [Split::Training, Split::Validation, Split::Test].map(|split| dataset.len(split)),
        [55_000, 5_000, 10_000]
    );
}

#[test]
fn validation_images_are_the_last_of_the_training_file() {
    let dataset = loaded();
    assert_eq!(dataset.image(Split::Training, 5).unwrap(), [15; PIXELS]);
    assert_eq!(dataset.image(Split::Validation, 0).unwrap(), [16; PIXELS]);
    assert_eq!(dataset.image(Split::Validation, 1).unwrap(), [17; PIXELS]);
    assert_eq!(dataset.image(Split::Test, 2).unwrap(), [102; PIXELS]);
    assert_eq!(dataset.label(Split::Training, 5), Ok(5));
    assert_eq!(dataset.label(Split::Validation, 1), Ok(7));
    assert_eq!(dataset.label(Split::Test, 2), Ok(2));
}

#[test]
fn no_image_is_in_two_splits() {
    let dataset = loaded();
    assert_eq!(dataset.image(Split::Training, 6).unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(dataset.image(Split::Validation, 2).unwrap_err().code, ErrorCode::NotFound);
    let error = dataset.label(Split::Test, usize::MAX).unwrap_err();
    assert_eq!(error.message, format!("There is no test image {}: there are 3.", usize::MAX));
}

#[test]
fn an_image_is_ready_when_both_its_pixels_and_its_label_are_there() {
    let [train_images, train_labels, ..] = files();
    let mut dataset = Dataset::new(FORM, SIZES);
    dataset.file_mut(DataFile::TrainImages).append(&train_images[..16 + 7 * PIXELS + 3]).unwrap();
    assert_eq!(dataset.ready(Split::Training), 0);
    dataset.file_mut(DataFile::TrainLabels).append(&train_labels[..8 + 4]).unwrap();
    assert_eq!((dataset.ready(Split::Training), dataset.ready(Split::Validation)), (4, 0));
    dataset.file_mut(DataFile::TrainLabels).append(&train_labels[8 + 4..]).unwrap();
    assert_eq!((dataset.ready(Split::Training), dataset.ready(Split::Validation)), (6, 1));
    assert_eq!(dataset.ready(Split::Test), 0);
    assert_eq!(dataset.label(Split::Validation, 1), Ok(7));
    let error = dataset.image(Split::Validation, 1).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotReady);
    assert_eq!(error.message, "The validation image 1 has not been loaded yet; wait for it.");
}

#[test]
fn a_file_of_another_length_is_named_in_the_error() {
    let files = files();
    let mut swapped = files.each_ref().map(Vec::as_slice);
    swapped.swap(0, 2);
    let error = Dataset::from_files(FORM, SIZES, swapped).unwrap_err();
    assert_eq!(error.code, ErrorCode::BadFile);
    assert!(
        error.message.starts_with("The file of training images should hold 8 images"),
        "{}",
        error.message
    );
}

#[test]
fn loading_a_file_again_forgets_the_first_time() {
    let mut dataset = loaded();
    let labels = dataset.file_mut(DataFile::TestLabels);
    labels.begin();
    assert_eq!(dataset.ready(Split::Test), 0);
    let [.., test_labels] = files();
    dataset.file_mut(DataFile::TestLabels).append(&test_labels).unwrap();
    assert_eq!(dataset.ready(Split::Test), 3);
}

#[test]
fn from_parts_makes_the_same_data_set_as_from_files() {
    let files = files();
    let parts = [&files[0][16..], &files[1][8..], &files[2][16..], &files[3][8..]];
    let dataset = Dataset::from_parts(FORM, SIZES, parts).unwrap();
    for split in [Split::Training, Split::Validation, Split::Test] {
        assert_eq!(dataset.ready(split), dataset.len(split));
        for index in 0..dataset.len(split) {
            assert_eq!(dataset.image(split, index), loaded().image(split, index));
            assert_eq!(dataset.label(split, index), loaded().label(split, index));
        }
    }
    let error = Dataset::from_parts(FORM, SIZES, [parts[0], &parts[1][1..], parts[2], parts[3]]).unwrap_err();
    assert!(error.message.contains("ends after 7 of 8 labels"), "{}", error.message);
}

#[test]
fn files_and_splits_have_the_names_that_the_page_sends() {
    let name = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let files = DataFile::ALL.map(|file| name(serde_json::to_value(file).unwrap()));
    assert_eq!(files, ["trainImages", "trainLabels", "testImages", "testLabels"]);
    let splits = [Split::Training, Split::Validation, Split::Test];
    assert_eq!(
        splits.map(|split| name(serde_json::to_value(split).unwrap())),
        ["training", "validation", "test"]
    );
}

#[test]
fn sets_beyond_the_limits_are_refused_before_memory_is_taken() {
    let form = ImageForm { channels: 3, rows: 64, columns: 64, classes: 100 };
    let sizes = |training, validation, test| Sizes { training, validation, test };
    let codes = |form, sizes| Dataset::within_limits(form, sizes).err().map(|error| error.code);
    assert_eq!(codes(form, sizes(20_000, 845, 1000)), None);
    assert_eq!(codes(form, sizes(20_000, 846, 1000)), Some(ErrorCode::TooLarge));
    let small = ImageForm { channels: 1, rows: 8, columns: 8, classes: 2 };
    assert_eq!(codes(small, sizes(100_000, 0, 0)), None);
    assert_eq!(codes(small, sizes(99_999, 1, 1)), Some(ErrorCode::TooLarge));
    assert_eq!(codes(small, sizes(usize::MAX, usize::MAX, 1)), Some(ErrorCode::TooLarge));
    for form in [
        ImageForm { channels: 2, ..small },
        ImageForm { channels: 0, ..small },
        ImageForm { rows: 7, ..small },
        ImageForm { columns: 65, ..small },
        ImageForm { rows: usize::MAX, columns: usize::MAX, ..small },
        ImageForm { classes: 1, ..small },
        ImageForm { classes: 101, ..small },
    ] {
        assert_eq!(codes(form, sizes(10, 0, 0)), Some(ErrorCode::OutOfRange), "{form:?}");
    }
}

#[test]
fn a_set_without_training_images_is_not_trained_on() {
    let spec: Spec = serde_json::from_str(
        r#"{"input":[1,28,28],"layers":[{"type":"flatten"},{"type":"dense","units":10}]}"#,
    )
    .unwrap();
    let dataset = Dataset::new(FORM, Sizes { training: 0, validation: 2, test: 3 });
    let mut trainer = Trainer::new(spec, &dataset).unwrap();
    assert_eq!(trainer.step(&dataset).unwrap_err().code, ErrorCode::NotReady);
}
