//! The command line, as whoever types it meets it: on tiny images that are made here.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use convscope::data::{DataFile, Dataset, IdxKind, IdxReader, Sizes, Split};
use convscope::mnist::{COLUMNS, FORM, PIXELS};
use convscope::own_set::Collector;
use convscope::rng::Rng;
use convscope::trainer::{Trainer, new_checkpoint_of};
use serde_json::Value;
use tempfile::TempDir;

/// Small, with a layer whose numbers are random.
const LINK: &str = "v=1&net=c2k5s3,r,m2,f,o0.2,d10&batch=48&opt=adam:0.01&seed=3&epochs=40";
const TRAIN: usize = 120;
const TEST: usize = 30;
const SIZES: Sizes = Sizes { training: 110, validation: 10, test: TEST };

/// Each class is a bright row at a height of its own, in noise.
fn images(rng: &mut Rng, count: usize) -> (Vec<u8>, Vec<u8>) {
    let labels: Vec<u8> = (0..count).map(|_| rng.below(10) as u8).collect();
    let mut pixels: Vec<u8> = (0..count * PIXELS).map(|_| rng.below(60) as u8).collect();
    for (image, &label) in pixels.chunks_exact_mut(PIXELS).zip(&labels) {
        let row = 4 + 2 * usize::from(label);
        image[row * COLUMNS..][..2 * COLUMNS].fill(230);
    }
    (pixels, labels)
}

/// A folder to work in, and in it `data` with the four files.
struct Desk {
    folder: TempDir,
    files: [Vec<u8>; 4],
}

