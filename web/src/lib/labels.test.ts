import { expect, test } from "vitest";
import { speak, speakFully } from "./i18n.ts";
import { labelled } from "./labels.ts";

test("what is English in a label is said in the page's language, and nothing else of it", async () => {
  const all = ["Title 2", "OP3 alt 1", "OP3(b) bis", "Annex (delete)", "New first clause (p1)"];
  await speak("en");
  await speakFully();
  expect(all.map(labelled)).toEqual(all);
  await speak("zh");
  await speakFully();
  expect(all.map(labelled)).toEqual([
    "标题 2",
    "OP3 备选 1",
    "OP3(b) bis",
    "附件 （删除）",
    "新的首条 (p1)",
  ]);
});
