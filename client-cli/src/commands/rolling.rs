//! How a rolling text is to be read: options of the commands that show one.

use clap::{Args, ValueEnum};
use plenary_shared::ids::DelegationId;

/// How a rolling text is to be read.
#[derive(Debug, Clone, Args)]
pub(crate) struct Reading {
    /// The rolling text in another way: without names, or with the first proposal at every place taken in
    #[arg(long, value_enum, value_name = "HOW")]
    rendering: Option<Rendering>,
    /// The rolling text as this delegation would have it
    #[arg(long, value_name = "DELEGATION", conflicts_with = "rendering")]
    proposal_of: Option<DelegationId>,
}

/// The ways.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Rendering {
    /// In brackets, with who wants what
    Attributed,
    /// In brackets, without names
    Bracketed,
    /// Without brackets: the first proposal at every place is taken in
    IfAgreed,
}

impl Reading {
    /// Whether one was asked for.
    pub(crate) fn is_asked(&self) -> bool {
        self.rendering.is_some() || self.proposal_of.is_some()
    }

    /// The same in an address.
    pub(crate) fn query(&self) -> Option<(&'static str, String)> {
        let rendering = |r| match r {
            Rendering::Attributed => "attributed",
            Rendering::Bracketed => "bracketed",
            Rendering::IfAgreed => "if-agreed",
        };
        let of = self.proposal_of.as_ref().map(|of| ("of", of.to_string()));
        of.or_else(|| Some(("rendering", rendering(self.rendering?).to_owned())))
    }
}
