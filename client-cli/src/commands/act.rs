//! `plenary act`: any act at all, as JSON or as fields.

use clap::Args;
use plenary_shared::acts;
use serde_json::{Map, Value};

use crate::context::{Context, entered};
use crate::failure::{Failure, Outcome};
use crate::words::from_stdin;

/// Enter any act, as JSON or as fields
///
/// plenary act '{"statement": {"text": "…"}}'
/// plenary act object on.clause=op-3 reason='Too vague'
/// plenary act seat delegation=AVR name='Republic of Averland' weight:=3
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Act {
    /// The act as JSON (`-` reads it from standard input), or its name
    #[arg(value_name = "JSON|NAME")]
    act: String,
    /// Its fields: `name=text`, or `name:=json` for numbers, lists and the like; dots go inside
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
}

impl Act {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let json = if self.act == "-" {
            from_stdin()?
        } else {
            self.act
        };
        let act = read(&json, &self.fields)?;
        let api = context.api()?;
        let done = api.act(context.draft_id(&api)?, &act)?;
        entered(&done, &context.out, |done| {
            format!("Entered: {}.", done.act.name())
        })
    }
}

/// Reads an act from JSON, or from its name and fields.
fn read(act: &str, fields: &[String]) -> Outcome<acts::Act> {
    let value = if act.trim_start().starts_with('{') && fields.is_empty() {
        serde_json::from_str(act).map_err(|e| {
            Failure::usage(
                format!("This is not JSON: {e}."),
                "Put the act in single quotes, so that the shell leaves it alone.",
            )
        })?
    } else if acts::NAMES.contains(&act) {
        let mut inner = Map::new();
        for field in fields {
            put(&mut inner, field)?;
        }
        Value::Object(Map::from_iter([(act.to_owned(), Value::Object(inner))]))
    } else {
        return Err(Failure::usage(
            format!("There is no act {act}."),
            format!("The acts are: {}.", acts::NAMES.join(", ")),
        ));
    };
    serde_json::from_value(value).map_err(|e| {
        Failure::usage(
            format!("The act is not as it must be: {e}."),
            "docs/protocol.md lists the acts and their fields.",
        )
    })
}

fn put(object: &mut Map<String, Value>, field: &str) -> Outcome {
    let wrong = |why: &str| {
        Failure::usage(
            format!("{field} {why}."),
            "Write fields as name=text, or name:=json.",
        )
    };
    let (name, value) = field.split_once('=').ok_or_else(|| wrong("is no field"))?;
    let (name, value) = match name.strip_suffix(':') {
        Some(name) => (
            name,
            serde_json::from_str(value).map_err(|e| wrong(&format!("does not hold JSON: {e}")))?,
        ),
        None => (name, Value::String(value.to_owned())),
    };
    let mut object = object;
    let mut path: Vec<&str> = name.split('.').collect();
    let last = path.pop().unwrap_or_default();
    if last.is_empty() || path.contains(&"") {
        return Err(wrong("has no name"));
    }
    for step in path {
        let inner = object
            .entry(step)
            .or_insert_with(|| Value::Object(Map::new()));
        object = inner
            .as_object_mut()
            .ok_or_else(|| wrong("is given twice"))?;
    }
    match object.insert(last.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err(wrong("is given twice")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(act: &str, fields: &[&str], expected: &str) {
        let fields: Vec<String> = fields.iter().map(|f| (*f).to_owned()).collect();
        let read = read(act, &fields).unwrap();
        let expected: acts::Act = serde_json::from_str(expected).unwrap();
        assert_eq!(read, expected);
    }

    #[test]
    fn an_act_is_read_from_json_or_from_fields() {
        let object = r#"{"object":{"on":{"clause":"op-3"},"reason":"a = b"}}"#;
        check(object, &[], object);
        check("object", &["on.clause=op-3", "reason=a = b"], object);
        check(
            "seat",
            &[
                "delegation=AVR",
                "name=Averland",
                "weight:=3",
                "languages:=[\"en\"]",
            ],
            r#"{"seat":{"delegation":"AVR","name":"Averland","weight":3,"languages":["en"]}}"#,
        );
    }

    #[test]
    fn what_is_no_act_is_told() {
        let wrong = |act: &str, fields: &[&str]| {
            let fields: Vec<String> = fields.iter().map(|f| (*f).to_owned()).collect();
            read(act, &fields).unwrap_err().what
        };
        assert!(wrong("veto", &[]).contains("no act veto"));
        assert!(wrong("object", &["reason"]).contains("is no field"));
        assert!(wrong("object", &["reason=a", "reason=b"]).contains("given twice"));
        assert!(wrong("object", &["on=x", "on.clause=y"]).contains("given twice"));
        assert!(wrong("seat", &["weight:=three"]).contains("JSON"));
        assert!(wrong("object", &["=x"]).contains("no name"));
        assert!(wrong("{", &[]).contains("not JSON"));
    }
}
