//! `plenary adopt`: the text as a whole.

use clap::Args;
use plenary_shared::acts;
use plenary_shared::ids::Name;

use super::call::present;
use crate::context::Context;
use crate::failure::Outcome;

/// Adopt the text: it is sealed, and only statements are entered from then on (facilitator)
#[derive(Debug, Args)]
pub(crate) struct Adopt {
    /// What the adopted version is called
    name: Name,
    /// Who is in the room: codes with commas between them, or `all` who decide
    #[arg(long, value_name = "CODES|all", value_delimiter = ',', required = true)]
    present: Vec<String>,
}

impl Adopt {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let present = present(&floor, &self.present)?;
        let sentence = format!("The text is adopted as {}.", self.name);
        let act = acts::Act::Adopt(acts::Adopt {
            name: self.name,
            heads: None,
            present,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