impl Desk {
    fn new() -> Self {
        let mut rng = Rng::new(5);
        let ((train, train_labels), (test, test_labels)) = (images(&mut rng, TRAIN), images(&mut rng, TEST));
        let file = |kind, count, bytes: &[u8]| {
            [IdxReader::new("", kind, FORM, count).expected_header(), bytes.to_vec()].concat()
        };
        let files = [
            file(IdxKind::Images, TRAIN, &train),
            file(IdxKind::Labels, TRAIN, &train_labels),
            file(IdxKind::Images, TEST, &test),
            file(IdxKind::Labels, TEST, &test_labels),
        ];
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        let names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
        for (name, bytes) in names.iter().zip(&files) {
            fs::write(data.join(format!("{name}-ubyte")), bytes).unwrap();
        }
        Self { folder, files }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convscope"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that works, and replaces what is there; what it says as JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        let writes = ["train", "export", "import", "collect"].contains(&arguments[0]);
        let force: &[&str] = if writes { &["--force"] } else { &[] };
        let output = self.run(&[arguments, force, &["--json"]].concat());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Trains for 20 steps into `run.cvsr`.
    fn train(&self) -> Value {
        self.json(&["train", LINK, "--steps", "20", "--data", "data"])
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// The set that is made of `data`.
    fn dataset(&self) -> Dataset {
        let mut collector = Collector::default();
        let names = ["train-images", "train-labels", "t10k-images", "t10k-labels"];
        names.iter().zip(&self.files).for_each(|(name, file)| collector.add(name, file.clone()).unwrap());
        let choices = collector.survey().unwrap().proposal;
        let set = collector.collect(&choices).unwrap();
        Dataset::from_files(set.form(), set.sizes(), DataFile::ALL.map(|file| set.file(file))).unwrap()
    }

    /// The images of `data` as they are.
    fn images(&self) -> Dataset {
        Dataset::from_files(FORM, SIZES, self.files.each_ref().map(Vec::as_slice)).unwrap()
    }

    /// As pictures: all of class `c` in `folder/c/`.
    fn write_pngs(&self, folder: &str) {
        let dataset = self.images();
        for index in 0..dataset.len(Split::Training) {
            let label = dataset.label(Split::Training, index).unwrap();
            let class = self.path(folder).join(label.to_string());
            fs::create_dir_all(&class).unwrap();
            self.write_png(
                &class.join(format!("{index}.png")),
                dataset.image(Split::Training, index).unwrap(),
            );
        }
    }

    fn write_png(&self, path: &Path, pixels: &[u8]) {
        let side = COLUMNS as u32;
        image::save_buffer(path, pixels, side, side, image::ExtendedColorType::L8).unwrap();
    }
}

#[test]
fn train_has_the_bits_of_the_library_however_many_threads_there_are() {
    let desk = Desk::new();
    let dataset = desk.dataset();
    let spec = serde_json::from_value(desk.train()["spec"].clone()).unwrap();
    let mut trainer = Trainer::new(spec, &dataset).unwrap();
    for _ in 0..20 {
        trainer.step(&dataset).unwrap();
    }
    let expected = format!("{:016x}", trainer.network().fingerprint());
    for threads in ["1", "2", "3", "9"] {
        let told = desk.json(&["train", LINK, "--steps", "20", "--data", "data", "--threads", threads]);
        assert_eq!(told["weights"], expected.as_str(), "{threads} threads");
        assert_eq!(told["steps"], 20);
    }
}

#[test]
fn confirm_reproduces_the_receipt_that_train_wrote() {
    let desk = Desk::new();
    let weights = desk.train()["weights"].clone();
    let confirmed = desk.json(&["confirm", "run.receipt.txt", "--data", "data"]);
    assert_eq!(confirmed["confirmed"], true);
    assert_eq!(confirmed["found"]["weights"], weights);
    let receipt = fs::read_to_string(desk.path("run.receipt.txt")).unwrap();
    fs::write(desk.path("other.txt"), receipt.replace("steps: 20", "steps: 19")).unwrap();
    let output = desk.run(&["confirm", "other.txt", "--data", "data"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Not confirmed"), "{output:?}");
}

/// 20 steps on the real digits with warps, wrong labels, dropout and Adam, trained on the page.
#[test]
fn train_writes_the_receipt_that_the_page_wrote_letter_for_letter() {
    let desk = Desk::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("tests/cli/page-receipt.txt");
    let data = root.join("data/mnist");
    let [file, data] = [&file, &data].map(|path| path.to_str().unwrap());
    let receipt = fs::read_to_string(file).unwrap();
    assert_eq!(desk.json(&["train", file, "--data", data])["receipt"], receipt.trim());
    let fields: Vec<String> = receipt.lines().skip(1).map(|line| line.replacen(": ", "=", 1)).collect();
    let link = fields.join("&").replacen("experiment=", "https://a.host/lab/#v=1&", 1);
    fs::write(desk.path("link.txt"), link).unwrap();
    assert_eq!(desk.json(&["confirm", "link.txt", "--data", data])["confirmed"], true);
}

#[test]
fn train_takes_the_same_experiment_as_a_link_a_file_or_a_receipt() {
    let desk = Desk::new();
    let told = desk.train();
    fs::write(desk.path("spec.json"), told["spec"].to_string()).unwrap();
    fs::write(desk.path("preset.json"), format!(r#"{{"id":"own","spec":{}}}"#, told["spec"])).unwrap();
    fs::write(desk.path("link.txt"), format!("https://a.host/lab/#{LINK}&tab=matrix\n")).unwrap();
    for spec in ["spec.json", "preset.json", "link.txt", "run.receipt.txt", LINK] {
        let out = ["--out", "other.cvsr", "--data", "data", "--steps", "20"];
        let other = desk.json(&[&["train", spec], &out[..]].concat());
        assert_eq!(other["weights"], told["weights"], "{spec}");
    }
    let seeded =
        desk.json(&["train", LINK, "--steps", "20", "--data", "data", "--seed", "4", "--epochs", "2"]);
    assert_eq!((&seeded["spec"]["seed"], &seeded["steps"]), (&4.into(), &6.into()));
    assert_ne!(seeded["weights"], told["weights"]);
}

#[test]
fn evaluate_says_what_the_library_computes() {
    let desk = Desk::new();
    let told = desk.train();
    let dataset = desk.dataset();
    let json = desk.json(&["train", LINK, "--steps", "20", "--data", "data", "--out", "run.cvsc"]);
    assert_eq!(json["weights"], told["weights"]);
    let mut trainer = Trainer::restore(&fs::read(desk.path("run.cvsc")).unwrap(), &dataset).unwrap();
    for (name, split) in
        [("test", Split::Test), ("validation", Split::Validation), ("training", Split::Training)]
    {
        let expected = trainer.evaluate(&dataset, split).unwrap();
        for network in ["run.cvsr", "run.cvsc"] {
            let found = desk.json(&["evaluate", network, "--data", "data", "--split", name]);
            assert_eq!(found["loss"], expected.loss, "{network}, {name}");
            assert_eq!(found["accuracy"], expected.accuracy, "{network}, {name}");
            assert_eq!(found["macro"]["f1"], expected.macro_average.f1, "{network}, {name}");
            let rows = found["confusion"].as_array().unwrap();
            let counts = rows.iter().flat_map(|row| row.as_array().unwrap());
            assert!(counts.map(|count| count.as_u64().unwrap() as u32).eq(expected.confusion.clone()));
        }
    }
    let text = desk.run(&["evaluate", "run.cvsr", "--data", "data"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("precision") && text.lines().count() == 26, "{text}");
}

#[test]
fn predict_classifies_an_image_alike_as_png_and_as_idx() {
    let desk = Desk::new();
    desk.train();
    desk.write_png(&desk.path("seventh.png"), desk.images().image(Split::Test, 7).unwrap());
    let images = ["seventh.png", "data/t10k-images-idx3-ubyte", "--first", "7", "--count", "2"];
    let found = desk.json(&[&["predict", "run.cvsr"], &images[..]].concat());
    let predictions = found["predictions"].as_array().unwrap();
    assert_eq!(predictions.len(), 3);
    assert_eq!(predictions[0]["probabilities"], predictions[1]["probabilities"]);
    assert_ne!(predictions[0]["probabilities"], predictions[2]["probabilities"]);
    let sum: f64 = predictions[0]["probabilities"].as_array().unwrap().iter().filter_map(Value::as_f64).sum();
    assert!((sum - 1.0).abs() < 1e-5, "{sum}");
}

#[test]
fn export_writes_every_form_and_import_reads_the_same_weights() {
    let desk = Desk::new();
    let weights = desk.train()["weights"].clone();
    for out in ["a.onnx", "a.safetensors", "a.py", "a.ipynb", "a.html", "a.npz"] {
        let told = desk.json(&[
            "export",
            "run.cvsr",
            "--out",
            out,
            "--data",
            "data",
            "--receipt",
            "run.receipt.txt",
        ]);
        assert_eq!((&told["weights"], &told["proofs"]), (&weights, &3.into()), "{out}");
        assert_eq!(fs::metadata(desk.path(out)).unwrap().len(), told["bytes"].as_u64().unwrap());
    }
    for file in ["a.onnx", "a.safetensors"] {
        let told = desk.json(&["import", file, "--out", "imported.cvsc"]);
        assert_eq!(told["weights"], weights, "{file}");
        assert_eq!(told["matches"].as_array().unwrap().len(), 4, "{file}");
    }
    let evaluate = |network| desk.json(&["evaluate", network, "--data", "data"])["loss"].clone();
    assert_eq!(evaluate("imported.cvsc"), evaluate("run.cvsr"));
}

#[test]
fn train_takes_pictures_in_a_folder_for_each_class() {
    let desk = Desk::new();
    desk.write_pngs("pictures");
    let told = desk.json(&["train", LINK, "--steps", "60", "--data", "pictures"]);
    assert_eq!(told["test"]["images"], 110 / 10);
    let accuracy = told["test"]["accuracy"].as_f64().unwrap();
    assert!(accuracy > 0.5, "{accuracy}");
    let confirmed = desk.json(&["confirm", "run.receipt.txt", "--data", "pictures"]);
    assert_eq!(confirmed["confirmed"], true);
}

#[test]
fn a_set_that_was_collected_is_the_same_to_train_on_as_the_files_it_was_made_of() {
    let desk = Desk::new();
    desk.write_pngs("pictures");
    let choices = ["--side", "20x24", "--colour", "--shares", "70/10/20"];
    let made = desk.json(&[&["collect", "pictures", "--out", "set.zip"], &choices[..]].concat());
    assert_eq!(made["report"]["form"], serde_json::json!([3, 20, 24]));
    let train = |data| desk.json(&["train", LINK, "--steps", "5", "--data", data]);
    let from_set = train("set.zip");
    assert_eq!(
        (&from_set["spec"]["data"]["set"], &from_set["spec"]["input"]),
        (&made["set"], &made["report"]["form"])
    );
    let from_pictures =
        desk.json(&[&["train", LINK, "--steps", "5", "--data", "pictures"], &choices[..]].concat());
    assert_eq!(from_set["weights"], from_pictures["weights"]);
    assert_eq!(desk.json(&["confirm", "run.receipt.txt", "--data", "set.zip"])["confirmed"], true);
    let without = desk.run(&["confirm", "run.receipt.txt"]);
    assert!(String::from_utf8_lossy(&without.stderr).contains("--data"), "{without:?}");
    desk.write_png(&desk.path("seventh.png"), desk.images().image(Split::Test, 7).unwrap());
    let predicted = desk.json(&["predict", "run.cvsr", "seventh.png", "--data", "set.zip"]);
    assert_eq!(predicted["predictions"][0]["probabilities"].as_array().unwrap().len(), 10);
    // It is written, and the same bits, again.
    let again = desk.json(&["collect", "set.zip", "--out", "again.zip"]);
    assert_eq!(again["set"], made["set"]);
    assert_eq!(fs::read(desk.path("set.zip")).unwrap(), fs::read(desk.path("again.zip")).unwrap());
}

#[test]
fn what_is_wrong_is_one_sentence_with_a_code_and_the_status_2() {
    let desk = Desk::new();
    desk.train();
    fs::write(desk.path("empty"), "").unwrap();
    fs::write(desk.path("words.txt"), "Convscope receipt 1\nexperiment: net=z").unwrap();
    fs::write(desk.path("broken.json"), "{ \"layers\": 7 }").unwrap();
    for (arguments, code) in [
        (&["train", "no-such-preset"][..], "not_found"),
        (&["train", "net=f,d1", "--data", "data"], "impossible_shape"),
        (&["train", "net=f,d10&tent=1"], "malformed_spec"),
        (&["train", "broken.json"], "malformed_spec"),
        (&["train", LINK, "--epochs", "0"], "out_of_range"),
        (&["train", LINK, "--data", "nowhere", "--out", "new.cvsr"], "not_found"),
        (&["train", LINK, "--data", "data", "--steps", "1", "--out", "no/folder/run"], "io"),
        (&["evaluate", "missing.cvsr"], "io"),
        (&["evaluate", "empty"], "bad_file"),
        (&["predict", "run.cvsr", "empty"], "bad_file"),
        (&["predict", "run.cvsr", "data/t10k-labels-idx1-ubyte"], "bad_file"),
        (&["predict", "run.cvsr", "data/t10k-images-idx3-ubyte", "--first", "30"], "out_of_range"),
        (&["evaluate", "words.txt"], "bad_file"),
        (&["train", "empty", "--out", "new.cvsr"], "bad_file"),
        (&["train", LINK, "--data", "data", "--steps", "1"], "io"),
        (&["export", "run.cvsr", "--out", "run.cvsr", "--form", "onnx", "--force"], "io"),
        (&["import", "words.txt", "--out", "words.txt", "--force"], "io"),
        (&["predict", "run.cvsr", "missing.png"], "io"),
        (&["export", "run.cvsr", "--out", "network"], "not_found"),
        (&["import", "empty", "--out", "x"], "bad_file"),
        (&["confirm", "words.txt"], "bad_file"),
    ] {
        let output = desk.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(said.starts_with(&format!("error ({code}): ")), "{arguments:?}: {said}");
        assert!(said.ends_with(".\n") && said.lines().count() == 1, "{arguments:?}: {said}");
        let output = desk.run(&[arguments, &["--json"]].concat());
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["error"]["code"], code, "{arguments:?}");
    }
    assert_eq!(desk.run(&["trian"]).status.code(), Some(2));
}

#[test]
fn wrong_arguments_are_json_too_if_that_was_asked_for() {
    let desk = Desk::new();
    for (arguments, part) in [
        (&["trian", "--json"][..], "trian"),
        (&["train", "--json", "--seed", "-1"], "a whole number from 0"),
        (&["train", "--json", "--threads", "0"], "from 1 to 256"),
        (&["confirm", "--json", "--threads", "9999", "x"], "from 1 to 256"),
        (&["export", "x", "--json"], "--out"),
    ] {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["error"]["code"], "usage", "{arguments:?}");
        assert!(json["error"]["message"].as_str().unwrap().contains(part), "{json}");
    }
}

#[test]
fn nothing_is_trained_for_a_file_that_cannot_be_written_and_nothing_is_replaced_unasked() {
    let desk = Desk::new();
    let nowhere = desk.run(&["train", LINK, "--data", "data", "--out", "no/folder/run.cvsr"]);
    let said = String::from_utf8(nowhere.stderr).unwrap();
    assert!(said.starts_with("error (io): Could not write no/folder"), "before any epoch: {said}");
    desk.train();
    let kept = fs::read(desk.path("run.cvsr")).unwrap();
    for arguments in [&["train", LINK, "--data", "data"][..], &["train", "--from", "run.cvsr", "--force"]] {
        assert_eq!(desk.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert!(fs::read(desk.path("run.cvsr")).unwrap() == kept);
    let left = fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!left.into_iter().any(|name| name.to_string_lossy().starts_with(".convscope")));
}

#[test]
fn confirm_compares_the_accuracy() {
    let desk = Desk::new();
    let accuracy = desk.train()["test"]["accuracy"].to_string();
    let receipt = fs::read_to_string(desk.path("run.receipt.txt")).unwrap();
    let line = format!("accuracy: {accuracy}");
    assert!(receipt.contains(&line), "{receipt}");
    fs::write(desk.path("praised.txt"), receipt.replace(&line, "accuracy: 0.999")).unwrap();
    let output = desk.run(&["confirm", "praised.txt", "--data", "data"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains(&format!("accuracy is {accuracy} here and 0.999")), "{said}");
}

#[test]
fn scores_that_are_not_finite_are_no_prediction() {
    let desk = Desk::new();
    let spec = serde_json::from_value(desk.train()["spec"].clone()).unwrap();
    let trainer = Trainer::new(spec, &desk.dataset()).unwrap();
    let huge = vec![1e38; trainer.network().weights().len()];
    fs::write(desk.path("broken.cvsc"), new_checkpoint_of(trainer.spec(), &huge)).unwrap();
    for arguments in [
        &["predict", "broken.cvsc", "data/t10k-images-idx3-ubyte"][..],
        &["evaluate", "broken.cvsc", "--data", "data"],
    ] {
        let output = desk.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said.starts_with("error (not_finite): "), "{arguments:?}: {said}");
    }
}

#[test]
fn train_from_a_run_goes_on_with_the_same_bits_and_claims_no_receipt() {
    let desk = Desk::new();
    let whole = desk.json(&["train", LINK, "--steps", "30", "--data", "data"]);
    for out in ["part.cvsr", "part.cvsc"] {
        desk.json(&["train", LINK, "--steps", "11", "--data", "data", "--out", out]);
        let rest = ["--steps", "30", "--data", "data", "--out", "rest.cvsr"];
        let told = desk.json(&[&["train", "--from", out], &rest[..]].concat());
        assert_eq!((&told["weights"], &told["steps"]), (&whole["weights"], &30.into()), "{out}");
        assert_eq!((&told["receipt"], &told["files"]["receipt"]), (&Value::Null, &Value::Null));
        assert!(!desk.path("rest.receipt.txt").exists());
    }
    desk.json(&["train", LINK, "--epochs", "1", "--data", "data", "--out", "ended.cvsc"]);
    let ended = desk.run(&["train", "--from", "ended.cvsc", "--data", "data", "--force"]);
    assert_eq!(ended.status.code(), Some(2), "{ended:?}");
    let more = desk.json(&["train", "--from", "ended.cvsc", "--epochs", "2", "--data", "data"]);
    assert_eq!((&more["epochs"], &more["steps"]), (&2.into(), &6.into()));
}

#[test]
fn a_run_that_breaks_is_written_as_far_as_it_came() {
    let desk = Desk::new();
    let link = LINK.replace("adam:0.01", "sgd:1000:0.9");
    let output = desk.run(&["train", &link, "--data", "data"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("error (not_finite): "), "{output:?}");
    let told = desk.json(&["export", "run.cvsr", "--data", "data", "--out", "broken.safetensors"]);
    assert_eq!(told["proofs"], 3);
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_a_run_after_its_step_and_writes_it() {
    let desk = Desk::new();
    let mut child = desk
        .command(&["train", &LINK.replace("epochs=40", "epochs=1000"), "--data", "data", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    // What was found in the files is said first.
    assert!(lines.any(|line| line.unwrap().starts_with("epoch 1 of 1000")));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    lines.for_each(drop);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["interrupted"], true);
    let confirmed = desk.json(&["confirm", "run.receipt.txt", "--data", "data"]);
    assert_eq!(confirmed["confirmed"], true);
}
