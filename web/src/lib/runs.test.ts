import { expect, test } from "vitest";
import { runs } from "./runs.ts";

const check = (wording: string, ...expected: string[]) =>
  expect(
    runs(wording).map((r) => (r.strong ? `<b>${r.text}</b>` : r.em ? `<i>${r.text}</i>` : r.text)),
  ).toEqual(expected);

test("emphasis is read, and what only looks like it is left", () => {
  check("*Recalling* the Charter,", "<i>Recalling</i>", " the Charter,");
  check("**Decides** now", "<b>Decides</b>", " now");
  check("2 * 3 * 4", "2 * 3 * 4");
  check("a lone *star", "a lone *star");
  check("\\*no\\* emphasis", "*no* emphasis");
  check("*回顾*《宪章》", "<i>回顾</i>", "《宪章》");
  check("");
});

test("what would turn its surroundings around is seen instead", () => {
  expect(runs("safe \u202etxet\u2069")).toEqual([
    { text: "safe \ufffdtxet\ufffd", em: false, strong: false },
  ]);
});
