//! Text to analysis.
//!
//! In: a [`Report`], whose blocks the page stage has told apart, and the reference day of the run. Out: an
//! [`Analysis`]: language, tokens with the readings of verb forms, sentences, time expressions with their values, the
//! day of publication. Knowledge of a language is data in `lang/`, the same files in each; no clock, files or network.
//!
//! [`parse`](fn@parse) gives trees by Universal Dependencies: [`segment`] draws the lines of sentences, tokens and words as the
//! treebanks do, [`syntax`] tags them and finds heads. [`names`] finds people, places and organisations. All are trained,
//! their models lie in `models/`.
//!
//! Every part is usable alone: [`identify`], [`tokens`], [`sentences`], [`morphs`], [`times`], [`parse`](fn@parse).

mod analyse;
pub mod conllu;
mod fold;
mod grammar;
mod hash;
mod identify;
pub mod model;
mod morph;
pub mod names;
mod parse;
pub mod segment;
mod sentence;
pub mod syntax;
mod terms;
mod time;
mod token;

pub use analyse::analyse;
pub use identify::identify;
pub use morph::morphs;
pub use parse::{Node, Tree, parse, parse_conllu, trees};
pub use sentence::sentences;
pub use terms::terms;
pub use time::{TimeContext, times};
pub use token::tokens;
