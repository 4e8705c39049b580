import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room, type Person } from "./room.ts";

const the = room();

/** The history of the draft, after a change between two versions. */
async function history(more = {}): Promise<Person> {
  const person = await the.enter("archive-archivist", more);
  await person.page.getByRole("link", { name: "History", exact: true }).click();
  return person;
}

test("two versions are compared word by word, in one text and side by side", async () => {
  await the.server.act("chair-facilitator", { seal_version: { name: "Rev.1" } });
  const propose = (amendment: object, text = {}) =>
    the.server.act("avr-delegate", { propose: { amendment, text } });
  const draft = await the.server.ask<{ clauses: { id: string; text: { en: string } }[] }>(
    "avr-delegate",
    `/drafts/${await the.server.draft()}/text`,
  );
  const words = draft.clauses.find((c) => c.id === "capability-levels")?.text.en ?? "";
  await propose(
    { replace: { clause: "capability-levels" } },
    { en: words.replace("24 hours", "72 hours") },
  );
  await propose({ move: { clause: "international-law", after: draft.clauses[4]?.id } });
  for (const proposal of ["p1", "p2"])
    await the.server.act("chair-facilitator", { incorporate: { proposal } });
  await the.server.act("chair-facilitator", { seal_version: { name: "Rev.2" } });

  const person = await history();
  const { page } = person;
  await page.getByLabel("From", { exact: true }).selectOption({ label: "Rev.1" });
  await page.getByLabel("To", { exact: true }).selectOption({ label: "Rev.2" });
  const clause = page.getByRole("article", { name: "OP6" });
  await clause.locator("del", { hasText: "24" }).waitFor();
  expect(await clause.locator("del").allInnerTexts()).toEqual(["24"]);
  expect(await clause.locator("ins").allInnerTexts()).toEqual(["72"]);
  const moved = page.getByRole("article").filter({ hasText: "stands elsewhere" });
  expect(await moved.count()).toBe(1);
  expect(await moved.locator("ins, del").count()).toBe(0);
  await page.getByText("1 changed, 0 new, 0 gone, 1 moved").waitFor();
  await accessible(page, "history");

  await page.getByLabel("Shown").selectOption({ label: "side by side" });
  const [before, after] = await clause.locator(".pair .words").allInnerTexts();
  expect(before).toContain("within 24 hours");
  expect(after).toContain("within 72 hours");
  await accessible(page, "history");

  // The address tells what is compared.
  await page.reload();
  await page.getByRole("article", { name: "OP6" }).locator("del", { hasText: "24" }).waitFor();
  calm(person);
});

test("every entry is a moment to compare from, and new ones come by themselves", async () => {
  const person = await history();
  const { page } = person;
  await page.getByText("Averland proposes").first().waitFor();
  await the.server.act("nrm-delegate", {
    object: { on: { clause: "incident-reporting" }, reason: "Too soon." },
  });
  await page.getByText("Norrmark objects").first().waitFor();
  const first = page.getByRole("button", { name: /Compare from entry/ });
  await expect.poll(() => first.count()).toBeGreaterThan(20);
  await first.first().click();
  await page.getByText("0 changed, 0 new, 0 gone, 0 moved").waitFor();
  calm(person);
});

test("what is exported is what is compared to, in every format", async () => {
  const { page } = await history();
  const take = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name, exact: true }).click(),
    ]);
    await page
      .getByRole("status")
      .filter({ hasText: `${name} is with your downloads.` })
      .waitFor();
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  await page.getByLabel("To", { exact: true }).selectOption({ label: "Rev.1" });
  const markdown = await take("Markdown");
  expect(markdown.name).toMatch(/-\d+\.md$/);
  expect(markdown.bytes.toString()).toContain("within 24 hours");
  for (const [name, ending, begins] of [
    ["Word", "docx", "PK"],
    ["PDF", "pdf", "%PDF-"],
    ["HTML", "html", "<!doctype html>"],
    ["Akoma Ntoso", "xml", "<?xml"],
    ["TXT", "txt", ""],
    ["CSV", "csv", "seq,time"],
    ["JSON", "json", "["],
  ] as const) {
    const file = await take(name);
    expect(file.name.endsWith(`.${ending}`)).toBe(true);
    expect(file.bytes.toString("latin1").startsWith(begins)).toBe(true);
  }
  // Changes are marked in the words that stand.
  await page.getByLabel("Text", { exact: true }).selectOption({ label: "with who wants what" });
  expect(await page.getByLabel("with the changes since").isDisabled()).toBe(true);
  await accessible(page, "exports");
});

