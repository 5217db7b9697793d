use super::*;
use crate::mnist::{FORM, PIXELS};

fn images(count: usize) -> IdxReader {
    IdxReader::new("test images", IdxKind::Images, FORM, count)
}

fn labels(count: usize) -> IdxReader {
    IdxReader::new("test labels", IdxKind::Labels, FORM, count)
}

fn file(reader: &IdxReader, payload: &[u8]) -> Vec<u8> {
    [reader.expected_header(), payload.to_vec()].concat()
}

/// The error when `bytes` is the whole file.
fn refusal(mut reader: IdxReader, bytes: &[u8]) -> String {
    let error = reader.append(bytes).and_then(|()| reader.finish()).expect_err("this file is bad");
    assert_eq!(error.code, ErrorCode::BadFile);
    assert_eq!(reader.items(), 0, "nothing of a bad file is kept");
    error.message
}

#[test]
fn a_header_is_as_the_format_describes_it() {
    assert_eq!(images(60_000).expected_header(), [0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0, 0, 28, 0, 0, 0, 28]);
    assert_eq!(labels(60_000).expected_header(), [0, 0, 8, 1, 0, 0, 0xea, 0x60]);
}

#[test]
fn a_file_reads_the_same_in_pieces_of_any_size() {
    let payload: Vec<u8> = (0..3 * PIXELS).map(|i| (i % 251) as u8).collect();
    let whole = file(&images(3), &payload);
    for size in [1, 7, 16, 17, 784, 785, 5000] {
        let mut reader = images(3);
        for piece in whole.chunks(size) {
            assert!(!reader.is_complete());
            reader.append(piece).unwrap();
        }
        reader.finish().unwrap();
        assert!(reader.is_complete());
        for index in 0..3 {
            assert_eq!(reader.item(index), Some(&payload[index * PIXELS..][..PIXELS]));
        }
        assert_eq!(reader.item(3), None);
    }
}

#[test]
fn items_count_only_when_they_have_been_read_in_full() {
    let mut reader = images(2);
    assert_eq!(reader.items(), 0);
    reader.append(&reader.expected_header()).unwrap();
    reader.append(&[0; PIXELS - 1]).unwrap();
    assert_eq!((reader.items(), reader.item(0)), (0, None));
    reader.append(&[0]).unwrap();
    assert_eq!((reader.items(), reader.item(0)), (1, Some(&[0; PIXELS][..])));
    assert_eq!(reader.item(usize::MAX), None);
}

#[test]
fn a_file_that_ends_early_says_how_far_it_goes() {
    let part = file(&images(3), &[0; 2 * PIXELS + 5]);
    assert_eq!(refusal(images(3), &part), "The file of test images ends after 2 of 3 images; load it again.");
    assert_eq!(refusal(labels(3), &[]), "The file of test labels ends after 0 of 3 labels; load it again.");
    assert!(refusal(labels(3), &[0, 0, 8, 1, 0]).contains("ends after 0 of 3"));
}

#[test]
fn a_file_that_goes_on_after_its_end_is_refused() {
    let long = file(&labels(2), &[1, 2, 3]);
    assert_eq!(
        refusal(labels(2), &long),
        "The file of test labels goes on after its 2 labels; load it again."
    );
    let mut reader = labels(2);
    reader.append(&long[..10]).unwrap();
    assert_eq!(reader.append(&long[10..]).unwrap_err().code, ErrorCode::BadFile);
    assert_eq!(reader.items(), 0);
}

#[test]
fn even_a_file_of_no_items_needs_its_header() {
    assert!(labels(0).finish().is_err());
    let mut reader = labels(0);
    reader.append(&reader.expected_header()).unwrap();
    reader.finish().unwrap();
}

#[test]
fn images_and_labels_are_not_taken_for_one_another() {
    let of_labels = file(&labels(2), &[1; 2 * PIXELS]);
    assert!(refusal(images(2), &of_labels).contains("should hold images, but holds labels"));
    let of_images = file(&images(2), &[1; 2 * PIXELS]);
    assert!(refusal(labels(2), &of_images).contains("should hold labels, but holds images"));
}

#[test]
fn another_number_or_size_of_images_is_refused() {
    let fewer = file(&images(1), &[0; PIXELS]);
    assert!(refusal(images(2), &fewer).contains("2 images of 28×28, but by its header holds 1 of 28×28"));
    let mut wider = file(&images(2), &[0; 2 * PIXELS]);
    wider[15] = 29;
    assert!(refusal(images(2), &wider).contains("holds 2 of 28×29"));
    assert!(refusal(labels(2), &file(&labels(1), &[0])).contains("2 labels, but by its header holds 1"));
}

