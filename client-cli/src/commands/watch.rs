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
        let mut broken = false;
        loop {
            match news.next()? {
                Heard::Connected if broken => {
                    broken = false;
                    context.out.remark("Connected again.");
                }
                Heard::Connected => {}
                Heard::Event(event) => {
                    self.tell(context, &event)?;
                    if self.is_over(event.seq) {
                        return Ok(());
                    }
                }
                // No entry, so no line of its own: scripts read one object for each entry.
                Heard::Reminder(r) => {
                    let what = match (&r.silence, &r.vote) {
                        (Some(silence), _) => format!("silence {silence}"),
                        (None, Some(vote)) => format!("vote {vote}"),
                        (None, None) => "deadline".to_owned(),
                    };
                    let on = match r.clauses.as_slice() {
                        [] => String::new(),
                        clauses => format!(" on {}", super::list(clauses)),
                    };
                    context.out.remark(&format!(
                        "The {what}{on} ends at {}, within {} h.",
                        when(r.until),
                        r.hours
                    ));
                }
                Heard::Revealed(vote) => context.out.remark(&format!(
                    "How each has voted in {} is seen from now on, and can be changed until the close: {}.",
                    vote.id,
                    plain(&vote.told)
                )),
                Heard::Broken(why, pause) => {
                    if !broken {
                        let told = format!("The connection broke ({why}); trying again.");
                        context.out.remark(&told);
                    }
                    broken = true;
                    std::thread::sleep(pause);
                }
            }
        }
    }

    fn is_over(&self, seq: Seq) -> bool {
        self.until.is_some_and(|until| seq.0 >= until)
    }

    fn tell(&self, context: &Context, event: &Event) -> Outcome {
        for typed in &event.typed {
            context.out.line(typed, |out| {
                let at = out.paint.tint(Tint::Dim, &when(typed.at));
                format!("{:>6}  {at}  {}", event.seq, plain(&typed.sentence))
            })?;
        }
        for entry in &event.entries {
            if self.until.is_some_and(|until| entry.seq.0 > until) {
                break;
            }
            context.out.line(entry, |out| {
                let at = out.paint.tint(Tint::Dim, &when(entry.at));
                format!("{:>6}  {at}  {}", entry.seq, plain(&entry.sentence))
            })?;
        }
        Ok(())
    }
}
