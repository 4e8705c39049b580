//! Every story on the rules alone: milliseconds each, and one test each.

use std::path::Path;

use libtest_mimic::{Arguments, Trial};
use plenary_tests::conference::Conference;
use plenary_tests::scenario::{self, Scenario};
use plenary_tests::stage::play;

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
    let mut conference = Conference::convene(&scenario)?;
    play(&scenario, &mut conference)?;
    conference.obeys_the_laws()
}
