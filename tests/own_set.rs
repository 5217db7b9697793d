//! Sets of one's own: files of every kind, made into the same set wherever they come from.

use std::io::{Cursor, Write};

use convscope::data::DataFile;
use convscope::error::{Error, ErrorCode};
use convscope::own_set::{Choices, Collected, Collector, Kind, LabelColumn, Survey, Target, decode};
use convscope::rng::Rng;
use image::{ExtendedColorType, ImageFormat};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SIDE: usize = 12;
const CLASSES: usize = 3;
const EACH: usize = 20;

type Files = Vec<(String, Vec<u8>)>;

/// Light on dark, sorted by class.
fn images(channels: usize) -> Vec<(u8, Vec<u8>)> {
    let mut rng = Rng::new(5);
    let mut image = |class: usize| {
        let noise = |_| rng.below(90) as u8;
        let mut pixels: Vec<u8> = (0..channels * SIDE * SIDE).map(noise).collect();
        pixels[(4 + 2 * class) * SIDE..][2..SIDE - 2].fill(250);
        (class as u8, pixels)
    };
    (0..CLASSES * EACH).map(|at| image(at / EACH)).collect()
}

fn idx(numbers: &[usize], bytes: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let head = [0, 0, 8, numbers.len() as u8].into_iter();
    head.chain(numbers.iter().flat_map(|&number| (number as u32).to_be_bytes())).chain(bytes).collect()
}

fn idx_files(images: &[(u8, Vec<u8>)], prefix: &str) -> Files {
    let pixels = images.iter().flat_map(|(_, pixels)| pixels.clone());
    vec![
        (format!("{prefix}images-idx3-ubyte"), idx(&[images.len(), SIDE, SIDE], pixels)),
        (format!("{prefix}labels-idx1-ubyte"), idx(&[images.len()], images.iter().map(|(label, _)| *label))),
    ]
}

fn npy(descr: &str, shape: &str, data: Vec<u8>) -> Vec<u8> {
    let header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n");
    [b"\x93NUMPY\x01\0".to_vec(), (header.len() as u16).to_le_bytes().to_vec(), header.into_bytes(), data]
        .concat()
}

