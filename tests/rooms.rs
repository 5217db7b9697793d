//! The rooms of `src/` in the order that `src/lib.rs` states: no import points forward, no file grows long
//! without a reason.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a file that needs no reason.
const MOST_LINES: usize = 300;

/// How a file's head begins the reason why it is longer.
const REASON: &str = "Longer than 300 lines:";

/// All files below `src/`, each with its room: `src/spec.rs` and `src/spec/…` are of the room `spec`.
fn files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, mut folders) = (vec![], vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(&root).unwrap().with_extension("");
                let room = inside.iter().next().unwrap().to_string_lossy().into_owned();
                files.push((path, room));
            }
        }
    }
    files.sort();
    files
}

/// The first column of the table in `src/lib.rs`.
fn rooms() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | `"));
    rows.map(|row| row.split('`').next().unwrap().to_owned()).collect()
}

/// The rooms that a line of code names: `crate::room`, or `super::room` in a file at the top.
fn named(line: &str, at_top: bool) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap();
    let after = |prefix: &'static str| code.split(prefix).skip(1);
    let from_root = after("crate::").chain(after("super::").filter(move |_| at_top));
    from_root.map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
}

#[test]
fn every_room_is_in_the_table_and_no_import_points_forward() {
    let rooms = rooms();
    let place = |name: &str| rooms.iter().position(|room| room == name);
    let mut wrong = vec![];
    for (path, room) in files().into_iter().filter(|(_, room)| room != "lib") {
        let Some(own) = place(&room) else {
            wrong.push(format!("{}: no row for `{room}` in the table of src/lib.rs", path.display()));
            continue;
        };
        let at_top = path.parent().is_some_and(|folder| folder.ends_with("src"));
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let forward = named(line, at_top).filter(|name| place(name).is_some_and(|other| other > own));
            wrong
                .extend(forward.map(|name| {
                    format!("{}:{}: `{room}` may not know `{name}`", path.display(), number + 1)
                }));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let empty = rooms.iter().filter(|room| files().iter().all(|(_, other)| other != *room));
    assert_eq!(empty.collect::<Vec<_>>(), Vec::<&String>::new(), "rows without files");
}

#[test]
fn a_file_of_more_than_300_lines_says_why() {
    let long = files().into_iter().filter_map(|(path, _)| {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        let says_why = text.lines().take(20).any(|line| line.contains(REASON));
        (lines > MOST_LINES && !says_why).then(|| format!("{}: {lines} lines", path.display()))
    });
    let long: Vec<String> = long.collect();
    assert!(long.is_empty(), "no line begins with “{REASON}” in\n{}", long.join("\n"));
}
