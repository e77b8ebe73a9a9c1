//! The same bytes on every run, whatever the threads; output in the order of the inputs.

use crate::workplace::{REPORT, Workplace, examples};

#[test]
fn threads_change_nothing() {
    let workplace = Workplace::new();
    let examples = examples();
    let examples = examples.to_str().unwrap();
    for format in [
        ["read", "text"],
        ["read", "jsonl"],
        ["brief", "text"],
        ["brief", "md"],
        ["brief", "html"],
        ["brief", "json"],
    ] {
        let run = |threads| {
            let [command, format] = format;
            let arguments =
                [command, examples, "--format", format, "--today", "2025-03-01", "--threads", threads];
            workplace.run(&arguments).stdout
        };
        let one = run("1");
        assert!(!one.is_empty());
        assert!(one == run("2"), "{format:?}");
        assert!(one == run("7"), "{format:?}");
    }
}

#[test]
fn output_keeps_the_order_of_the_inputs() {
    let workplace = Workplace::new();
    for name in ["b/2.txt", "b/1.txt", "a.txt", "c.txt"] {
        workplace.write(name, format!("{name}\n\n{REPORT}"));
    }
    let run = workplace.run(&["read", "c.txt", "b", "a.txt", "--format", "jsonl", "--threads", "4"]);
    let ids: Vec<String> = run
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["address"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(ids, ["c.txt", "b/1.txt", "b/2.txt", "a.txt"]);
}

#[test]
fn the_dossier_does_not_depend_on_the_order() {
    let workplace = Workplace::new();
    let other = REPORT.replace("6 août", "5 août").replace("constructives", "franches");
    workplace.write("a.txt", REPORT).write("b.txt", other);
    let brief = |inputs: [&str; 2]| {
        let arguments = ["brief", inputs[0], inputs[1], "--format", "json", "--today", "2025-09-01"];
        workplace.run(&arguments).stdout
    };
    assert_eq!(brief(["a.txt", "b.txt"]), brief(["b.txt", "a.txt"]));
}
