//! What the npm package in `pkg/` has besides the engine and the files that are tracked: presets, types, licence.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::node;
use crate::process::{command, root, run};
use crate::stage::stage;

/// Completes the package around the engine that has been built.
pub fn complete() -> Result<()> {
    let folder = root().join("pkg");
    write_if_changed(&folder.join("presets.js"), &presets()?)?;
    write_if_changed(&folder.join("LICENSE"), &read(&root().join("LICENSE"))?)?;
    if is_current(&folder)? {
        return Ok(());
    }
    stage("making the types and the element of pkg/", || {
        run(command("node").args(["xtask/js/bundle-element.js", "pkg/element.js"]))?;
        run(node::tool("tsc")?.args(["--project", "pkg"]))
    })
}

/// The specs of the page's presets, as a module.
fn presets() -> Result<String> {
    let (mut names, mut fields) = (Vec::new(), String::new());
    for path in files(&root().join("www/model/presets"), "json")? {
        let preset: Value = serde_json::from_str(&read(&path)?)?;
        names.push(format!("'{}'", preset["id"].as_str().context("a preset has an id")?));
        writeln!(fields, "  {}: {},", preset["id"], preset["spec"])?;
    }
    Ok(format!(
        "/**\n * Specs to start from, by name: the page's presets.\n * @type {{Readonly<Record<{}, import('./network.js').NetworkSpec>>}}\n */\n\
         export const PRESETS = {{\n{fields}}};\n",
        names.join(" | ")
    ))
}

/// Whether the types and the element are younger than all that they are made from.
fn is_current(folder: &Path) -> Result<bool> {
    let changed = |path: &Path| path.metadata().and_then(|file| file.modified());
    let Ok(made) = changed(&folder.join("types/pkg/index.d.ts")) else { return Ok(false) };
    let mut sources = files(folder, "js")?;
    sources.extend(files(&root().join("www/embed"), "js")?);
    sources.push(root().join("www/model/spec.js"));
    Ok(folder.join("element.js").exists()
        && sources.iter().all(|path| changed(path).is_ok_and(|time| time <= made)))
}

/// The files in a folder that end like this, by name.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    Ok(paths)
}

fn write_if_changed(path: &Path, content: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|found| found == content) {
        return Ok(());
    }
    fs::write(path, content).with_context(|| format!("could not write {}", path.display()))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_and_the_page_have_the_version_of_the_crate() {
        for file in ["pkg/package.json", "package.json"] {
            let package: Value = serde_json::from_str(&read(&root().join(file)).unwrap()).unwrap();
            assert_eq!(package["version"], env!("CARGO_PKG_VERSION"), "{file}");
        }
    }

    #[test]
    fn presets_are_a_module_with_every_preset_of_the_page() {
        let module = presets().unwrap();
        assert!(module.contains("\"codelab\": {") && module.contains("\"lenet-5\": {"), "{module}");
    }
}
