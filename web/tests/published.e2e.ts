import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { complaints } from "./browser.ts";
import { publish } from "./published.ts";
import { room } from "./room.ts";

const the = room();

test.each(["light", "dark"] as const)(
  "what is published reads from a memory stick, by %s",
  async (colorScheme) => {
    if (colorScheme === "light") {
      await the.server.act("chair-facilitator", { seal_version: { name: "Rev.1" } });
      await the.server.act("avr-delegate", {
        statement: { text: "<script>document.title = 'taken'</script>" },
      });
    }
    const draft = await the.server.draft();
    const site = publish(the.address, the.server.token("avr-delegate"), draft);
    const context = await the.browser.newContext({
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    const heard = complaints(context);
    const asked: string[] = [];
    context.on("request", (request) => asked.push(request.url()));
    const page = await context.newPage();
    await page.goto(site("index.html"));
    await accessible(page, `published, first page, ${colorScheme}`);
    await page.getByRole("link", { name: "العربية" }).last().click();
    await page.locator("html[dir=rtl]").waitFor();
    await accessible(page, `published, text, ${colorScheme}`);
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect(await fits()).toBe(true);
    // Back to the first page as it reads in Arabic, and from there to the English one.
    await page.getByRole("link", { name: "جميع النصوص والمحضر والإثبات" }).click();
    await page.getByRole("heading", { name: "المحضر" }).waitFor();
    await accessible(page, `published, first page in Arabic, ${colorScheme}`);
    expect(await fits()).toBe(true);
    await page.getByRole("link", { name: "الجزء 1" }).click();
    await accessible(page, `published, record in Arabic, ${colorScheme}`);
    await page.getByRole("navigation").getByRole("link", { name: "English" }).click();
    await page.getByRole("link", { name: /All texts/ }).click();
    await page.getByRole("link", { name: /what changed in English since Rev.1/ }).click();
    await accessible(page, `published, redline, ${colorScheme}`);
    await page.getByRole("link", { name: /All texts/ }).click();
    await page.getByRole("link", { name: "Part 1" }).click();
    await page.getByText("Entry 1 in full").click();
    await accessible(page, `published, record, ${colorScheme}`);
    expect(await fits()).toBe(true);
    await page.getByRole("link", { name: /All texts/ }).click();
    await page.getByRole("link", { name: /The whole record/ }).click();
    await accessible(page, `published, proof, ${colorScheme}`);
    expect(asked.filter((address) => !address.startsWith("file://"))).toEqual([]);
    expect(heard).toEqual([]);
    await context.close();
  },
);
