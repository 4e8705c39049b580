import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, room } from "./room.ts";

const the = room();

interface Standing {
  positions: Record<string, { stance: string }>;
  group_positions?: Record<string, { stance: string }>;
}
const standing = async (clause: string) =>
  the.server.ask<Standing>("avr-delegate", `/drafts/${await the.server.draft()}/clauses/${clause}`);

test("who speaks for a group acts in its name, by clicking and with the keyboard alone", async () => {
  const person = await the.enter("nrm-delegate");
  const { page } = person;
  const clause = page.locator("#capability-levels");
  await clause.locator(".standing").click();
  const name = clause.getByLabel("In the name of").first();
  await name.selectOption({ label: "Compact for Open Computing" });
  await accessible(page, "group");
  await clause.getByRole("button", { name: "Support", exact: true }).click();
  await clause.getByText("on the record as entry").waitFor();
  let told = await standing("capability-levels");
  expect(told.group_positions?.["OPEN"]?.stance).toBe("support");
  expect(told.positions["NRM"]).toBeUndefined();

  // The same way with keys: the group is chosen, objects, and its objection is lifted.
  await name.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  const object = clause.getByRole("button", { name: "Object", exact: true });
  await object.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Three days are needed.");
  await object.focus();
  await page.keyboard.press("Enter");
  const lift = clause.getByRole("button", { name: "Lift the objection" });
  await lift.waitFor();
  told = await standing("capability-levels");
  expect(told.group_positions?.["OPEN"]?.stance).toBe("object");
  await lift.focus();
  await page.keyboard.press("Enter");
  await lift.waitFor({ state: "detached" });
  expect((await standing("capability-levels")).group_positions?.["OPEN"]).toBeUndefined();
  calm(person);
});

test("who speaks for no group is not asked", async () => {
  const { page } = await the.enter("avr-delegate");
  const clause = page.locator("#capability-levels");
  await clause.locator(".standing").click();
  await clause.getByRole("button", { name: "Support", exact: true }).waitFor();
  expect(await clause.getByLabel("In the name of").count()).toBe(0);
});