fn zip(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn npz(images: &[(u8, Vec<u8>)], x: &str, y: &str) -> Vec<u8> {
    let count = images.len();
    let pixels: Vec<u8> = images.iter().flat_map(|(_, pixels)| pixels.clone()).collect();
    let labels = images.iter().flat_map(|(label, _)| i64::from(*label).to_le_bytes()).collect();
    zip(&vec![
        (format!("{x}.npy"), npy("|u1", &format!("({count}, {SIDE}, {SIDE})"), pixels)),
        (format!("{y}.npy"), npy("<i8", &format!("({count},)"), labels)),
    ])
}

fn csv(images: &[(u8, Vec<u8>)], header: bool, last: bool) -> Vec<u8> {
    let row = |label: String, pixels: Vec<String>| {
        if last {
            format!("{},{label}\n", pixels.join(","))
        } else {
            format!("{label},{}\n", pixels.join(","))
        }
    };
    let names = (0..SIDE * SIDE).map(|at| format!("pixel{at}")).collect();
    let mut text = if header { row("label".into(), names) } else { String::new() };
    for (label, pixels) in images {
        text += &row(label.to_string(), pixels.iter().map(u8::to_string).collect());
    }
    text.into_bytes()
}

fn picture(pixels: &[u8], format: ImageFormat) -> Vec<u8> {
    let (side, mut file) = (SIDE as u32, Cursor::new(vec![]));
    image::write_buffer_with_format(&mut file, pixels, side, side, ExtendedColorType::L8, format).unwrap();
    file.into_inner()
}

fn png_files(images: &[(u8, Vec<u8>)], folder: &str) -> Files {
    let file = |(at, (label, pixels)): (usize, &(u8, Vec<u8>))| {
        (format!("{folder}{label}/{at:03}.png"), picture(pixels, ImageFormat::Png))
    };
    images.iter().enumerate().map(file).collect()
}

fn collector(files: &Files) -> Result<Collector, Error> {
    let mut collector = Collector::default();
    files.iter().try_for_each(|(name, bytes)| collector.add(name, bytes.clone()))?;
    Ok(collector)
}

fn survey(files: &Files) -> Survey {
    collector(files).unwrap().survey().unwrap()
}

/// As it is made unless something is chosen.
fn collect(files: &Files) -> Result<Collected, Error> {
    let mut collector = collector(files)?;
    let survey = collector.survey()?;
    collector.collect(&survey.proposal)
}

fn one(name: &str, bytes: Vec<u8>) -> Files {
    vec![(name.to_owned(), bytes)]
}

#[test]
fn the_same_images_are_the_same_set_in_files_of_every_kind() {
    let images = images(1);
    let expected = collect(&idx_files(&images, "")).unwrap();
    assert_eq!(expected.form().dims(), [1, SIDE, SIDE]);
    assert_eq!([expected.sizes().training, expected.sizes().validation, expected.sizes().test], [48, 6, 6]);
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let gzipped =
        idx_files(&images, "").iter().map(|(name, bytes)| (format!("{name}.gz"), gzip(bytes))).collect();
    let backwards = png_files(&images, "digits/").into_iter().rev().collect();
    for (kind, files) in [
        ("gzipped IDX", gzipped),
        ("IDX in a ZIP", one("set.zip", zip(&idx_files(&images, "a/b/")))),
        ("NPZ", one("set.npz", npz(&images, "x", "y"))),
        ("NPZ without names", one("set.npz", npz(&images, "arr_0", "arr_1"))),
        ("CSV", one("set.csv", csv(&images, false, false))),
        ("CSV with a header", one("train.csv", csv(&images, true, false))),
        ("CSV with labels at the end", one("set.csv", csv(&images, true, true))),
        ("PNG", png_files(&images, "")),
        ("PNG in another order", backwards),
        ("PNG in a ZIP", one("set.zip", zip(&png_files(&images, "digits/")))),
    ] {
        assert_eq!(collect(&files).unwrap().name(), expected.name(), "{kind}");
    }
}

#[test]
fn a_saved_set_is_the_same_set_again_as_a_zip_or_a_folder() {
    let set = collect(&png_files(&images(1), "")).unwrap();
    let saved = set.zip().unwrap();
    assert_eq!(saved, collect(&one("set.zip", saved.clone())).unwrap().zip().unwrap());
    let mut files = vec![("set/manifest".to_owned(), set.manifest().as_bytes().to_vec())];
    let names = [
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
    ];
    files.extend(
        names
            .into_iter()
            .zip(DataFile::ALL)
            .map(|(name, file)| (format!("set/{name}"), set.file(file).to_vec())),
    );
    let again = collect(&files).unwrap();
    assert_eq!((again.name(), again.manifest()), (set.name(), set.manifest()));
    let found = survey(&files);
    assert_eq!((found.kind, found.choices.any), (Kind::Saved, false));
    // One pixel more, and it is no longer what its manifest says.
    *files[1].1.last_mut().unwrap() ^= 255;
    assert_ne!(collect(&files).map_or(String::new(), |set| set.name().to_owned()), set.name());
    files.remove(2);
    assert_eq!(collect(&files).err().unwrap().code, ErrorCode::BadFile);
}

#[test]
fn the_name_of_a_set_never_changes() {
    let set = collect(&idx_files(&images(1), "")).unwrap();
    assert_eq!(set.name(), PINNED);
}

/// Changing it breaks every link and receipt of a set of one's own.
const PINNED: &str = "own-b79a8a6a2036c6079cd47cad9d726e087b44007cb776baf50443c46f39803cdb";

#[test]
fn splits_that_the_files_give_are_kept() {
    let images = images(1);
    let files = [png_files(&images[..40], "set/train/"), png_files(&images[20..], "set/test/")].concat();
    let found = survey(&files);
    assert_eq!(found.splits.len(), 2);
    let set = collect(&files).unwrap();
    assert_eq!(set.sizes().test, 40);
    assert_eq!(set.sizes().training + set.sizes().validation, 40);
    let report = set.report();
    assert_eq!(report.duplicates.test, 20, "{report:?}");
    assert_eq!(report.balance.test, [0, 20, 20]);
    assert!(report.warnings.iter().any(|warning| warning.contains("better than it is")));
    let npz = zip(&vec![
        (
            "x_train.npy".into(),
            npy(
                "<f4",
                "(40, 12, 12, 1)",
                images[..40]
                    .iter()
                    .flat_map(|(_, pixels)| {
                        pixels.iter().flat_map(|&pixel| (f32::from(pixel) / 255.0).to_le_bytes())
                    })
                    .collect(),
            ),
        ),
        ("y_train.npy".into(), npy("|u1", "(40, 1)", images[..40].iter().map(|(label, _)| *label).collect())),
        (
            "x_test.npy".into(),
            npy(
                ">u2",
                "(20, 144)",
                images[40..]
                    .iter()
                    .flat_map(|(_, pixels)| pixels.iter().flat_map(|&pixel| u16::from(pixel).to_be_bytes()))
                    .collect(),
            ),
        ),
        (
            "y_test.npy".into(),
            npy(
                "|b1",
                "(20, 3)",
                images[40..]
                    .iter()
                    .flat_map(|(label, _)| (0..3).map(|class| u8::from(class == *label)))
                    .collect(),
            ),
        ),
    ]);
    let idx = [idx_files(&images[..40], "train-"), idx_files(&images[40..], "t10k-")].concat();
    assert_eq!(collect(&one("mnist.npz", npz)).unwrap().name(), collect(&idx).unwrap().name());
}

#[test]
fn choices_change_size_colours_and_split() {
    let mut collector = collector(&png_files(&images(1), "")).unwrap();
    let proposal = collector.survey().unwrap().proposal;
    let names: Vec<String> = [
        proposal.clone(),
        Choices { rows: 28, columns: 20, ..proposal.clone() },
        Choices { channels: 3, ..proposal.clone() },
        Choices { invert: true, ..proposal.clone() },
        Choices { seed: 2, ..proposal.clone() },
    ]
    .iter()
    .map(|choices| collector.collect(choices).unwrap().name().to_owned())
    .collect();
    assert!((0..names.len()).all(|at| !names[..at].contains(&names[at])), "{names:?}");
    let label_column = Some(LabelColumn::Last);
    assert_eq!(collector.collect(&Choices { label_column, ..proposal.clone() }).unwrap().name(), names[0]);
    for wrong in [Choices { rows: 7, ..proposal.clone() }, Choices { channels: 2, ..proposal.clone() }] {
        assert_eq!(collector.prepare(&wrong).unwrap_err().code, ErrorCode::OutOfRange);
    }
}

#[test]
fn ink_on_paper_is_inverted_and_pictures_of_other_sizes_are_scaled_as_is_said() {
    let sheet = |size: u32| {
        let mut file = Cursor::new(vec![]);
        image::GrayImage::from_fn(size, size, |x, y| {
            image::Luma([if x.abs_diff(y) < 4 && x > 8 && x < size - 8 { 10 } else { 245 }])
        })
        .write_to(&mut file, ImageFormat::Png)
        .unwrap();
        file.into_inner()
    };
    let files = (0..30u32).map(|at| (format!("{}/{at}.png", at % 2), sheet(40 + at))).collect();
    let found = survey(&files);
    assert!(found.proposal.invert && !found.equal);
    assert_eq!([found.proposal.rows, found.proposal.columns], [28, 28]);
    assert!(found.warnings.iter().any(|warning| warning.contains("scaled to 28×28")), "{:?}", found.warnings);
    let set = collect(&files).unwrap();
    let pixels = &set.file(DataFile::TrainImages)[16..];
    assert_eq!(pixels[0], 10);
    assert!(set.normalization()[0] < 0.5);
}

/// The bits of a JPEG depend on how its decoder rounds: these are the same natively and in a browser.
#[test]
fn pictures_are_decoded_to_the_same_bits_everywhere() {
    let target = Target { channels: 3, rows: 8, columns: 10, invert: false };
    let files = [
        &include_bytes!("own_set/colour.jpg")[..],
        include_bytes!("own_set/grey.jpg"),
        include_bytes!("own_set/progressive.jpg"),
        include_bytes!("own_set/turned.jpg"),
        include_bytes!("own_set/lossy.webp"),
        include_bytes!("own_set/transparent.webp"),
        include_bytes!("own_set/transparent.png"),
    ];
    let found = files.map(|file| {
        let raster = decode(file).unwrap();
        let sum = |sum: u32, &byte: &u8| sum.wrapping_mul(31).wrapping_add(byte.into());
        (raster.size(), raster.fit(target).iter().fold(7, sum))
    });
    assert_eq!(found, PICTURES);
}

/// Of each file rows and columns, upright, and a sum over the pixels.
const PICTURES: [([usize; 2], u32); 7] = [
    ([44, 60], 790_769_277),
    ([44, 60], 3_208_366_018),
    ([44, 60], 3_699_273_748),
    ([60, 44], 1_713_633_326),
    ([44, 60], 1_754_594_603),
    ([44, 60], 94_095_692),
    ([32, 40], 515_043_992),
];

#[test]
fn what_is_no_image_is_left_out_and_said() {
    let mut files = png_files(&images(1), "digits/");
    files.push(("digits/.DS_Store".into(), vec![1]));
    files.push(("__MACOSX/digits/0/._000.png".into(), vec![1]));
    files.push(("digits/readme.txt".into(), b"hello".to_vec()));
    files.push(("digits/0/inner.zip".into(), zip(&one("a.png", vec![1]))));
    files.push(("digits/../../evil.png".into(), files[0].1.clone()));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), CLASSES * EACH + 5);
    let warnings = survey(&one("set.zip", zip(&files))).warnings.join(" ");
    for said in ["2 hidden files", "readme.txt", "archives within", "leads out"] {
        assert!(warnings.contains(said), "{said}: {warnings}");
    }
    assert_eq!(collect(&one("set.zip", zip(&files))).unwrap().sizes().training, 48);
}

