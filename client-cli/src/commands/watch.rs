//! `plenary watch`: hear of every entry as it is made.

use clap::Args;
use plenary_shared::ids::Seq;
use plenary_shared::wire::view::Event;

use super::when;
use crate::api::{Heard, News};
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Tint;
use crate::plain;

/// Follow the draft: one line for every entry, as it is made
#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// Begin after this entry instead of now
    #[arg(long, value_name = "SEQ")]
    after: Option<u64>,
    /// Stop after the entry with this number
    #[arg(long, value_name = "SEQ")]
    until: Option<u64>,
}

impl Watch {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_id(&api)?;
        let mut news = News::new(&api, draft, self.after.map(Seq));
        let mut told = false;
        loop {
            match news.next()? {
                Heard::Connected if !told => told = true,
                Heard::Connected => context.out.remark("Connected again."),
                Heard::Event(event) => {
                    self.tell(context, &event)?;
                    if self.until.is_some_and(|until| event.seq.0 >= until) {
                        return Ok(());
                    }
                }
                Heard::Broken(why, pause) => {
                    told = true;
                    context
                        .out
                        .remark(&format!("The connection broke ({why}); trying again."));
                    std::thread::sleep(pause);
                }
            }
        }
    }

    fn tell(&self, context: &Context, event: &Event) -> Outcome {
        for entry in &event.entries {
            context.out.line(entry, |out| {
                let at = out.paint.tint(Tint::Dim, &when(entry.at));
                format!("{:>6}  {at}  {}", entry.seq, plain(&entry.sentence))
            })?;
        }
        Ok(())
    }
}
