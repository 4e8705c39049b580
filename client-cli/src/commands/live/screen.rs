//! The terminal while people write together: the clause, a cursor, and a line that says how things stand.

use std::io::Write as _;
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, EventStream, KeyCode, KeyEvent,
    KeyEventKind, KeyModifiers,
};
use crossterm::style::Print;
use crossterm::terminal::{
    self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen,
};
use crossterm::{execute, queue};
use futures_util::StreamExt as _;
use plenary_shared::draft::{LocalEdit, Text};
use plenary_shared::ids::Hash;
use unicode_width::UnicodeWidthChar as _;

use super::Spot;
use super::buffer::{Buffer, Splice};
use crate::commands::edit::no_wording;
use crate::commands::now;
use crate::commands::offline::PATIENCE;
use crate::connection::{self, Courier, News};
use crate::context::Floor;
use crate::failure::{Exit, Failure, Outcome};
use crate::output::{Paint, Tint};
use crate::plain;

/// A person may close the lid of the laptop over lunch.
const LONG: Duration = Duration::from_secs(6 * 3600);
/// How long to wait, on leaving, for the last keys to arrive.
const FAREWELL: Duration = Duration::from_secs(10);

/// Writes together until the person leaves.
pub(super) fn run(floor: &Floor, spot: &Spot, paint: Paint) -> Outcome {
    let (api, draft) = (floor.api.clone(), floor.draft.id);
    connection::run(async {
        let text = Courier::download(api.clone(), draft, PATIENCE).await?.text;
        let words = text
            .wording(&spot.place, &spot.language)
            .ok_or_else(|| no_wording(spot))?;
        let mut page = Page {
            courier: Courier::new(api, text, LONG)?,
            spot,
            buffer: Buffer::new(&words),
            last: None,
            trouble: None,
            title: plain(floor.draft.title.as_str()),
            paint,
        };
        let _screen = Screen::take()?;
        page.write_together().await
    })
}

/// The terminal in raw mode; given back when dropped, whatever happens.
struct Screen;

impl Screen {
    fn take() -> Outcome<Self> {
        terminal::enable_raw_mode().map_err(|e| no_screen(&e))?;
        let screen = Self;
        execute!(
            std::io::stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste
        )
        .map_err(|e| no_screen(&e))?;
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = execute!(
            std::io::stdout(),
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        );
        let _ = terminal::disable_raw_mode();
    }
}

fn no_screen(error: &std::io::Error) -> Failure {
    Failure::new(
        Exit::Other,
        "terminal",
        format!("The terminal cannot be used: {error}."),
        "Use `plenary edit`.",
    )
}

struct Page<'a> {
    courier: Courier,
    spot: &'a Spot,
    buffer: Buffer,
    last: Option<Hash>,
    /// Why there is no connection.
    trouble: Option<String>,
    title: String,
    paint: Paint,
}

/// What a key means.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    Leave,
    Change(Splice),
    Nothing,
}

