//! `export`: what the command adds to the library, files, folders, refusals, the browser.

use std::fs;

use depeche_export::Format;

use crate::workplace::{REPORT, Workplace, run};

fn workplace() -> Workplace {
    let workplace = Workplace::new();
    workplace.write("a.txt", REPORT);
    workplace
}

#[test]
fn every_format_is_written_where_it_is_to_stand() {
    let workplace = workplace();
    for one in Format::ALL {
        let format = one.name();
        let out = format!("out-{format}");
        let run =
            workplace.run(&["export", "a.txt", "--to", format, "--today", "2025-08-20", "--output", &out]);
        assert_eq!(run.status, 0, "{format}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{format}");
        assert!(run.stderr.contains("Left out: "), "{format}: {}", run.stderr);
        assert!(run.stderr.contains("the text of 1 report"), "{format}: {}", run.stderr);
        let folder = one.is_folder();
        let path = workplace.path(&out);
        assert_eq!(path.is_dir(), folder, "{format}");
        assert!(folder || fs::metadata(&path).unwrap().len() > 100, "{format}");
    }
    assert!(workplace.path("out-csv/contacts.csv").is_file());
    assert!(workplace.path("out-obsidian/Index.md").is_file());
    let hidden = fs::read_dir(workplace.path("."))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(hidden.count(), 0, "no draft is left behind");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_where_it_is() {
    let workplace = workplace();
    let run = workplace.run(&["export", "a.txt", "--to", "parquet", "--output", "tables"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("--features parquet") && run.stderr.contains("csv"), "{}", run.stderr);
    assert!(!workplace.path("tables").exists());
}

#[test]
fn one_table_goes_to_standard_output() {
    let workplace = workplace();
    let run = workplace.run(&[
        "export",
        "a.txt",
        "--to",
        "csv",
        "--table",
        "contacts",
        "--separator",
        "semicolon",
        "--bom",
    ]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("\u{feff}id;kind;status;date;"), "{}", run.stdout);
    assert!(run.stdout.lines().count() > 2 && !run.stdout.contains("speaker"));
    let run = workplace.run(&["export", "a.txt", "--to", "csv", "--table", "meetings"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("meetings") && run.stderr.contains("contacts"), "{}", run.stderr);
}

#[test]
fn folders_are_new_or_empty() {
    let workplace = workplace();
    let export = |output: &[&str]| workplace.run(&[&["export", "a.txt", "--to", "csv"], output].concat());
    let without = export(&[]);
    assert_eq!(without.status, 2);
    assert!(without.stderr.contains("--output") && without.stderr.contains("--table"), "{}", without.stderr);
    workplace.write("mine/contacts.csv", "mine");
    let full = export(&["--output", "mine"]);
    assert_eq!(full.status, 2);
    assert!(full.stderr.contains("mine"), "{}", full.stderr);
    assert_eq!(fs::read_to_string(workplace.path("mine/contacts.csv")).unwrap(), "mine");
    assert_eq!(export(&["--output", "a.txt"]).status, 2);
    assert_eq!(fs::read_to_string(workplace.path("a.txt")).unwrap(), REPORT);
    fs::create_dir(workplace.path("empty")).unwrap();
    assert_eq!(export(&["--output", "empty/"]).status, 0);
    assert!(workplace.path("empty/contacts.csv").is_file());
    assert_eq!(export(&["--output", "nowhere/tables"]).status, 2);
}

#[test]
fn what_is_left_out_is_said_in_the_language_of_the_interface() {
    let workplace = workplace();
    workplace.write(
        "b.txt",
        "Le ministre français Jean-Noël Barrot a rencontré son homologue iranien Abbas Araghtchi.\n",
    );
    let run = workplace.run(&["export", ".", "--to", "ical", "--ui", "fr"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("Laissé de côté\u{a0}: ") && run.stderr.contains("sans date"),
        "{}",
        run.stderr
    );
    assert!(run.stdout.replace("\r\n ", "").contains("sans date"), "{}", run.stdout);
}

#[test]
fn exports_are_the_same_on_every_run() {
    let workplace = workplace();
    for format in ["gexf", "jsonld", "ftm"] {
        let arguments = ["export", "a.txt", "--to", format, "--today", "2025-08-20"];
        assert_eq!(workplace.run(&arguments).stdout, workplace.run(&arguments).stdout, "{format}");
    }
}

#[test]
fn without_a_browser_there_is_no_pdf() {
    let workplace = workplace();
    let mut command = workplace.command(&["export", "a.txt", "--to", "pdf", "--output", "b.pdf"]);
    let run = run(command.env("PATH", workplace.path("")));
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("Chromium") && run.stderr.contains("PATH"), "{}", run.stderr);
    assert!(!workplace.path("b.pdf").exists());
}

#[cfg(unix)]
#[test]
fn a_browser_prints_the_page() {
    use std::os::unix::fs::PermissionsExt;

    let workplace = workplace();
    // Stands for the browser: notes how it was called, and keeps the page as the PDF.
    let script = "#!/bin/sh\nfor argument; do\n  case $argument in --print-to-pdf=*) out=${argument#*=} ;; esac\n  page=$argument\n\
                  done\nprintf '%s\\n' \"$@\" > \"$(dirname \"$0\")/called\"\n{ echo %PDF-1.4; cat \"$page\"; } > \"$out\"\n";
    let install = |body: &str| {
        workplace.write("bin/chromium", body);
        fs::set_permissions(workplace.path("bin/chromium"), fs::Permissions::from_mode(0o755)).unwrap();
    };
    let export = || {
        let path = format!("{}:/usr/bin:/bin", workplace.path("bin").display());
        run(workplace.command(&["export", "a.txt", "--to", "pdf", "--output", "b.pdf"]).env("PATH", path))
    };
    install(script);
    let printed = export();
    assert_eq!(printed.status, 0, "{}", printed.stderr);
    let pdf = fs::read_to_string(workplace.path("b.pdf")).unwrap();
    assert!(pdf.starts_with("%PDF-") && pdf.contains("<svg") && pdf.contains("Witkoff"));
    assert!(
        pdf.contains("default-src &#39;none&#39;") || pdf.contains("default-src 'none'"),
        "the page allows nothing"
    );
    let called = fs::read_to_string(workplace.path("bin/called")).unwrap();
    assert!(
        called.contains("--headless") && called.contains("--host-resolver-rules=MAP * ~NOTFOUND"),
        "{called}"
    );

    // Typst is asked before any browser.
    let script = "#!/bin/sh\n[ \"$1\" = compile ] && { echo %PDF-1.4; cat \"$2\"; } > \"$3\"\n";
    workplace.write("bin/typst", script);
    fs::set_permissions(workplace.path("bin/typst"), fs::Permissions::from_mode(0o755)).unwrap();
    let set = export();
    assert_eq!(set.status, 0, "{}", set.stderr);
    let typst = fs::read_to_string(workplace.path("b.pdf")).unwrap();
    assert!(typst.contains("#footnote(") && typst.contains("#picture(") && typst.contains("Witkoff"));
    fs::remove_file(workplace.path("bin/typst")).unwrap();
    fs::write(workplace.path("b.pdf"), &pdf).unwrap();

    install("#!/bin/sh\necho 'no display' >&2\nexit 1\n");
    let failed = export();
    assert_eq!(failed.status, 2);
    assert!(failed.stderr.contains("no display"), "{}", failed.stderr);
    assert_eq!(fs::read_to_string(workplace.path("b.pdf")).unwrap(), pdf, "what was there stays");
}
