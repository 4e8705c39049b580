/** A stretch of a wording, with the emphasis it has. */
export interface Run {
  text: string;
  em: boolean;
  strong: boolean;
}

const escapable = /[!-/:-@[-`{-~]/;

/**
 * A wording's inline markup: `*emphasis*`, `**strong**`, and a backslash before a sign that means itself. A star that opens
 * nothing, or is never closed, is a star.
 */
export function runs(wording: string): Run[] {
  // What turns around what stands beside it is seen, as the server's `visible` writes it.
  wording = wording.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    "\ufffd",
  );
  const out: Run[] = [];
  let [em, strong] = [false, false];
  const push = (text: string) => {
    const last = out.at(-1);
    if (last && last.em === em && last.strong === strong) last.text += text;
    else out.push({ text, em, strong });
  };
  for (let at = 0; at < wording.length; at++) {
    const [sign, next] = [wording.charAt(at), wording.charAt(at + 1)];
    if (sign === "\\" && escapable.test(next)) {
      push(next);
      at++;
    } else if (sign === "*") {
      const mark = next === "*" ? "**" : "*";
      const isOpen = mark === "**" ? strong : em;
      if (!toggles(wording, at, mark, isOpen)) {
        push(mark);
      } else if (mark === "**") strong = !strong;
      else em = !em;
      at += mark.length - 1;
    } else push(sign);
  }
  return out;
}

/** Whether the mark there closes what is open, or opens something that is closed later. */
function toggles(wording: string, at: number, mark: string, isOpen: boolean): boolean {
  const before = wording.charAt(at - 1);
  const after = wording.charAt(at + mark.length);
  if (isOpen) return before !== "" && !/\s/.test(before);
  return after !== "" && !/\s/.test(after) && wording.indexOf(mark, at + mark.length + 1) > 0;
}
