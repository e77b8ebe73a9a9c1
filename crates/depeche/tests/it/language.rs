//! What `tokens`, `parse`, `names` and `dates` print.

use serde_json::Value;

use crate::workplace::{REPORT, Workplace};

fn printed(arguments: &[&str]) -> String {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    let run = workplace.run(arguments);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

#[test]
fn tokens_show_the_words_that_they_stand_for() {
    let text = printed(&["tokens", "news.txt"]);
    let line = text.lines().find(|line| line.contains("Tass")).unwrap();
    assert!(line.contains("conseiller du[de+le] Kremlin , cité par l' agence Tass ."), "{line}");
    let conllu = printed(&["tokens", "news.txt", "--format", "conllu"]);
    assert!(conllu.starts_with("# newdoc id = news\n# sent_id = news-1\n"), "{conllu}");
    assert!(conllu.contains("\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n"), "{conllu}");
}

#[test]
fn trees_have_a_root_and_go_into_other_tools() {
    let conllu = printed(&["parse", "news.txt", "--format", "conllu"]);
    let sentences: Vec<&str> = conllu.split("\n\n").filter(|sentence| sentence.contains('\t')).collect();
    assert!(sentences.len() >= 4, "{conllu}");
    for sentence in sentences {
        let words: Vec<Vec<&str>> = sentence
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        assert!(words.iter().all(|columns: &Vec<&str>| columns.len() == 10), "{sentence}");
        assert_eq!(
            words.iter().filter(|columns| columns[7] == "root" && columns[6] == "0").count(),
            1,
            "{sentence}"
        );
    }
    let text = printed(&["parse", "news.txt"]);
    let line = text.lines().find(|line| line.contains("rencontré ")).unwrap();
    let columns: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(columns[1..5], ["rencontré", "rencontrer", "VERB", "root"], "{line}");
}

#[test]
fn names_stand_where_they_say() {
    let lines = printed(&["names", "news.txt", "--format", "jsonl"]);
    let names: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text: Vec<char> = REPORT.chars().collect();
    for name in &names {
        let (start, end) = (name["start"].as_u64().unwrap() as usize, name["end"].as_u64().unwrap() as usize);
        assert_eq!(text[start..end].iter().collect::<String>(), name["exact"].as_str().unwrap());
    }
    let named =
        |exact: &str| names.iter().find(|name| name["exact"] == exact).unwrap_or_else(|| panic!("{lines}"));
    assert_eq!(named("Vladimir Poutine")["kind"], "person");
    assert_eq!(named("Vladimir Poutine")["title"], "président russe");
    assert_eq!(named("Steve Witkoff")["kind"], "person");
    let text = printed(&["names", "news.txt"]);
    assert!(text.lines().any(|line| line.ends_with("\tperson\tVladimir Poutine\tprésident russe")), "{text}");
}

#[test]
fn dates_have_their_values_in_both_notations() {
    let text = printed(&["dates", "news.txt"]);
    assert!(text.lines().any(|line| line.contains("6 août 2025\tDATE 2025-08-06\t2025-08-06")), "{text}");
    let lines = printed(&["dates", "news.txt", "--format", "jsonl"]);
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["type"], &first["edtf"]), (&"DATE".into(), &"2025-08-06".into()));
    assert_eq!(first["timex3"][0]["value"], "2025-08-06");
}

#[test]
fn nothing_to_show_is_told_by_the_status() {
    let workplace = Workplace::new();
    workplace
        .write("plain.txt", "Rien ne s'est passé ici et personne n'est venu voir ce que nous faisions.\n");
    assert_eq!(workplace.run(&["dates", "plain.txt"]).status, 1);
    assert_eq!(workplace.run(&["names", "plain.txt"]).status, 1);
    let missing = workplace.run(&["parse", "missing.txt"]);
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("missing.txt"), "{}", missing.stderr);
}
