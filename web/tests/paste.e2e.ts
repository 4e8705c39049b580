// What comes from elsewhere, and what the browser does not keep.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, room, type Person } from "./room.ts";

const the = room();
const clause = (page: Page, id: string) => page.locator(`[id="${id}"]`);

async function edit({ page }: Person | { page: Page }, id: string) {
  const here = clause(page, id);
  if (!(await here.locator(".panel").count())) await here.locator(".standing").click();
  await here.getByRole("button", { name: /Propose other words|Edit the text/ }).click();
  return here.locator(".edit textarea.words");
}

async function live({ page }: Person | { page: Page }, id: string) {
  const here = clause(page, id);
  if (!(await here.locator(".panel").count())) await here.locator(".standing").click();
  await here.getByRole("button", { name: "Edit live" }).first().click();
  const field = here.locator(".cm-content");
  await field.waitFor({ timeout: 40_000 });
  return field;
}

/** Pastes as a word processor has it in the clipboard: markup, and plain text beside it. */
const paste = (field: Locator, html: string, text: string) =>
  field.evaluate(
    (it, [html, text]) => {
      const clipboardData = new DataTransfer();
      if (html) clipboardData.setData("text/html", html);
      clipboardData.setData("text/plain", text ?? "");
      it.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [html, text],
  );

const word = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><!--StartFragment-->
<p class=MsoNormal><i>Decides</i> to:<o:p></o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>(a)<span>&nbsp;&nbsp; </span></span><![endif]><b>meet</b> each year;</p>
<img src="x" onerror="document.title='harm'"><script>document.title='harm'</script>
<!--EndFragment--></body></html>`;

test("a page of a word processor becomes plain text with its emphasis and letters", async () => {
  const person = await the.enter("avr-delegate");
  const field = await edit(person, "international-law");
  const before = await field.inputValue();
  await field.press("Control+a");
  await paste(field, word, "Decides to: (a) meet each year;");
  expect(await field.inputValue()).toBe("*Decides* to:\n(a) **meet** each year;");
  const here = clause(person.page, "international-law");
  await here.locator(".redline ins", { hasText: "meet" }).first().waitFor();
  expect(await person.page.title()).not.toContain("harm");
  // It can be taken back as whatever is typed.
  await field.press("Control+z");
  expect(await field.inputValue()).toBe(before);
  // What it would have run or styled was refused by the page's policy, and told of; nothing else was.
  const others = person.complaints.filter((told) => !/Content Security Policy/.test(told));
  expect(others).toEqual([]);
});

test("two megabytes are cut to what may stand, and it is said; the page goes on", async () => {
  const person = await the.enter("avr-delegate");
  const field = await edit(person, "sovereignty");
  const here = clause(person.page, "sovereignty");
  await field.fill("");
  await field.focus();
  await paste(field, "<p>of all words</p>".repeat(105_000), "x");
  await here.getByText("20,000 characters").waitFor();
  expect((await field.inputValue()).length).toBe(20_000);
  await field.fill("");
  await paste(field, "", "two million \u202e signs ".repeat(100_000));
  await here.getByText("20,000 characters").waitFor();
  await here.getByText("turn the direction of writing").waitFor();
  expect(await field.inputValue()).not.toContain("\u202e");
  // A full field takes no more, and loses nothing at its end.
  const full = await field.inputValue();
  await field.press("Control+Home");
  await field.pressSequentially("Still ");
  expect((await field.inputValue()) === full).toBe(true);
  await field.fill("There is room");
  await field.press("Control+Home");
  await field.pressSequentially("Still, ");
  expect(await field.inputValue()).toBe("Still, There is room");
  calm(person);
}, 120_000);

test("letters that only look alike are told of before they are sent, and to who reads them", async () => {
  const [one, two] = [await the.enter("avr-delegate"), await the.enter("nrm-delegate")];
  const field = await edit(one, "uneven-benefits");
  const here = clause(one.page, "uneven-benefits");
  await field.fill("*Recognizing* the p\u0430yment of\u200b all,");
  await here.getByText("one word of Latin and Cyrillic letters").waitFor();
  await here.getByText("signs in this text that are not seen: U+200B").waitFor();
  await accessible(one.page, "doubts");
  await here.getByRole("button", { name: "Propose this" }).click();
  const there = clause(two.page, "uneven-benefits");
  await there.locator(".words", { hasText: "AVR" }).first().waitFor();
  await there.locator(".standing").click();
  const proposal = there.getByRole("region", { name: /alt 1/ });
  await proposal.getByText("one word of Latin and Cyrillic letters").waitFor();
  calm(one, two);
});

test("what is pasted while editing live is cleaned too, and it is said", async () => {
  const person = await the.enter("chair-facilitator");
  const field = await live(person, "missing-languages");
  const here = clause(person.page, "missing-languages");
  await here.getByText("All is with the server").waitFor();
  await field.press("Control+Home");
  await paste(field, "<p><i>Deeply</i> </p>", "Deeply ");
  await paste(field, "", "turned \u202eround ");
  await here.getByText("turn the direction of writing").waitFor();
  await here.getByText("All is with the server").waitFor();
  await expect.poll(() => field.textContent()).toMatch(/^\*Deeply\*turned round /);
  await paste(field, "", "y".repeat(2_000_000));
  await here.getByText("20,000 characters").waitFor();
  await here.getByText("All is with the server").waitFor({ timeout: 40_000 });
  const read = async () =>
    (
      await the.server.ask<{ clauses: { id: string; text: { en: string } }[] }>(
        "avr-delegate",
        `/drafts/${await the.server.draft()}/text`,
      )
    ).clauses.find((c) => c.id === "missing-languages")?.text.en.length;
  await expect.poll(read, { timeout: 20_000 }).toBe(20_000);
  calm(person);
}, 120_000);

test("two tabs of one delegate: neither loses words to the other", async () => {
  const one = await the.enter("avr-delegate");
  const page = await one.context.newPage();
  await page.goto(one.page.url());
  const [first, second] = [await edit(one, "concentration"), await edit({ page }, "concentration")];
  await first.fill("*Concerned* in the first tab,");
  await clause(page, "concentration").getByText("writing this clause in another tab").waitFor();
  await second.fill("*Concerned* in the second tab,");
  const told = clause(one.page, "concentration").getByText("writing this clause in another tab");
  await told.waitFor();
  await accessible(one.page, "two tabs");
  expect(await first.inputValue()).toBe("*Concerned* in the first tab,");
  // The first is sent; what the second has kept stays kept.
  await clause(one.page, "concentration").getByRole("button", { name: "Propose this" }).click();
  await first.waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("button", { name: /Keys/ }).waitFor();
  const again = await edit({ page }, "concentration");
  expect(await again.inputValue()).toBe("*Concerned* in the second tab,");
  // And one tab takes over what the other has.
  const other = await edit(one, "concentration");
  await other.fill("*Concerned* once more,");
  await clause(page, "concentration").getByRole("button", { name: "Take those words" }).click();
  expect(await again.inputValue()).toBe("*Concerned* once more,");
  calm(one);
});

test("two tabs of one person write live in one clause", async () => {
  const one = await the.enter("chair-facilitator");
  const page = await one.context.newPage();
  await page.goto(one.page.url());
  const [first, second] = [
    await live(one, "best-interests"),
    await live({ page }, "best-interests"),
  ];
  await first.press("Control+Home");
  await first.pressSequentially("One ");
  await second.getByText("One ").waitFor();
  await second.press("Control+End");
  await second.pressSequentially(" two");
  await first.getByText(" two").waitFor();
  for (const it of [one.page, page])
    await clause(it, "best-interests").getByText("All is with the server").waitFor();
  // What both keep here is one copy, and it opens.
  await page.close();
  await one.page.reload();
  const again = await live(one, "best-interests");
  await again.getByText(/^One .* two$/).waitFor();
  calm(one);
}, 120_000);

test.each([
  [
    "forbidden",
    () =>
      (IDBFactory.prototype.open = () => {
        throw new DOMException("no", "SecurityError");
      }),
  ],
  [
    "full",
    () =>
      (IDBObjectStore.prototype.put = function (this: IDBObjectStore) {
        this.transaction.abort();
        throw new DOMException("full", "QuotaExceededError");
      }),
  ],
])(
  "where the browser's storage is %s one edits live all the same, and is told",
  async (_, harm) => {
    const person = await the.enter("chair-facilitator");
    await person.context.addInitScript(harm);
    await person.context.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await person.page.reload();
    const field = await live(person, "human-responsibility");
    const here = clause(person.page, "human-responsibility");
    await field.press("Control+Home");
    await field.pressSequentially("Kept ");
    await here.getByText("This browser keeps no copy").waitFor();
    await here.getByText("All is with the server").waitFor();
    const reader = await the.enter("avr-delegate");
    await clause(reader.page, "human-responsibility").getByText("Kept ").first().waitFor();
    // And an edit of a whole clause says it too.
    await here.getByRole("button", { name: "Done" }).click();
    const words = await edit(person, "human-responsibility");
    await words.fill((await words.inputValue()) + " still");
    await here.getByText("This browser keeps nothing").waitFor();
    await here.getByRole("button", { name: "Put it into the text" }).click();
    await clause(reader.page, "human-responsibility")
      .getByText(/still$/)
      .first()
      .waitFor();
  },
  120_000,
);

test("what the browser has thrown away comes again from the server", async () => {
  const person = await the.enter("chair-facilitator");
  await live(person, "capability-levels");
  await clause(person.page, "capability-levels").getByText("All is with the server").waitFor();
  await person.page.goto(`${the.address}/`);
  const left = await person.page.evaluate(async () => {
    const all = await indexedDB.databases();
    for (const { name } of all) if (name) indexedDB.deleteDatabase(name);
    return all.length;
  });
  expect(left).toBe(1);
  await person.page.goto(`${the.address}/d/${await the.server.draft()}`);
  const field = await live(person, "capability-levels");
  await field.getByText("24 hours").waitFor();
});

test.each([86_400_000, -86_400_000])(
  "a deadline is counted by the server's clock, on a laptop that is %d ms off",
  async (off) => {
    const person = await the.enter("avr-delegate");
    await person.context.addInitScript((off) => {
      const Real = Date;
      const now = Real.now.bind(Real);
      globalThis.Date = new Proxy(Real, {
        construct: (It, [...given]) =>
          given.length
            ? new (It as unknown as new (...a: unknown[]) => Date)(...given)
            : new It(now() + off),
        get: (It, name) => (name === "now" ? () => now() + off : Reflect.get(It, name)),
      });
    }, off);
    await the.server.act("secretariat", { set_rule: { rule: { silence_hours: 1 } } });
    const until = new Date(Date.now() + 90 * 60_000).toISOString();
    await the.server
      .act("chair-facilitator", {
        open_silence: { targets: [{ clause: "incident-reporting" }], until },
      })
      .catch(() => undefined);
    await person.page.reload();
    await clause(person.page, "incident-reporting").locator(".standing").click();
    await clause(person.page, "incident-reporting")
      .getByText(/in (8\d|90) minutes/)
      .waitFor();
  },
);
