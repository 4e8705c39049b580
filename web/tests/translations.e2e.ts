// Translations: how they stand, and who answers for them marks and writes them.
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room } from "./room.ts";

const the = room();
interface Views {
  clauses: { id: string; translations?: Record<string, { is: string }> }[];
}
const standing = async (id: string, language: string) => {
  const path = `/drafts/${await the.server.draft()}/status`;
  const { clauses } = await the.server.ask<Views>("avr-delegate", path);
  return clauses.find((clause) => clause.id === id)?.translations?.[language]?.is;
};

test("a translation is written and marked, falls behind, and is marked again", async () => {
  const person = await the.enter("secretariat");
  const { page } = person;
  const clause = page.locator("#international-law");
  await clause.locator(".standing").click();
  await clause.getByText("Translations").click();
  const french = clause.getByRole("listitem").filter({ hasText: "French" });
  await french.getByText("not checked against the present words").waitFor();
  await french.getByRole("button", { name: "Check it: French" }).click();
  const words = french.getByLabel("Words in French");
  await words.fill("Réaffirme le droit international ;");
  await accessible(page, "writing a translation");
  await french.getByRole("button", { name: "Write these words, and mark them" }).click();
  await french.getByText("renders the words as they stand").waitFor();
  expect(await standing("international-law", "fr")).toBe("matching");

  await the.server.act("avr-delegate", {
    propose: {
      amendment: { replace: { clause: "international-law" } },
      text: { en: "*Reaffirms* international law, old and new;" },
    },
  });
  await the.server.act("chair-facilitator", { incorporate: { proposal: "p1" } });
  await french.getByText("behind").waitFor();
  // Marked from what was in view before, it is refused: the words are others by now.
  await french.getByRole("button", { name: "Mark it as rendering these words" }).click();
  await french.getByRole("alert").waitFor();
  const check = french.getByRole("button", { name: "Check it: French" });
  await check.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await french.getByText("old and new").waitFor();
  await french.getByRole("button", { name: "Mark it as rendering these words" }).focus();
  await page.keyboard.press("Enter");
  await french.getByText("renders the words as they stand").waitFor();
  expect(await standing("international-law", "fr")).toBe("matching");
  person.complaints.splice(0); // The browser tells of the refusal: it was an answer.
  calm(person);
});

test("everybody sees how the translations stand, and only who answers for them marks any", async () => {
  const person = await the.enter("avr-delegate");
  const { page } = person;
  const clause = page.locator("#sovereignty");
  await clause.locator(".standing").click();
  await clause.getByText("Translations").click();
  await clause.getByText("not checked against the present words").first().waitFor();
  expect(await clause.getByRole("button", { name: /Check it/ }).count()).toBe(0);
  calm(person);
});

test("what has words is marked at once, language by language, from the chair's page", async () => {
  const head = await the.enter("chair-facilitator");
  const { page } = head;
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  const section = page.getByRole("region", { name: "Translations" });
  await section.getByText(/French/).click();
  const mark = section.getByRole("button", { name: /^Mark all that have words as right/ });
  const n = /\d+/.exec(await mark.innerText())?.[0];
  await mark.click();
  await accessible(page, "marking translations");
  await section.getByRole("button", { name: `Yes, all ${n} in French` }).click();
  await section.getByText(`${n} clauses are marked.`).waitFor();
  expect(await standing("sovereignty", "fr")).toBe("matching");
  await mark.waitFor({ state: "detached" });
  // Of another language, one clause is opened from there.
  await section.getByText(/Arabic/).click();
  await section.getByRole("button", { name: "Open OP1", exact: true }).click();
  const desk = page.getByRole("dialog");
  await desk.getByText("Translations").click();
  await desk.getByRole("button", { name: "Check it: Arabic" }).click();
  await desk.getByRole("button", { name: "Mark it as rendering these words" }).click();
  await desk.getByText("renders the words as they stand").last().waitFor();
  await accessible(page, "translations on the chair's desk");
  calm(head);
});

test.each([
  ["ar", 1440],
  ["zh", 360],
])("translations are for everybody, in %s at %d px", async (language, width) => {
  const { page } = await the.enter("secretariat", { viewport: { width, height: 800 } });
  await page.goto(`${page.url().split("?")[0]}?ui=${language}`);
  const clause = page.locator("#international-law");
  await clause.locator(".standing").click();
  await clause.locator(".translations summary").click();
  await clause.locator(".translations button").first().click();
  await clause.locator(".translations textarea").waitFor();
  await accessible(page, `translations in ${language} at ${width}`);
  await fits(page);
});
