import { expect, test } from "vitest";
import { clock, countdown } from "./clock.svelte.ts";
import { speak } from "./i18n.ts";

test("a countdown says the largest unit that still tells", async () => {
  await speak("en");
  const now = Date.parse("2026-03-02T12:00:00Z");
  expect(countdown("2026-03-05T13:00:00Z", now)).toBe("in 3 days");
  expect(countdown("2026-03-03T13:00:00Z", now)).toBe("in 25 hours");
  expect(countdown("2026-03-02T12:01:30Z", now)).toBe("in 90 seconds");
  expect(countdown("2026-03-02T11:00:00Z", now)).toBe("60 minutes ago");
});

test("a laptop whose clock is wrong, or that slept, counts by the server's", () => {
  clock.hear("Mon, 02 Mar 2026 12:00:00 GMT");
  expect(Math.abs(clock.exact() - Date.parse("2026-03-02T12:00:00Z"))).toBeLessThan(1000);
  const before = clock.exact();
  clock.hear(new Date(before + 1500).toUTCString());
  expect(clock.exact() - before).toBeLessThan(1000);
  clock.hear(null);
});
