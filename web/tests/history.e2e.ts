import { expect, test } from "vitest";
import { calm, room, type Person } from "./room.ts";

const the = room();

/** The history of the draft. */
async function history(more = {}): Promise<Person> {
  const person = await the.enter("archive-archivist", more);
  await person.page.getByRole("link", { name: "History", exact: true }).click();
  return person;
}

test("every entry is a moment to compare from, and new ones come by themselves", async () => {
  const person = await history();
  const { page } = person;
  await page.getByText("AVR proposes").first().waitFor();
  await the.server.act("nrm-delegate", {
    object: { on: { clause: "incident-reporting" }, reason: "Too soon." },
  });
  await page.getByText("NRM objects").first().waitFor();
  const first = page.getByRole("button", { name: /Compare from entry/ });
  await expect.poll(() => first.count()).toBeGreaterThan(20);
  await first.first().click();
  await page.getByText("0 changed, 0 new, 0 gone, 0 moved").waitFor();
  calm(person);
});
