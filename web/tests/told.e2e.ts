import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { row as reach, room } from "./room.ts";

const the = room();

const languages = ["ar", "es", "fr", "ru", "zh", "zh-Hant"];

/** Words of the server's English sentences, which none of these pages is to show. */
const english =
  /\b(takes|objects to|proposes|convenes|seats|entitled|awaits|agreed|blocked|delegations?|clauses?)\b/i;

/** What is said of the record and of what to do is the page's own words; names stay as they are. */
async function own(words: string[]) {
  expect(words.length).toBeGreaterThan(0);
  for (const said of words) {
    expect(said).not.toMatch(english);
    expect(said).not.toMatch(/\d{4}-\d\d-\d\dT/);
  }
}

test.each(languages)("entries, steps and refusals are told in %s", async (language) => {
  if (language === "ar") {
    await the.server.act("avr-delegate", {
      object: { on: { clause: "international-law" }, reason: "Nein." },
    });
  }
  const { page, context } = await the.enter("chair-facilitator", { locale: language });
  context.setDefaultTimeout(15_000);
  const draft = page.url().replace(/[?#].*/, "");

  await page.goto(`${draft}/history`);
  const entries = page.locator("section ol > li p:not(.when):not(.name):not(.picks)");
  await entries.first().waitFor();
  const told = await entries.allInnerTexts();
  await own(told);
  expect(told.some((said) => said.includes("Averland"))).toBe(true);

  await page.goto(`${draft}/matrix`);
  await page.getByRole("grid").waitFor();
  const steps = page.locator("section[aria-labelledby=steps-heading] li > p:nth-of-type(2)");
  await steps.first().waitFor();
  await own(await steps.allInnerTexts());
  await accessible(page, `told-${language}`);

  // The chair declares agreed what one delegation objects to.
  await (await reach(page, "OP2")).click();
  const desk = page.getByRole("dialog");
  const says = { ar: "إعلان", es: "Declarar", fr: "Déclarer", ru: "Объявить", zh: "宣布商定" };
  const agree = (says as Record<string, string>)[language] ?? "宣布商定";
  await desk.getByRole("button", { name: agree }).first().click();
  await desk.locator("button.primary, button[type=submit]").first().click();
  const refusal = desk.getByRole("alert");
  await refusal.waitFor();
  await own([await refusal.innerText()]);
});
