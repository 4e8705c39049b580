//! Typing a script: one change for every character, at a steady rate, through every break of the connection.

use std::time::Duration;

use plenary_shared::draft::{LocalEdit, Text};
use plenary_shared::ids::{Digest, Hash};
use serde_json::json;
use tokio::time::Instant;

use super::buffer::{Buffer, Splice};
use super::{Begin, Spot};
use crate::commands::edit::no_wording;
use crate::commands::now;
use crate::commands::offline::PATIENCE;
use crate::connection::{self, Courier};
use crate::context::{Context, Floor};
use crate::failure::{Exit, Failure, Outcome};

/// How long a typist waits for a server that does not answer.
const STEADFAST: Duration = Duration::from_secs(120);

/// Types the script, waits until all of it is on the server's disk, and sums up.
pub(super) fn run(
    context: &Context,
    floor: &Floor,
    spot: &Spot,
    script: &str,
    rate: u32,
    begin: Begin,
) -> Outcome {
    let began = std::time::Instant::now();
    let (api, draft) = (floor.api.clone(), floor.draft.id);
    let typed = connection::run(async {
        let text = Courier::download(api.clone(), draft, PATIENCE).await?.text;
        let courier = Courier::new(api, text, STEADFAST)?;
        let mut typist = Typist::new(courier, spot, begin)?;
        typist.type_all(script, rate).await?;
        Ok(typist)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let characters = script.chars().count();
    let stands = typed.buffer.text();
    let reconnections = typed.courier.reconnections;
    let value = json!({
        "typed": characters,
        "acknowledged": characters,
        "seconds": seconds,
        "reconnections": reconnections,
        "digest": Digest::of(stands),
        "text": stands,
    });
    context.out.value(&value, |_| {
        format!(
            "Typed {characters} characters into {} in {seconds:.1} s, all acknowledged; {reconnections} reconnections.",
            spot.name
        )
    })
}

struct Typist<'a> {
    courier: Courier,
    spot: &'a Spot,
    buffer: Buffer,
    last: Option<Hash>,
}

impl<'a> Typist<'a> {
    fn new(courier: Courier, spot: &'a Spot, begin: Begin) -> Outcome<Self> {
        let words = courier
            .text
            .wording(&spot.place, &spot.language)
            .ok_or_else(|| no_wording(spot))?;
        let mut buffer = Buffer::new(&words);
        if let Begin::After(units) = begin {
            buffer.place(units);
        }
        Ok(Self {
            courier,
            spot,
            buffer,
            last: None,
        })
    }

    async fn type_all(&mut self, script: &str, rate: u32) -> Outcome {
        let pause = Duration::from_secs(1).checked_div(rate).unwrap_or_default();
        let mut due = Instant::now();
        for character in script.chars() {
            self.listen_until(due).await?;
            self.press(character)?;
            due += pause;
        }
        if let Some(last) = self.last {
            while !self.courier.acknowledges(last) {
                self.courier.step().await?;
                self.follow();
            }
        }
        Ok(())
    }

    /// Hears what others type, until the next key is due.
    async fn listen_until(&mut self, due: Instant) -> Outcome {
        loop {
            match tokio::time::timeout_at(due, self.courier.step()).await {
                Ok(news) => {
                    news?;
                    self.follow();
                }
                Err(_) => return Ok(()),
            }
        }
    }

    fn press(&mut self, character: char) -> Outcome {
        let Splice { at, delete, insert } = self.buffer.insert(character.encode_utf8(&mut [0; 4]));
        let (place, language) = (self.spot.place.clone(), self.spot.language.clone());
        let edit = LocalEdit {
            place,
            language,
            at,
            delete,
            insert,
        };
        let change = self.courier.text.type_in(&edit, now());
        let Some(hash) = change.as_ref().and_then(Text::hash_of) else {
            return Err(Failure::new(
                Exit::Other,
                "not-typed",
                format!("{} cannot be typed into.", self.spot.name),
                "Read it with `plenary show`.",
            ));
        };
        self.last = Some(hash);
        self.courier.say();
        Ok(())
    }

    fn follow(&mut self) {
        if let Some(words) = self
            .courier
            .text
            .wording(&self.spot.place, &self.spot.language)
        {
            self.buffer.follow(&words);
        }
    }
}