test("the drafting of a clause is played, and each word says whose it is", async () => {
  const id = "incident-reporting";
  const words = async () =>
    (
      await the.server.ask<{ clauses: { id: string; text: { en: string } }[] }>(
        "avr-delegate",
        `/drafts/${await the.server.draft()}/text`,
      )
    ).clauses.find((c) => c.id === id)?.text.en ?? "";
  const first = await words();
  await the.server.act("avr-delegate", {
    propose: { amendment: { replace: { clause: id } }, text: { en: `${first} swiftly` } },
  });
  const draft = await the.server.draft();
  const { items } = await the.server.ask<{ items: { id: string; state: string }[] }>(
    "avr-delegate",
    `/drafts/${draft}/proposals`,
  );
  const made = items.find((p) => p.state === "made")?.id;
  await the.server.act("chair-facilitator", { incorporate: { proposal: made } });
  const text = await the.server.ask<{ heads: string[] }>("avr-delegate", `/drafts/${draft}/text`);
  const put = { text: `Gravely ${await words()}`, base: text.heads };
  await the.server.ask("chair-facilitator", `/drafts/${draft}/clauses/${id}/text/en`, put, "PUT");

  const person = await history();
  const { page } = person;
  const story = page.getByRole("region", { name: "How a clause was drafted" });
  const label = await page.evaluate((id) => {
    const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
    return data.text.clauses.find((c: { id: string }) => c.id === id).label as string;
  }, id);
  await story.getByLabel("Clause").selectOption({ label });
  await story.locator(".redline ins", { hasText: "Gravely" }).waitFor();
  await story.getByText("proposed by AVR (").waitFor();
  await story.getByText("taken into the text by CHAIR").waitFor();
  await story.getByText("typed by CHAIR").waitFor();
  const of = (text: string) => story.locator(".from", { hasText: text }).first();
  expect(await of("swiftly").getAttribute("title")).toBe("AVR");
  expect(await of("Gravely").getAttribute("title")).toBe("CHAIR");
  await accessible(page, "the story of a clause");
  await story.getByRole("button", { name: "Step back" }).click();
  await story.locator(".redline ins", { hasText: "swiftly" }).waitFor();
  expect(await story.getByText("Gravely").count()).toBe(0);
  // Played from here to the end.
  await story.getByRole("button", { name: "Play" }).click();
  await story.getByRole("button", { name: "Pause" }).waitFor();
  await story.locator(".redline ins", { hasText: "Gravely" }).waitFor({ timeout: 15_000 });
  await story.getByRole("button", { name: "Play" }).waitFor();
  calm(person);
});

test.each([
  ["en", 1440],
  ["ar", 1440],
  ["zh", 360],
  ["en", 320],
])("the history is for everybody, in %s at %d px", async (language, width) => {
  const { page } = await the.enter("avr-delegate", { viewport: { width, height: 800 } });
  await page.goto(`${page.url().split("?")[0]}/history?ui=${language}&view=side&from=1`);
  await page.getByRole("article").first().waitFor();
  await accessible(page, `history in ${language} at ${width}`);
  await fits(page);
});

test("a delegation signs in the browser, and nothing unsigned is entered for it any more", async () => {
  const person = await the.enter("avr-delegate");
  const { page } = person;
  await page.getByRole("link", { name: "History", exact: true }).click();
  await page.getByRole("button", { name: "Make a key and sign from now on" }).click();
  await page.getByText("What you do in this browser is signed.").waitFor();
  await page.getByText("Signed by the delegation").first().waitFor();
  await page.getByText("Not signed by the delegation").first().waitFor();
  await accessible(page, "history");
  const stranger = the.server.act("avr-delegate", { statement: { text: "We never said so." } });
  await expect(stranger).rejects.toThrow(/signature-missing/);
  // Another page of the same browser signs with the same key.
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await page.getByRole("button", { name: "Revoke it now" }).click();
  await page.getByRole("button", { name: "Register this browser's key" }).waitFor();
  await the.server.act("avr-delegate", { statement: { text: "Now we do not sign." } });
  calm(person);
});
