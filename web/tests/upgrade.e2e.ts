// What happens under a page that stays open: a newer server, a seat that is taken back.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { room } from "./room.ts";

const the = room();
const clause = (page: Page, id: string) => page.locator(`[id="${id}"]`);

async function edit(page: Page, id: string) {
  await clause(page, id).locator(".standing").click();
  await clause(page, id).getByRole("button", { name: "Propose other words" }).click();
  return clause(page, id).locator("textarea.words");
}

interface Invitation {
  link: string;
  seat: { seat: string };
}
const invited = async (delegation: string, role: string) => {
  const drafts = [await the.server.draft()];
  const asked = { delegation, role, drafts, expires_in: 3600 };
  const given = await the.server.ask<Invitation>("secretariat", "/seats", asked);
  return { ...given, link: given.link.replace(/^https?:\/\/[^/]+/, the.address) };
};

test("a page that a newer server finds open asks to be loaded anew, and nothing written is lost", async () => {
  const person = await the.enter("avr-delegate");
  const { page } = person;
  const field = await edit(page, "uneven-benefits");
  await field.fill("*Recognizing* the uneven,");
  const why = clause(page, "uneven-benefits").getByLabel("Why (optional)");
  await why.fill("It is shorter.");
  expect(await page.getByText("newer version of this page").count()).toBe(0);

  // The server is replaced by one of another build.
  await page.route("**/api/v1/me", async (route) => {
    const answer = await route.fetch().catch(() => undefined);
    if (!answer) return route.abort();
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), "plenary-build": "next" },
    });
  });
  await the.server.kill();
  await page.getByText("The line is down").waitFor();
  await the.server.run();
  await page.getByText("newer version of this page").waitFor({ timeout: 40_000 });
  await accessible(page, "upgraded");
  // Nothing happens to who goes on writing.
  expect(await field.inputValue()).toBe("*Recognizing* the uneven,");
  await field.press("End");
  await field.pressSequentially(" and more");
  await page.unroute("**/api/v1/me");
  await page.getByRole("button", { name: "Load the new version" }).click();
  await page.getByRole("button", { name: /Keys/ }).waitFor();
  expect(await page.getByText("newer version of this page").count()).toBe(0);
  const here = clause(page, "uneven-benefits");
  await here.getByRole("button", { name: "Propose other words" }).click();
  expect(await here.locator("textarea.words").inputValue()).toBe(
    "*Recognizing* the uneven, and more",
  );
  expect(await here.getByLabel("Why (optional)").inputValue()).toBe("It is shorter.");
});

test("part of a page that went with the older server asks for the new one", async () => {
  const { page } = await the.enter("avr-delegate");
  await page.route("**/assets/panel-*.js", (route) => route.fulfill({ status: 404 }));
  await page.route("**/api/v1/me", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), "plenary-build": "next" },
    });
  });
  await clause(page, "concentration").locator(".standing").click();
  await page.getByText("newer version of this page").waitFor();
});

