//! What cargo says of the workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The workspace as `cargo metadata` describes it.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// The crates of the workspace, by name.
    pub members: BTreeMap<String, Member>,
    /// The crates from outside that are built, by name and version, with their licence.
    pub outside: BTreeMap<(String, String), Option<String>>,
}

/// A crate of the workspace.
#[derive(Debug, Clone, Default)]
pub struct Member {
    /// Path of its Cargo.toml from the root.
    pub manifest: String,
    /// Licence.
    pub licence: Option<String>,
    /// Names of the crates that it is built with.
    pub uses: BTreeSet<String>,
    /// Names of the crates that its tests use.
    pub tests_use: BTreeSet<String>,
}

impl Metadata {
    /// Asks cargo, for the platform that it runs on.
    pub fn of(root: &Path) -> Result<Metadata> {
        let version = output(Command::new("rustc").arg("-vV"))?;
        let host = version.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host.context("rustc -vV names no host")?;
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let printed = output(
            Command::new(cargo)
                .args(["metadata", "--format-version", "1", "--filter-platform", host])
                .current_dir(root),
        )?;
        let value: Value = serde_json::from_str(&printed).context("cargo metadata printed no JSON")?;
        Ok(Metadata::read(&value))
    }

    fn read(value: &Value) -> Metadata {
        let mut metadata = Metadata::default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let root = text(&value["workspace_root"]);
        let members: BTreeSet<String> = list(&value["workspace_members"]).iter().map(text).collect();
        // Packages that are listed but not built here stand in no node of the graph.
        let built: BTreeSet<String> =
            list(&value["resolve"]["nodes"]).iter().map(|node| text(&node["id"])).collect();
        for package in list(&value["packages"]) {
            let (id, name) = (text(&package["id"]), text(&package["name"]));
            let licence = package["license"].as_str().map(str::to_owned);
            if members.contains(&id) {
                let manifest = text(&package["manifest_path"]).replace('\\', "/");
                let mut member = Member {
                    manifest: manifest.strip_prefix(&format!("{root}/")).unwrap_or(&manifest).to_owned(),
                    licence,
                    ..Member::default()
                };
                for dependency in list(&package["dependencies"]) {
                    let used = text(&dependency["name"]);
                    match dependency["kind"].as_str() {
                        Some("dev") => member.tests_use.insert(used),
                        _ => member.uses.insert(used),
                    };
                }
                metadata.members.insert(name, member);
            } else if built.contains(&id) {
                metadata.outside.insert((name, text(&package["version"])), licence);
            }
        }
        metadata
    }
}

fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_and_outside_crates_are_told_apart() {
        let value = json!({
            "workspace_root": "/r", "workspace_members": ["m"],
            "resolve": {"nodes": [{"id": "m"}, {"id": "o"}]},
            "packages": [
                {"id": "m", "name": "ours", "version": "1", "license": null, "manifest_path": "/r/crates/ours/Cargo.toml",
                 "dependencies": [{"name": "serde", "kind": null}, {"name": "proptest", "kind": "dev"}]},
                {"id": "o", "name": "serde", "version": "2", "license": "MIT", "dependencies": []},
                {"id": "p", "name": "windows", "version": "3", "license": "X", "dependencies": []},
            ],
        });
        let metadata = Metadata::read(&value);
        let ours = &metadata.members["ours"];
        assert_eq!(ours.manifest, "crates/ours/Cargo.toml");
        assert!(ours.uses.contains("serde") && ours.tests_use.contains("proptest"));
        assert_eq!(metadata.outside.keys().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["serde"]);
    }
}
