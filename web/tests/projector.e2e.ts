import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room, row } from "./room.ts";

const the = room();
const projector = (address: string) => address.replace(/\?.*/, "") + "/projector";

test("the projector follows the chair, and shows nothing of who looks", async () => {
  const [chair, wall] = [
    await the.enter("chair-facilitator"),
    await the.enter("obs-acad-observer"),
  ];
  await wall.page.goto(projector(wall.page.url()));
  await wall.page.getByText("The clause that the chair points at").waitFor();
  await accessible(wall.page, "projector");
  await chair.page.getByRole("link", { name: "Matrix", exact: true }).click();
  await chair.page.getByRole("grid").waitFor();
  await (await row(chair.page, "OP6")).click();
  await chair.page.getByRole("button", { name: "Show on the projector" }).click();
  await chair.page.getByText("It is on the projector.").waitFor();
  await wall.page.getByRole("heading", { name: "OP6" }).waitFor();
  await wall.page.getByText("Invites providers of advanced systems").waitFor();

  // What is proposed stands under it with who proposes it, as soon as it is.
  await the.server.act("avr-delegate", {
    propose: {
      amendment: { replace: { clause: "capability-levels" } },
      text: { en: "*Invites* all providers to act at once;" },
    },
  });
  const alternative = wall.page.getByRole("region", { name: "OP6 alt 1" });
  await alternative.getByText("AVR").waitFor();
  await alternative.locator("ins").first().waitFor();
  await accessible(wall.page, "projector");

  // What happens elsewhere does not move it.
  const top = () => wall.page.evaluate(() => scrollY);
  await wall.page.evaluate(() => scrollTo(0, 40));
  const [before, seen] = [await top(), await wall.page.locator(".board").innerText()];
  await the.server.act("nrm-delegate", {
    object: { on: { clause: "international-law" }, reason: "Not here." },
  });
  await chair.page.getByText("bracketed").first().waitFor();
  expect(await top()).toBe(before);
  expect(await wall.page.locator(".board").innerText()).toBe(seen);
  expect(seen).not.toContain("OBS-ACAD");

  // Who comes late, or loads the page again, sees the same.
  await wall.page.reload();
  await wall.page.getByRole("heading", { name: "OP6" }).first().waitFor();
  calm(wall);
});

test("the chair turns the pages of the projector with the keyboard", async () => {
  const [chair, wall] = [await the.enter("chair-facilitator"), await the.enter("avr-delegate")];
  await chair.page.goto(projector(chair.page.url()));
  await wall.page.goto(projector(wall.page.url()));
  await chair.page.getByRole("button", { name: "Show the whole" }).click();
  await wall.page.getByText("The clause that the chair points at").waitFor();
  await chair.page.keyboard.press("PageDown");
  await wall.page.getByRole("heading", { name: "PP1" }).waitFor();
  await chair.page.keyboard.press("PageDown");
  await wall.page.getByRole("heading", { name: "PP2" }).waitFor();
  // A delegate's keys turn nothing.
  await wall.page.keyboard.press("PageDown");
  expect(await wall.page.getByRole("button", { name: "Next clause" }).count()).toBe(0);
  await chair.page.keyboard.press("f");
  await expect.poll(() => chair.page.evaluate(() => !!document.fullscreenElement)).toBe(true);
  calm(chair, wall);
});

test("a deadline is counted down by the server's clock", async () => {
  await the.server.act("secretariat", { set_rule: { rule: { silence_hours: 1 } } });
  const until = new Date(Date.now() + 90 * 60_000).toISOString();
  await the.server.act("chair-facilitator", {
    open_silence: { targets: [{ clause: "incident-reporting" }], until },
  });
  const wall = await the.enter("avr-delegate");
  // A laptop whose clock is a day ahead.
  await wall.context.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 86_400_000;
  });
  await the.server.ask(
    "chair-facilitator",
    `/drafts/${await the.server.draft()}/pointer`,
    { clause: "incident-reporting" },
    "PUT",
  );
  await wall.page.goto(projector(wall.page.url()));
  await wall.page.getByText(/in (8\d|90) minutes/).waitFor();
});

test.each([
  ["ar", 1440],
  ["zh", 360],
  ["en", 320],
])("the projector is for everybody, in %s at %d px", async (language, width) => {
  const { page } = await the.enter("chair-facilitator", { viewport: { width, height: 800 } });
  await page.goto(`${projector(page.url())}?ui=${language}`);
  await page.getByRole("heading", { name: /^OP11|PP/ }).waitFor();
  await accessible(page, `projector in ${language} at ${width}`);
  await fits(page);
});
