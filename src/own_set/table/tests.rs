use super::*;

fn row(label: &str, pixels: impl Iterator<Item = String>) -> String {
    format!("{label},{}\n", pixels.collect::<Vec<_>>().join(","))
}

fn table(text: &str) -> Table {
    read("a.csv", text.as_bytes(), None, None).unwrap().unwrap()
}

#[test]
fn labels_are_found_first_last_or_by_their_name() {
    let pixels = |by: usize| (0..64).map(move |at| (at * by % 256).to_string());
    let header = row("label", (0..64).map(|at| format!("pixel{at}")));
    let kaggle = header + &row("7", pixels(3)) + &row("2", pixels(5));
    let found = table(&kaggle);
    assert_eq!(
        (&found.labels.names[..], &found.labels.of[..]),
        (&["7".to_owned(), "2".into()][..], &[0, 1][..])
    );
    assert_eq!(found.images.bytes()[65], 5);
    assert_eq!(found.label, LabelColumn::First);
    let last: String =
        ["cat", "dog"].map(|name| pixels(1).collect::<Vec<_>>().join(",") + "," + name + "\n").concat();
    let found = table(&last);
    assert_eq!((&found.labels.names[1][..], found.label), ("dog", LabelColumn::Last));
    let numbers: String =
        ["3", "9"].map(|name| pixels(2).collect::<Vec<_>>().join(",") + "," + name + "\n").concat();
    assert_eq!(table(&numbers).label, LabelColumn::Last);
}

#[test]
fn shares_of_one_become_bytes_and_pixels_alone_are_no_table() {
    let found = table(
        &(row("0", (0..64).map(|at| (at as f32 / 63.0).to_string()))
            + &row("1", (0..64).map(|_| "0".into()))),
    );
    assert_eq!((found.images.bytes()[63], found.images.bytes()[0]), (255, 0));
    let pixels = row("0", (0..63).map(|_| "5".into()));
    assert!(read("test.csv", pixels.as_bytes(), None, None).unwrap().is_none());
}

#[test]
fn images_that_are_not_square_are_guessed_or_chosen() {
    let text = row("0", (0..600).map(|_| "5".into())) + &row("1", (0..600).map(|_| "9".into()));
    let found = table(&text);
    assert_eq!((found.images.form().rows, found.images.form().columns, found.is_guess), (24, 25, true));
    let chosen = read("a.csv", text.as_bytes(), None, Some([30, 20])).unwrap().unwrap();
    assert_eq!((chosen.images.form().rows, chosen.is_guess), (30, false));
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let good = row("0", (0..64).map(|_| "5".into()));
    for (bad, place) in [
        (row("0", (0..63).map(|_| "5".into())), "line 2"),
        (row("0", (0..64).map(|at| (at * 5).to_string())), "line 2, column 54"),
        (row("0", (0..64).map(|at| if at == 1 { "x".into() } else { "1".to_owned() })), "line 2, column 3"),
    ] {
        let error = read("a.csv", (good.clone() + &bad).as_bytes(), None, None).err().expect("malformed");
        assert!(error.message.contains(place), "{}", error.message);
    }
}