#[test]
fn a_broken_picture_is_named_and_left_out_but_not_many() {
    let mut files = png_files(&images(1), "");
    let length = files[3].1.len();
    files[3].1.truncate(length - 20);
    let set = collect(&files).unwrap();
    assert_eq!(set.sizes().training + set.sizes().validation + set.sizes().test, CLASSES * EACH - 1);
    assert!(
        set.report().broken[0].starts_with("0/003.png was left out: it is broken"),
        "{:?}",
        set.report().broken
    );
    for file in &mut files[10..20] {
        file.1.truncate(40);
    }
    let error = collect(&files).err().unwrap();
    assert!(error.message.contains("cannot be used"), "{}", error.message);
}

#[test]
fn pictures_of_which_none_can_be_used_are_refused_at_first() {
    let good = png_files(&images(1), "");
    let cut = |length: usize| {
        let mut files = good.clone();
        files.iter_mut().for_each(|(_, file)| file.truncate(length.min(file.len() - 20)));
        files
    };
    // With a head that says nothing, and with one that says all but the pixels.
    for files in [cut(12), cut(usize::MAX), cut(12)[EACH - 1..EACH + 1].to_vec()] {
        let error = collector(&files).unwrap().survey().expect_err("nothing can be used");
        assert_eq!(error.code, ErrorCode::BadFile);
        assert!(error.message.contains("cannot be used"), "{}", error.message);
    }
}