test("a seat is taken back while somebody types; with a new link the same page goes on", async () => {
  const first = await invited("AVR", "delegate");
  const context = await the.browser.newContext({ locale: "en" });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(first.link);
  await page.waitForURL(/\/d\//);
  const field = await edit(page, "concentration");
  await field.fill((await field.inputValue()).replace("nearly half", "more than half"));
  const typing = field.pressSequentially(" of all of it", { delay: 40 });
  await the.server.ask("secretariat", `/seats/${first.seat.seat}`, undefined, "DELETE");
  await page.getByRole("region", { name: "Take your seat again" }).waitFor();
  await typing;
  await accessible(page, "seat taken back");
  const here = clause(page, "concentration");
  await here.getByRole("button", { name: "Propose this" }).click();
  await here.getByRole("alert").getByText("What you have written is kept here").waitFor();

  // What was written can be taken elsewhere.
  const copy = page.getByLabel(/^Words of PP\d+, to be copied/);
  expect(await copy.inputValue()).toContain("more than half");

  // A wrong link says so; a new one is taken up where one was.
  const again = page.getByRole("region", { name: "Take your seat again" });
  await again.getByLabel(/Your invitation link/).fill(first.link);
  await again.getByRole("button", { name: "Go on here" }).click();
  await again.getByRole("alert").waitFor();
  const second = await invited("AVR", "delegate");
  await again.getByLabel(/Your invitation link/).fill(second.link);
  await again.getByRole("button", { name: "Go on here" }).click();
  await again.waitFor({ state: "detached" });
  expect(await field.inputValue()).toMatch(/more than half.* of all of it$/);
  await here.getByRole("button", { name: "Propose this" }).click();
  await here
    .locator(".words", { hasText: /more than.*AVR/ })
    .first()
    .waitFor();

  // And events come again.
  await the.server.act("nrm-delegate", {
    object: { on: { clause: "sovereignty" }, reason: "No." },
  });
  await clause(page, "sovereignty").locator(".standing", { hasText: "bracketed" }).waitFor();
});

test("a new link that is opened in another tab wakes the first one", async () => {
  const first = await invited("NRM", "delegate");
  const context = await the.browser.newContext({ locale: "en" });
  const page = await context.newPage();
  await page.goto(first.link);
  await page.waitForURL(/\/d\//);
  const field = await edit(page, "international-law");
  await field.fill("*Recalling* everything,");
  await the.server.ask("secretariat", `/seats/${first.seat.seat}`, undefined, "DELETE");
  const again = page.getByRole("region", { name: "Take your seat again" });
  await again.waitFor();
  const other = await context.newPage();
  await other.goto((await invited("NRM", "delegate")).link);
  await other.waitForURL(/\/d\//);
  await again.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("*Recalling* everything,");
});

test("who types live when the seat is taken back goes on with the next one", async () => {
  const first = await invited("CHAIR", "facilitator");
  const context = await the.browser.newContext({ locale: "en" });
  const page = await context.newPage();
  await page.goto(first.link);
  await page.waitForURL(/\/d\//);
  const here = clause(page, "human-responsibility");
  await here.locator(".standing").click();
  await here.getByRole("button", { name: "Edit live" }).click();
  await here.getByText("All is with the server").waitFor({ timeout: 40_000 });
  await the.server.ask("secretariat", `/seats/${first.seat.seat}`, undefined, "DELETE");
  await page.getByRole("region", { name: "Take your seat again" }).waitFor();
  const field = here.locator(".cm-content");
  await field.press("Control+Home");
  await field.pressSequentially("Unseated ");
  const again = page.getByRole("region", { name: "Take your seat again" });
  await again.getByLabel(/Your invitation link/).fill((await invited("CHAIR", "facilitator")).link);
  await again.getByRole("button", { name: "Go on here" }).click();
  await here.getByText("All is with the server").waitFor({ timeout: 40_000 });
  await expect
    .poll(
      async () => {
        const text = await the.server.ask<{ clauses: { id: string; text: { en: string } }[] }>(
          "avr-delegate",
          `/drafts/${await the.server.draft()}/text`,
        );
        return text.clauses.find((c) => c.id === "human-responsibility")?.text.en;
      },
      { timeout: 20_000 },
    )
    .toMatch(/^Unseated /);
}, 120_000);

test("the chair, the archive and the secretariat are told as well", async () => {
  const person = await the.enter("chair-facilitator");
  await person.page.getByRole("link", { name: "Matrix", exact: true }).click();
  await person.page.getByRole("grid").waitFor();
  await person.context.setOffline(true);
  await person.page.getByText("The line is down").waitFor();
  await person.context.setOffline(false);
  await person.page.getByText("The line is down").waitFor({ state: "detached" });
  expect(
    person.complaints.filter((c) => !/ERR_INTERNET_DISCONNECTED|Failed to load/.test(c)),
  ).toEqual([]);
});
