// A silence procedure from the chair's page: what is circulated, what becomes of it, and the letter that tells it.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, room } from "./room.ts";

const the = room();

test("clauses are circulated as a whole, subject to a confirmation, and the letter tells what came of it", async () => {
  await the.server.act("chair-facilitator", {
    package: { name: "Money", clauses: ["sovereignty", "international-law"] },
  });
  const head = await the.enter("chair-facilitator");
  const { page } = head;
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await page.getByRole("button", { name: "Put under silence", exact: true }).last().click();
  const desk = page.getByRole("dialog");
  const enter = desk.getByRole("button", { name: "Enter it into the record" });
  expect(await enter.isDisabled()).toBe(true);
  await desk.getByRole("button", { name: "The package “Money”, as a whole" }).click();
  expect(await desk.getByLabel("As a whole").isChecked()).toBe(true);
  await desk.getByRole("group", { name: "Whose confirmation" }).getByText("NRM").click();
  await accessible(page, "a silence of several clauses");
  await enter.click();
  await desk.getByText("is under silence.").waitFor();
  await desk.getByRole("button", { name: "Close" }).last().click();

  const silences = page.getByRole("region", { name: "Silence procedures" });
  await silences.getByText(/s1\s+runs until/).waitFor();
  await silences.getByText("awaits the confirmation of NRM").waitFor();
  expect(await silences.getByRole("button").count()).toBe(0);
  await the.server.act("avr-delegate", {
    object: { on: { clause: "sovereignty" }, reason: "Who pays?" },
  });
  await silences.getByText(/s1\s+is over/).waitFor();
  expect(await silences.getByText("broken by Republic of Averland").count()).toBe(2);

  const button = silences.getByRole("button", { name: "Outcome letter: s1" });
  await button.focus();
  await page.keyboard.press("Enter");
  const letter = page.getByRole("dialog", { name: "Outcome letter: s1" });
  await letter.getByText("Who pays?").waitFor();
  await accessible(page, "an outcome letter");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    letter.getByRole("button", { name: "Keep it as a file" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("silence-s1.md");
  expect(await readFile(await file.path(), "utf8")).toContain("Who pays?");
  await page.keyboard.press("Escape");
  await letter.waitFor({ state: "detached" });
  expect(await button.evaluate((it) => it === document.activeElement)).toBe(true);
  calm(head);
});
