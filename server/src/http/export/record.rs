//! The record as a table: one act a line, for spreadsheets and for programs.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::try_unfold;
use plenary_shared::aids::harmless;
use plenary_shared::entry::{By, Place};
use plenary_shared::ids::Seq;
use plenary_shared::wire::view::EntryView;
use serde::Serialize;
use serde_json::Value;

use super::Which;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::visit::{Bytes, Visit};
use crate::limits::PAGE_MAX;

/// The form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Json,
}

/// An act, in the columns of the table.
#[derive(Debug, Serialize)]
struct Row {
    seq: u64,
    time: String,
    by: &'static str,
    delegation: String,
    group: String,
    verb: &'static str,
    clauses: Vec<String>,
    sentence: String,
    hash: String,
}

const HEADING: [&str; 9] = [
    "seq",
    "time",
    "by",
    "delegation",
    "group",
    "verb",
    "clauses",
    "sentence",
    "hash",
];

impl Form {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

impl Row {
    fn of(entry: &EntryView) -> Self {
        let act = serde_json::to_value(&entry.act).unwrap_or_default();
        let mut clauses: BTreeSet<String> = BTreeSet::new();
        for touched in &entry.touched {
            if let Place::Clause(id) = &touched.place {
                clauses.insert(id.to_string());
            }
        }
        named_in(&act, &mut clauses);
        let group = act.as_object().and_then(|a| a.values().next());
        let group = group.and_then(|fields| fields.get("as_group")?.as_str());
        let (by, delegation) = match &entry.by {
            By::Server => ("server", String::new()),
            By::Secretariat => ("secretariat", String::new()),
            By::Seat {
                delegation, role, ..
            } => (role.name(), delegation.to_string()),
        };
        Self {
            seq: entry.seq.0,
            time: entry.at.to_string(),
            by,
            delegation,
            group: group.unwrap_or_default().to_owned(),
            verb: match &entry.act {
                Some(act) => act.name(),
                None if entry.withheld => "cast_vote",
                None => "edit",
            },
            clauses: clauses.into_iter().collect(),
            sentence: entry.sentence.clone(),
            hash: entry.hash.to_string(),
        }
    }

    fn fields(&self) -> [String; 9] {
        [
            self.seq.to_string(),
            self.time.clone(),
            self.by.to_owned(),
            self.delegation.clone(),
            self.group.clone(),
            self.verb.to_owned(),
            self.clauses.join(" "),
            self.sentence.clone(),
            self.hash.clone(),
        ]
    }
}

/// The clauses that an act names, wherever in it they stand.
fn named_in(value: &Value, clauses: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("clause" | "after", Value::String(id)) => drop(clauses.insert(id.clone())),
                    ("clauses", Value::Array(ids)) => {
                        let ids = ids.iter().filter_map(Value::as_str);
                        clauses.extend(ids.map(ToOwned::to_owned));
                    }
                    // The text with which a draft begins is all of it, and says nothing of one clause.
                    ("convene", _) => {}
                    _ => named_in(value, clauses),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|v| named_in(v, clauses)),
        _ => {}
    }
}

/// Where the writing has come to.
struct Progress {
    visit: Visit,
    form: Form,
    edits: bool,
    after: Seq,
    last: Seq,
    rows: usize,
    ended: bool,
}

/// The record up to the moment, page by page as the reader takes it: it may be long.
pub(super) async fn write(visit: Visit, which: Which, form: Form) -> Answer<Response> {
    let last = match which.at.as_deref() {
        Some(at) => visit.past(Some(at)).await?.draft.seq,
        None => visit.now().await?.0.seq,
    };
    visit.may_compute().await;
    let (media, ending) = match form {
        Form::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        Form::Json => ("application/json", "json"),
    };
    let file = format!(
        "attachment; filename=\"{}-{last}-record.{ending}\"",
        visit.draft
    );
    let progress = Progress {
        visit,
        form,
        edits: which.edits,
        after: Seq(0),
        last,
        rows: 0,
        ended: false,
    };
    let body = Body::from_stream(try_unfold(progress, |mut progress| async {
        let page = progress.next().await;
        let page = page.map_err(|why| std::io::Error::other(why.to_string()))?;
        Ok::<_, std::io::Error>(page.map(|page| (page, progress)))
    }));
    let headers = [
        (CONTENT_TYPE, media.to_owned()),
        (CONTENT_DISPOSITION, file),
    ];
    Ok((headers, body).into_response())
}

impl Progress {
    /// The next piece; none at the end.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let mut out = Vec::new();
        if self.after == Seq(0) {
            match self.form {
                Form::Csv => line(&mut out, HEADING)?,
                Form::Json => out.push(b'['),
            }
        }
        let (entries, _) = self
            .visit
            .entries(self.after, PAGE_MAX, Bytes::LeftOut)
            .await?;
        for entry in &entries {
            self.after = entry.seq;
            let told = self.edits || entry.act.is_some() || entry.withheld;
            if entry.seq <= self.last && told {
                self.row(&mut out, &Row::of(entry))?;
            }
        }
        self.ended = entries.is_empty() || self.after >= self.last;
        if self.ended && self.form == Form::Json {
            out.extend_from_slice(b"\n]\n");
        }
        Ok(Some(out))
    }

    fn row(&mut self, out: &mut Vec<u8>, row: &Row) -> Result<(), Failure> {
        match self.form {
            Form::Csv => line(out, row.fields().map(|field| harmless(&field)))?,
            Form::Json => {
                out.extend_from_slice(if self.rows == 0 { b"\n" } else { b",\n" });
                serde_json::to_writer(out, row).map_err(Failure::internal)?;
            }
        }
        self.rows += 1;
        Ok(())
    }
}

/// A line as RFC 4180 has it.
fn line<const N: usize>(out: &mut Vec<u8>, fields: [impl AsRef<[u8]>; N]) -> Result<(), Failure> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(fields).map_err(Failure::internal)?;
    writer.flush().map_err(Failure::internal)
}
