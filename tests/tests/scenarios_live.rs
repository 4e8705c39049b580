//! The same stories on a live server: acts by HTTP, typing by websocket, a clock that the story sets.

use std::path::Path;

use libtest_mimic::{Arguments, Trial};
use plenary_shared::record::Record;
use plenary_tests::live::LiveDraft;
use plenary_tests::scenario::{self, Scenario};
use plenary_tests::stage::{Stage as _, play};

fn main() {
    let arguments = Arguments::from_args();
    let stories = scenario::all().expect("the folder of stories can be read");
    let trials = stories.into_iter().map(|(name, path)| {
        Trial::test(name, move || {
            run(&path).map_err(|e| format!("{e:#}").into())
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn run(path: &Path) -> anyhow::Result<()> {
    let scenario = Scenario::read(path)?;
    let mut draft = LiveDraft::convene(&scenario)?;
    play(&scenario, &mut draft)?;
    // Whoever has the log has the draft.
    let picture = draft.picture()?;
    let mut record = Record::unborn(draft.id);
    record.replay(&draft.log()?)?;
    anyhow::ensure!(record.draft.head == picture.summary.head, "another log");
    let text =
        plenary_shared::status::text_view(&record.draft, &record.manuscript, record.text.heads());
    anyhow::ensure!(
        text == picture.text,
        "the log tells another text than the server"
    );
    Ok(())
}
