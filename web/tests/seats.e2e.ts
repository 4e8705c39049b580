import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room, type Person } from "./room.ts";

const the = room();

async function seats(seat: "secretariat" | "chair-facilitator", more = {}): Promise<Person> {
  const person = await the.enter(seat, more);
  await person.page.getByRole("link", { name: "Seats", exact: true }).click();
  await person.page.getByRole("table").waitFor();
  return person;
}

test("an invitation is given, opens the draft, and is taken back", async () => {
  const person = await seats("secretariat");
  const { page } = person;
  await page.getByLabel("Delegation").selectOption("NRM");
  await page.getByLabel("Role").selectOption({ label: "delegate" });
  await page.getByLabel(/Whose it is/).fill("Ms. Vik");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByText("NRM is invited: delegate.").waitFor();
  await page.getByRole("img", { name: "The link as a QR code" }).waitFor();
  const link = await page.getByLabel("The link", { exact: true }).inputValue();
  expect(link).toContain("#token=plenary_");
  await accessible(page, "seats");

  const guest = await the.browser.newContext({ locale: "en" });
  const own = await guest.newPage();
  await own.goto(link.replace(/^https?:\/\/[^/]+/, the.address));
  await own.waitForURL(/\/d\//);
  await own.getByRole("heading", { level: 1 }).waitFor();

  const row = page.getByRole("row").filter({ hasText: "Ms. Vik" });
  await row.getByRole("button", { name: /Take back the seat of NRM/ }).click();
  await row.getByRole("button", { name: "Yes, take back" }).click();
  await row.getByText("taken back").waitFor();
  // The link is shown once.
  await page.reload();
  await page.getByRole("table").waitFor();
  expect(await page.getByLabel("The link", { exact: true }).count()).toBe(0);
  expect((await own.reload())?.status()).toBe(401);
  calm(person);
});

test("a chair sees its own seat, and who gives out others", async () => {
  const person = await seats("chair-facilitator");
  await person.page.getByText("Seats are given out by the secretariat.").waitFor();
  await expect.poll(() => person.page.getByRole("row").count()).toBe(2);
  expect(await person.page.getByRole("button", { name: /Invite|Take back/ }).count()).toBe(0);
  calm(person);
});

test.each([
  ["ar", 1440],
  ["zh", 360],
  ["en", 320],
])("the seats are for everybody, in %s at %d px", async (language, width) => {
  const { page } = await the.enter("secretariat", { viewport: { width, height: 800 } });
  await page.goto(`${page.url().split("?")[0]}/seats?ui=${language}`);
  await page.getByRole("table").waitFor();
  await accessible(page, `seats in ${language} at ${width}`);
  await fits(page);
});
