//! mlfit answers one question: does this use case need machine learning, and if so how little of it?
//!
//! # The map
//! | room | what it holds | may import |
//! |---|---|---|
//! | [`vocabulary`], [`problem`], [`text`], [`digits`] | words, errors, safe text, rounding | nothing of mlfit |
//! | [`rubric`] | questions, options, gates, policy; YAML with located errors | leaves |
//! | [`assessment`] | answers → visible questions, interval scores, gates | rubric |
//! | [`data`] | CSV → typed table, roles, profile, warnings | leaves |
//! | [`contest`] | split, contenders, metrics, comparison → evidence | data |
//! | [`value`] | economics: what a rung costs and is worth | contest |
//! | [`verdict`] | policy × assessment × evidence × economics → verdict | rubric, assessment, contest, value |
//! | [`report`] | one report → Markdown, HTML, JSON, figures | verdict and what it uses |
//! | [`export`] | a rule as a query for a database | contest, report |
//! | [`case`] | the case folder: load, save, the one atomic write | rubric, assessment, data, contest, value, verdict |
//! | [`workflow`] | every step of the work, without a word printed | all of these |
//! | [`cli`] | the command line | workflow and the types it returns |
//! | [`tui`] | the terminal interface | workflow and the types that it returns |
//!
//! Data goes one way; the core is pure and the effects are at the edge.

pub mod assessment;
pub mod case;
pub mod cli;
pub mod contest;
pub mod data;
pub mod digits;
pub mod export;
pub mod problem;
pub mod report;
pub mod rubric;
pub mod text;
pub mod tui;
pub mod value;
pub mod verdict;
pub mod vocabulary;
pub mod workflow;
