//! stub
use depeche_record::{Analysis, Day, Language, Report, TimeExpression};
pub(crate) mod publication {
    use depeche_record::{Published, Report};
    pub fn of_report(report: &Report) -> Option<Published> {
        report.published.as_ref().map(|known| Published {
            date: known.value.clone(),
            basis: known.basis,
            span: known.span,
        })
    }
}
/// What dates are reckoned from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeContext {
    /// Day of publication.
    pub published: Option<Day>,
    /// Reference day of the run.
    pub today: Option<Day>,
}
/// The time expressions of `text`.
pub fn times(_text: &str, _language: Language, _context: TimeContext) -> Vec<TimeExpression> {
    Vec::new()
}
pub(crate) fn is_calendar_word(folded: &str, _language: Language) -> bool {
    matches!(folded, "novembre" | "décembre")
}
pub(crate) fn read(report: &Report, analysis: &mut Analysis, _today: Option<Day>) {
    analysis.published = publication::of_report(report);
}
