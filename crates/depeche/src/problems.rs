//! Problems in clear words.

use depeche_pipeline::records::problem_label;
use depeche_record::Problem;

use crate::interface::Interface;

/// One line: the input, what is wrong, and what to do.
pub fn line(interface: &Interface, problem: &Problem) -> String {
    let kind = problem_label(problem.kind).replace('_', "-");
    let said = interface.say(&format!("problem-{kind}"));
    let detail = if problem.detail.is_empty() { String::new() } else { format!(" ({})", problem.detail) };
    interface.say_with("problem-line", &[("subject", &problem.subject), ("said", &said), ("detail", &detail)])
}
