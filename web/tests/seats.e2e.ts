import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room, type Person } from "./room.ts";

const the = room();

async function seats(seat: "secretariat" | "chair-facilitator", more = {}): Promise<Person> {
  const person = await the.enter(seat, more);
  await person.page.getByRole("link", { name: "Seats", exact: true }).click();
  await person.page.getByRole("table").first().waitFor();
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
  await page.getByRole("table").first().waitFor();
  expect(await page.getByLabel("The link", { exact: true }).count()).toBe(0);
  expect((await own.reload())?.status()).toBe(401);
  calm(person);
});

test("a chair sees its own seat, and who gives out others", async () => {
  const person = await seats("chair-facilitator");
  await person.page.getByText("Seats are given out by the secretariat.").waitFor();
  await expect
    .poll(() => person.page.getByRole("table", { name: /seat/ }).getByRole("row").count())
    .toBe(2);
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
  await page.getByRole("table").first().waitFor();
  await accessible(page, `seats in ${language} at ${width}`);
  await fits(page);
});

test("delegations are seated, changed and unseated while the draft runs, and groups formed", async () => {
  const person = await seats("secretariat");
  const { page } = person;
  const form = page.getByRole("dialog");
  const delegations = page.getByRole("table", { name: "Who sits in this draft" });
  const enter = async () => {
    await form.getByRole("button", { name: "Enter it into the record" }).click();
    await form.waitFor({ state: "detached" });
  };

  await page.getByRole("button", { name: "Seat a delegation" }).click();
  await form.getByLabel("Code").fill("KLM");
  await form.getByLabel("Name").fill("Republic of Kalmar");
  await form.getByLabel("Weight").fill("2");
  await form.getByLabel("Languages").fill("fr, en");
  await accessible(page, "seating");
  await enter();
  const kalmar = delegations.getByRole("row").filter({ hasText: "Republic of Kalmar" });
  await kalmar.getByText("yes × 2").waitFor();
  // It can be invited at once.
  await page.getByLabel("Delegation").selectOption("KLM");

  // A code that a group has is refused, and what was typed stays.
  const group = await page.evaluate(
    () => document.querySelector("[aria-labelledby=groups-heading] tbody th")?.textContent ?? "",
  );
  await page.getByRole("button", { name: "Seat a delegation" }).click();
  await form.getByLabel("Code").fill(group);
  await form.getByLabel("Name").fill("Nowhere");
  await form.getByRole("button", { name: "Enter it into the record" }).click();
  await form.getByRole("alert").getByText(group).waitFor();
  expect(await form.getByLabel("Name").inputValue()).toBe("Nowhere");
  await form.getByRole("button", { name: "Leave it as it is" }).click();

  await kalmar.getByRole("button", { name: "Change KLM" }).click();
  await form.getByLabel("Role").selectOption({ label: "observer" });
  await form.getByText("takes no part in decisions").waitFor();
  await enter();
  await kalmar.getByText("observer").waitFor();

  await page.getByRole("button", { name: "Form a group" }).click();
  await form.getByLabel("Code").fill("NOR");
  await form.getByLabel("Name").fill("Northern delegations");
  expect(await form.getByRole("button", { name: "Enter it" }).isDisabled()).toBe(true);
  for (const code of ["KLM", "NRM"])
    await form.getByRole("checkbox", { name: new RegExp(`^${code}`) }).check();
  await form.getByLabel("Who speaks for it").selectOption("NRM");
  await accessible(page, "forming a group");
  await enter();
  const groups = page.getByRole("table", { name: "groups" });
  await groups.getByRole("row").filter({ hasText: "Northern delegations" }).waitFor();
  expect(
    await groups.getByRole("row").filter({ hasText: "Northern delegations" }).innerText(),
  ).toMatch(/NRM\s+KLM, NRM/);

  await kalmar.getByRole("button", { name: "Unseat KLM" }).click();
  await form.getByText("Republic of Kalmar").waitFor();
  await enter();
  await kalmar.getByText("has left").waitFor();
  await kalmar.getByRole("button", { name: "Seat KLM again" }).click();
  await enter();
  await kalmar.getByText("has left").waitFor({ state: "detached" });
  person.complaints.splice(0); // The browser tells of the refusal: it was an answer.
  calm(person);
});

test("a delegate reads the roster, and leaves its groups altogether, with the keyboard alone", async () => {
  const person = await the.enter("avr-delegate");
  const { page } = person;
  await page.getByRole("link", { name: "Seats", exact: true }).click();
  await page.getByRole("table", { name: "Who sits in this draft" }).waitFor();
  expect(await page.getByRole("button", { name: /Change|Unseat|Seat a|Form/ }).count()).toBe(0);
  const leave = page.getByRole("button", { name: "Leave what our groups say" });
  const focused = () => leave.evaluate((it) => it === document.activeElement);
  for (let n = 0; n < 60 && !(await focused()); n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByText("No group will speak for AVR").waitFor();
  // Escape changes nothing, and gives the button its focus back.
  await page.keyboard.press("Escape");
  await expect.poll(focused).toBe(true);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.getByText("No group speaks for AVR.").waitFor();
  expect(await leave.count()).toBe(0);
  calm(person);
});