#[test]
fn a_picture_that_is_too_large_is_not_called_broken() {
    let line = |format| {
        let mut file = Cursor::new(vec![]);
        image::write_buffer_with_format(
            &mut file,
            &vec![0; 5000 * 9],
            5000,
            9,
            ExtendedColorType::L8,
            format,
        )
        .unwrap();
        file.into_inner()
    };
    let mut jpeg = include_bytes!("own_set/grey.jpg").to_vec();
    let frame = jpeg.windows(2).position(|bytes| bytes == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0, 9, 0x13, 0x88]);
    for file in [line(ImageFormat::Png), jpeg] {
        let said = decode(&file).err().unwrap();
        assert_eq!(said, "it has 5000×9 pixels, and at most 4,096 a side are taken");
        let mut files = png_files(&images(1), "");
        files[3].1 = file;
        let broken = collect(&files).unwrap().report().broken.join(" ");
        assert_eq!(broken, format!("0/003.png was left out: {said}."));
    }
}

#[test]
fn files_that_are_empty_or_not_what_they_are_called_are_said_to_be_so() {
    let mut files = png_files(&images(1), "");
    let known = files.len();
    for name in ["0/a.png", "0/b.jpeg", "0/c.webp", "d.npz", "e.csv.gz", "f-idx3-ubyte", "g.txt"] {
        files.push((name.into(), b"<!doctype html>".to_vec()));
    }
    files.push(("0/h.png".into(), vec![]));
    files.push(("i.csv".into(), vec![]));
    let found = survey(&files);
    assert_eq!(found.images, known);
    let warnings = found.warnings.join(" ");
    for said in [
        "2 files were left out (empty), such as 0/h.png.",
        "(the bytes are not those of a PNG): 0/a.png.",
        "(the bytes are not those of a JPEG): 0/b.jpeg.",
        "(the bytes are not those of a WebP): 0/c.webp.",
        "(the bytes are not those of a ZIP): d.npz.",
        "(the bytes are not those of a gzip file): e.csv.gz.",
        "(the bytes are not those of an IDX file): f-idx3-ubyte.",
        "(of another kind): g.txt.",
    ] {
        assert!(warnings.contains(said), "{said}: {warnings}");
    }
}

