//! What sites ask of programs (RFC 9309).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use texting_robots::Robot;
use url::Url;

use super::failure::{Failure, FailureKind};

/// The name that rules may address.
pub(crate) const NAME: &str = "depeche";

/// Rules beyond this are not read, bytes (RFC 9309, 2.5).
const LARGEST: usize = 500 * 1024;

/// Redirects that are followed to find the rules (RFC 9309, 2.3.1.2).
pub(crate) const REDIRECTS: usize = 5;

/// Rules are asked for again after a day (RFC 9309, 2.4).
const LASTING: Duration = Duration::from_secs(24 * 60 * 60);

/// Rules that could not be had are asked for again after this.
const LASTING_UNKNOWN: Duration = Duration::from_secs(10 * 60);

/// Longest pause between requests that rules can ask for, in seconds: with more, a site would never be read.
const LONGEST_DELAY: f32 = 60.0;

/// What one site asks.
#[derive(Clone)]
pub(crate) enum Rules {
    /// What its file says.
    Said(Arc<Robot>),
    /// It has none.
    Free,
    /// It could not be had, so that nothing may be asked (RFC 9309, 2.3.1.4); with the reason.
    Unknown(Failure),
}

impl Rules {
    /// Reads a file of rules.
    pub(crate) fn read(bytes: &[u8]) -> Rules {
        let bytes = match bytes.get(..LARGEST) {
            // Half a rule would be another rule.
            Some(head) => &head[..head.iter().rposition(|&byte| byte == b'\n').unwrap_or(0)],
            None => bytes,
        };
        match Robot::new(NAME, bytes) {
            Ok(robot) => Rules::Said(Arc::new(robot)),
            // The parser takes all bytes; were it to give up, there would be no rules to keep.
            Err(_) => Rules::Free,
        }
    }

    /// Whether the address may be asked; if not, the reason.
    pub(crate) fn permit(&self, address: &Url) -> Result<(), Failure> {
        match self {
            Rules::Free => Ok(()),
            Rules::Said(robot) if robot.allowed(address.as_str()) => Ok(()),
            Rules::Said(_) => {
                let detail = "the site's robots.txt asks programs not to fetch it; save it in a browser and read the file";
                Err(Failure::new(FailureKind::Robots, detail))
            }
            Rules::Unknown(failure) => Err(failure.clone()),
        }
    }

    /// The pause between requests that is asked for.
    pub(crate) fn delay(&self) -> Duration {
        let asked = match self {
            Rules::Said(robot) => robot.delay.unwrap_or_default(),
            _ => 0.0,
        };
        Duration::try_from_secs_f32(asked.min(LONGEST_DELAY)).unwrap_or_default()
    }
}

/// Whether the rules of a site, as it serves them, let this program fetch an address of it.
pub fn is_permitted(rules: &[u8], address: &str) -> bool {
    Url::parse(address).is_ok_and(|address| Rules::read(rules).permit(&address).is_ok())
}

/// The rules of the sites asked so far.
#[derive(Default)]
pub(crate) struct Known {
    sites: Mutex<HashMap<String, (Rules, Instant)>>,
}

impl Known {
    /// The rules of a site, if they are known and still hold.
    pub(crate) fn get(&self, site: &str) -> Option<Rules> {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let (rules, since) = sites.get(site)?;
        let lasting = if matches!(rules, Rules::Unknown(_)) { LASTING_UNKNOWN } else { LASTING };
        if since.elapsed() < lasting {
            return Some(rules.clone());
        }
        sites.remove(site);
        None
    }

    /// Keeps the rules of a site.
    pub(crate) fn keep(&self, site: String, rules: Rules) {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.insert(site, (rules, Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(rules: &str, path: &str) -> bool {
        let address = Url::parse(&format!("https://example.org{path}")).unwrap();
        Rules::read(rules.as_bytes()).permit(&address).is_ok()
    }

    #[test]
    fn rules_are_read_as_the_standard_has_them() {
        let rules = "User-agent: *\nDisallow: /\n\nUser-agent: Depeche\nDisallow: /private\nAllow: /private/open$\n\
                     Crawl-delay: 3\n";
        assert!(permits(rules, "/news"));
        assert!(!permits(rules, "/private/x"));
        assert!(permits(rules, "/private/open"));
        assert_eq!(Rules::read(rules.as_bytes()).delay(), Duration::from_secs(3));
        assert!(!permits("user-agent: *\ndisallow: /*.pdf", "/a/b.pdf"));
        assert!(permits("User-agent: other\nDisallow: /", "/"));
        assert!(permits("", "/") && permits("<html>not rules</html>", "/") && permits("\u{0}\u{1}", "/"));
    }

    #[test]
    fn absurd_delays_are_cut() {
        for (asked, given) in [("1e30", 60), ("-4", 0), ("NaN", 0), ("3600", 60)] {
            let rules = Rules::read(format!("User-agent: *\nCrawl-delay: {asked}\n").as_bytes());
            assert_eq!(rules.delay(), Duration::from_secs(given), "{asked}");
        }
    }

    #[test]
    fn a_file_of_many_rules_is_read_in_short_time() {
        let rules = format!("User-agent: *\n{}", "Disallow: /*a*b*c*d*e*f*g$\n".repeat(60_000));
        let started = Instant::now();
        assert!(permits(&rules, &format!("/{}", "abcdef".repeat(300))));
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    }
}