#[test]
fn a_page_or_a_compressed_file_in_place_of_the_data_is_named() {
    assert!(refusal(images(2), b"\x1f\x8b\x08\x00............").contains("still compressed with gzip"));
    let page = refusal(images(2), b"<!doctype html><title>404</title>");
    assert!(
        page.contains("not an IDX file of images: it begins with the bytes 3c21646f, not 00000803"),
        "{page}"
    );
}

#[test]
fn a_header_that_promises_terabytes_takes_no_memory() {
    let mut reader = images(2);
    let huge = [[0, 0, 8, 3], [0xff; 4], [0xff; 4], [0xff; 4]].concat();
    assert_eq!(reader.append(&huge).unwrap_err().code, ErrorCode::BadFile);
    assert_eq!(reader.payload.capacity(), 0);
}

#[test]
fn the_memory_for_a_file_is_taken_once() {
    let mut reader = images(5);
    reader.append(&reader.expected_header()).unwrap();
    let before = reader.payload.as_ptr();
    for _ in 0..5 {
        reader.append(&[7; PIXELS]).unwrap();
    }
    assert_eq!(reader.payload.as_ptr(), before);
}

#[test]
fn a_label_above_9_is_refused_with_its_position() {
    let bad = file(&labels(4), &[0, 9, 10, 1]);
    assert!(refusal(labels(4), &bad).contains("the label 10 at position 2, but labels go from 0 to 9"));
    let mut reader = labels(4);
    reader.append(&bad[..9]).unwrap();
    assert!(reader.append(&bad[9..]).unwrap_err().message.contains("position 2"));
    assert_eq!(reader.items(), 0);
}

#[test]
fn after_an_error_the_file_can_be_read_again_from_its_beginning() {
    let mut reader = labels(3);
    let good = file(&reader, &[1, 2, 3]);
    reader.append(&good[..9]).unwrap();
    assert!(reader.finish().is_err());
    reader.append(&good).unwrap();
    reader.finish().unwrap();
    reader.begin();
    assert_eq!(reader.items(), 0);
    reader.append(&good).unwrap();
    assert_eq!(reader.items(), 3);
}

/// Small images in three channels, or their labels, in 3 classes.
fn small(kind: IdxKind, count: usize) -> IdxReader {
    IdxReader::new("test images", kind, ImageForm { channels: 3, rows: 8, columns: 9, classes: 3 }, count)
}

#[test]
fn images_of_three_channels_have_one_more_number_in_their_header() {
    let mut reader = small(IdxKind::Images, 2);
    let header = [[0, 0, 8, 4], [0, 0, 0, 2], [0, 0, 0, 3], [0, 0, 0, 8], [0, 0, 0, 9]].concat();
    assert_eq!(reader.expected_header(), header);
    let payload: Vec<u8> = (0..2 * 216).map(|at| (at % 251) as u8).collect();
    for piece in file(&reader, &payload).chunks(13) {
        reader.append(piece).unwrap();
    }
    reader.finish().unwrap();
    assert_eq!([reader.item(0), reader.item(1)], [Some(&payload[..216]), Some(&payload[216..])]);
}

#[test]
fn images_of_other_channels_are_refused_with_what_they_are() {
    let grey = file(&images(2), &[0; 2 * PIXELS]);
    let colour = file(&small(IdxKind::Images, 2), &[0; 432]);
    assert!(
        refusal(small(IdxKind::Images, 2), &grey)
            .contains("should hold images of several channels, but holds images of one channel")
    );
    assert!(
        refusal(images(2), &colour)
            .contains("should hold images of one channel, but holds images of several channels")
    );
    assert!(refusal(labels(2), &colour).contains("should hold labels, but holds images of several channels"));
    for (place, wrong) in [
        (7, "holds 7 of 3×8×9"),
        (11, "holds 2 of 7×8×9"),
        (15, "holds 2 of 3×7×9"),
        (19, "holds 2 of 3×8×7"),
    ] {
        let mut other = colour.clone();
        other[place] = 7;
        let message = refusal(small(IdxKind::Images, 2), &other);
        assert!(message.contains("should hold 2 images of 3×8×9"), "{message}");
        assert!(message.contains(wrong), "{message}");
    }
    let early = refusal(small(IdxKind::Images, 2), &colour[..300]);
    assert!(early.contains("ends after 1 of 2 images"), "{early}");
    assert!(
        refusal(small(IdxKind::Images, 2), &[&colour[..], &[0]].concat()).contains("goes on after its 2")
    );
}

#[test]
fn a_label_must_be_one_of_the_classes_there_are() {
    let reader = small(IdxKind::Labels, 3);
    let bad = file(&reader, &[2, 0, 3]);
    assert!(refusal(reader, &bad).contains("the label 3 at position 2, but labels go from 0 to 2"));
}