#[test]
fn labels_at_the_end_are_found_where_the_first_pixel_looks_like_a_label_of_too_many_classes() {
    let images = images(1);
    let mut varied: Vec<(u8, Vec<u8>)> = (0..6).flat_map(|_| images.clone()).collect();
    for (at, (_, pixels)) in varied.iter_mut().enumerate() {
        pixels[0] = (at * 7 % 251) as u8;
    }
    let files = one("set.csv", csv(&varied, false, true));
    assert_eq!(survey(&files).proposal.label_column, Some(LabelColumn::Last));
    assert_eq!(collect(&files).unwrap().name(), collect(&idx_files(&varied, "")).unwrap().name());
    // A column that was chosen is not exchanged for another.
    let choices = Choices { label_column: Some(LabelColumn::First), ..survey(&files).proposal };
    let error = collector(&files).unwrap().prepare(&choices).unwrap_err();
    assert!(error.message.contains("at most 100 classes"), "{}", error.message);
}

#[test]
fn handwriting_of_several_people_becomes_one_set() {
    let all = images(1);
    let share = |person: usize| all.iter().skip(person).step_by(3).cloned().collect::<Vec<_>>();
    let mut files: Files =
        (0..3).flat_map(|person| idx_files(&share(person), &format!("{person}-"))).collect();
    files.swap(0, 3);
    let found = survey(&files);
    assert_eq!(found.images, all.len());
    // Some of the images, of the same labels as all of them.
    files.retain(|(name, _)| name != "1-labels-idx1-ubyte");
    let error = collect(&files).err().unwrap();
    assert!(error.message.starts_with("1-images-idx3-ubyte: expected a file of labels"), "{}", error.message);
}

#[test]
fn what_is_wrong_is_one_sentence_that_names_the_file() {
    let good = images(1);
    let idx = idx_files(&good, "");
    let short = |files: &Files, by: usize| {
        let mut files = files.clone();
        let length = files[0].1.len();
        files[0].1.truncate(length - by);
        files
    };
    let flat = png_files(&good, "").into_iter().map(|(name, file)| (name.replace('/', "-"), file)).collect();
    let cases: Vec<(Files, &str)> = vec![
        (vec![], "No images with labels"),
        (one("note.txt", b"hello".to_vec()), "note.txt"),
        (short(&idx, 3), "images-idx3-ubyte: expected"),
        (idx[..1].to_vec(), "images-idx3-ubyte"),
        ([idx[..1].to_vec(), idx_files(&good[1..], "")[1..].to_vec()].concat(), "59 labels"),
        (one("set.npz", zip(&one("x.npy", npy("<c16", "(2, 12, 12)", vec![])))), "set/x.npy: expected"),
        (one("x.npy", npy("|u1", "(99999999999, 99999999999, 12)", vec![])), "x.npy: expected"),
        (one("set.zip", short(&one("a", zip(&idx)), 90)[0].1.clone()), "set.zip"),
        (
            png_files(&good, "")[..EACH].to_vec(),
            "2 to 100 classes; got all pictures in one place. Put the pictures of each class into a folder",
        ),
        (
            one("set.zip", zip(&flat)),
            "2 to 100 classes; got all pictures in one place. Put the pictures of each",
        ),
        (idx_files(&good[..EACH], ""), "2 to 100 classes; got one, “0”."),
        (one("x.npy", npy("|u1", "(100001, 12, 12)", vec![0; 100_001 * 144])), "at most 100,000 images"),
        ([idx.clone(), png_files(&good, "")].concat(), "files of one kind"),
    ];
    for (files, said) in cases {
        let error = collect(&files).err().unwrap_or_else(|| panic!("{said}: it is no error"));
        assert!(error.message.contains(said) && error.message.ends_with('.'), "{said}: {}", error.message);
    }
}

#[test]
fn an_archive_that_says_it_unpacks_to_more_than_may_be_is_refused_before_it_is_unpacked() {
    let mut bomb = zip(&one("a.csv", vec![b'1'; 100]));
    let entry = bomb.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    bomb[entry + 24..entry + 28].copy_from_slice(&(3u32 << 30).to_le_bytes());
    assert_eq!(collect(&one("bomb.zip", bomb)).err().unwrap().code, ErrorCode::TooLarge);
}

/// A gigabyte of zeros in a megabyte.
#[test]
#[ignore = "it unpacks as much as may be, which takes seconds"]
fn an_archive_that_unpacks_to_more_than_it_says_is_refused_while_it_is_unpacked() {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    encoder.write_all(&vec![0; 64 << 20]).unwrap();
    let bomb = encoder.finish().unwrap().repeat(17);
    assert_eq!(collect(&one("bomb.csv.gz", bomb)).err().unwrap().code, ErrorCode::TooLarge);
}
