//! Problems in clear words.

use depeche_pipeline::records::problem_label;
use depeche_record::{Language, Problem, ProblemKind};

use crate::Interface;

/// One line: the input, what is wrong, and what to do.
///
/// The stages tell details in plain English; in another language a problem is told by its kind, and the detail stands
/// beside it where it holds more than the kind says.
pub fn line(interface: &Interface, problem: &Problem) -> String {
    let subject = problem.subject.as_str();
    let said = interface.say(&format!("problem-{}", problem_label(problem.kind).replace('_', "-")));
    let telling =
        !matches!(problem.kind, ProblemKind::Missing | ProblemKind::UnknownFormat | ProblemKind::NotText);
    let words = match interface.language() {
        _ if problem.detail.is_empty() => said,
        Language::English => problem.detail.clone(),
        _ if telling => format!("{said} ({})", problem.detail),
        _ => said,
    };
    interface.tell("labelled", &[("label", subject.into()), ("words", words.into())])
}