impl Page<'_> {
    async fn write_together(&mut self) -> Outcome {
        let mut keys = EventStream::new();
        loop {
            self.draw().map_err(|e| no_screen(&e))?;
            tokio::select! {
                news = self.courier.step() => self.heard(news?),
                event = keys.next() => {
                    let event = event.transpose().map_err(|e| no_screen(&e))?;
                    let Some(event) = event else { break };
                    match self.key(event) {
                        Key::Leave => break,
                        Key::Change(splice) => self.send(splice),
                        Key::Nothing => {}
                    }
                }
            }
        }
        self.take_leave().await
    }

    fn heard(&mut self, news: News) {
        match news {
            News::Broken(why) => self.trouble = Some(why),
            News::Connected | News::Heard => self.trouble = None,
        }
        if let Some(words) = self
            .courier
            .text
            .wording(&self.spot.place, &self.spot.language)
        {
            self.buffer.follow(&words);
        }
    }

    fn key(&mut self, event: Event) -> Key {
        let buffer = &mut self.buffer;
        let change = |splice: Option<Splice>| splice.map_or(Key::Nothing, Key::Change);
        let key = match event {
            Event::Paste(text) => {
                let line = text.replace("\r\n", " ").replace(['\n', '\r'], " ");
                return Key::Change(buffer.insert(&plain(&line)));
            }
            Event::Key(KeyEvent {
                kind: KeyEventKind::Release,
                ..
            }) => return Key::Nothing,
            Event::Key(key) => key,
            _ => return Key::Nothing,
        };
        let control = key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match key.code {
            KeyCode::Esc => return Key::Leave,
            KeyCode::Char('c' | 'd' | 'q') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                return Key::Leave;
            }
            KeyCode::Char(c) if !control => {
                return Key::Change(buffer.insert(c.encode_utf8(&mut [0; 4])));
            }
            KeyCode::Backspace => return change(buffer.backspace()),
            KeyCode::Delete => return change(buffer.delete()),
            KeyCode::Left if control => buffer.word_left(),
            KeyCode::Right if control => buffer.word_right(),
            KeyCode::Left => buffer.left(),
            KeyCode::Right => buffer.right(),
            KeyCode::Home | KeyCode::Up => buffer.home(),
            KeyCode::End | KeyCode::Down => buffer.end(),
            _ => {}
        }
        Key::Nothing
    }

    fn send(&mut self, splice: Splice) {
        let (place, language) = (self.spot.place.clone(), self.spot.language.clone());
        let Splice { at, delete, insert } = splice;
        let edit = LocalEdit {
            place,
            language,
            at,
            delete,
            insert,
        };
        let change = self.courier.text.type_in(&edit, now());
        self.last = change.as_ref().and_then(Text::hash_of).or(self.last);
        self.courier.say();
    }

    /// Whether all that was typed is on the server's disk.
    fn arrived(&self) -> bool {
        self.last.is_none_or(|last| self.courier.acknowledges(last))
    }

    async fn take_leave(&mut self) -> Outcome {
        let waited = tokio::time::timeout(FAREWELL, async {
            while !self.arrived() {
                self.courier.step().await?;
            }
            Ok::<(), Failure>(())
        });
        match waited.await {
            Ok(done) => done,
            Err(_) => Err(Failure::unreachable(
                "of this draft",
                "the last keys have not arrived",
            )),
        }
    }

    fn draw(&self) -> std::io::Result<()> {
        let mut out = std::io::stdout();
        let (columns, rows) = terminal::size()?;
        // The frame is shown at once, so that it does not flicker.
        queue!(
            out,
            BeginSynchronizedUpdate,
            Hide,
            Clear(ClearType::All),
            MoveTo(0, 0)
        )?;
        let head = format!(
            "{} ({})  {}",
            self.spot.name, self.spot.language, self.title
        );
        queue!(
            out,
            Print(self.paint.tint(Tint::Bold, &cut(&head, columns)))
        )?;
        let (before, after) = self.buffer.halves();
        let (lines, cursor) = lay_out(
            &plain(before),
            &plain(after),
            usize::from(columns.max(10)) - 1,
        );
        let space = usize::from(rows.saturating_sub(4)).max(1);
        let first = cursor.0.saturating_sub(space - 1);
        for (row, line) in (2u16..).zip(lines.iter().skip(first).take(space)) {
            queue!(out, MoveTo(0, row), Print(line))?;
        }
        let (tint, standing) = match &self.trouble {
            Some(why) => (
                Tint::Red,
                format!("No connection ({why}); what you type is kept and sent later."),
            ),
            None if !self.courier.is_up() => (Tint::Yellow, "Connecting…".to_owned()),
            None if self.arrived() => (Tint::Green, "Everything is saved.".to_owned()),
            None => (Tint::Yellow, "Sending…".to_owned()),
        };
        let foot = cut(&format!("{standing}  Esc leaves."), columns);
        queue!(
            out,
            MoveTo(0, rows.saturating_sub(1)),
            Print(self.paint.tint(tint, &foot))
        )?;
        let column = u16::try_from(cursor.1).unwrap_or(columns);
        let row = u16::try_from(cursor.0 - first + 2).unwrap_or(rows);
        queue!(out, MoveTo(column, row), Show, EndSynchronizedUpdate)?;
        out.flush()
    }
}

fn cut(text: &str, columns: u16) -> String {
    let mut width = 0;
    let fits = |c: &char| {
        width += c.width().unwrap_or(0);
        width <= usize::from(columns)
    };
    text.chars().take_while(fits).collect()
}

/// Breaks the wording into lines of that width, and says in which line and column the cursor stands.
fn lay_out(before: &str, after: &str, width: usize) -> (Vec<String>, (usize, usize)) {
    let text: Vec<char> = before.chars().chain(after.chars()).collect();
    let cursor_at = before.chars().count();
    let wide = |c: char| c.width().unwrap_or(0);
    let mut lines = vec![String::new()];
    let (mut column, mut cursor) = (0, (0, 0));
    for (n, &c) in text.iter().enumerate() {
        // A word that does not fit begins a new line, unless it fits on none.
        let begins_word = n == 0 || text.get(n - 1).is_some_and(|p| p.is_whitespace());
        let word = text.iter().skip(n).take_while(|c| !c.is_whitespace());
        let word: usize = if begins_word {
            word.map(|&c| wide(c)).sum()
        } else {
            wide(c)
        };
        if c == '\n' || (column > 0 && column + word.min(width) > width && !c.is_whitespace()) {
            lines.push(String::new());
            column = 0;
        }
        if n == cursor_at {
            cursor = (lines.len() - 1, column.min(width));
        }
        if c != '\n' {
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
            column += wide(c);
        }
    }
    if cursor_at >= text.len() {
        cursor = (lines.len() - 1, column.min(width));
    }
    (lines, cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_the_cursor_is_found_in_its_line() {
        let (lines, cursor) = lay_out("one two th", "ree", 8);
        assert_eq!(lines, ["one two ", "three"]);
        assert_eq!(cursor, (1, 2));
        let (lines, cursor) = lay_out("人工智能全", "球", 6);
        assert_eq!(lines, ["人工智", "能全球"]);
        assert_eq!(cursor, (1, 4));
        assert_eq!(lay_out("", "", 10), (vec![String::new()], (0, 0)));
    }
}
