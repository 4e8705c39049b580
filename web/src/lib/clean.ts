/** What is taken out of text that comes in from elsewhere: signs that the record does not hold. */
export interface Cleaned {
  text: string;
  /** What was done, as the end of a message's name. */
  notes: ("control" | "direction" | "long")[];
}

/** Characters of one wording at most; the server's limit. */
export const LONGEST = 20_000;

// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const direction = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text as the record can hold it. Nothing is taken out silently: each note is shown. */
export function cleaned(source: string): Cleaned {
  const notes: Cleaned["notes"] = [];
  let text = source.replace(/\r\n?|\u2028|\u2029/g, "\n").replace(/\u00a0/g, " ");
  const without = (signs: RegExp, note: Cleaned["notes"][number]) => {
    const rest = text.replace(signs, "");
    if (rest !== text) notes.push(note);
    text = rest;
  };
  without(control, "control");
  without(direction, "direction");
  if (text.length > LONGEST) {
    notes.push("long");
    text = text.slice(0, LONGEST);
  }
  return { text, notes };
}
