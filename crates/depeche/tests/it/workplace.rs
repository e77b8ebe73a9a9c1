//! A folder of its own for each test, and the binary run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A report with contacts, statements and origins of every kind that the tests look at.
pub const REPORT: &str = "\
Moscou et Washington reprennent langue

Le 6 août 2025, le président russe Vladimir Poutine a rencontré à Moscou l'émissaire américain Steve Witkoff.

« Les discussions ont été constructives et utiles pour les deux pays », a déclaré Iouri Ouchakov, conseiller du \
Kremlin, cité par l'agence Tass.

Le secrétaire d'État américain Marco Rubio et son homologue russe Sergueï Lavrov doivent s'entretenir par téléphone \
le 8 août 2025, selon Reuters.
";

/// A folder that goes with the test.
pub struct Workplace {
    folder: TempDir,
}

/// What a run gave.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Workplace {
    pub fn new() -> Workplace {
        Workplace { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> &Workplace {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LANGUAGE", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "en_US.UTF-8");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        run(&mut self.command(arguments))
    }
}

pub fn run(command: &mut Command) -> Run {
    read(command.output().unwrap())
}

pub fn read(output: Output) -> Run {
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
    Run {
        status: output.status.code().expect("the command was not killed"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr,
    }
}

/// The examples that ship.
pub fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}
