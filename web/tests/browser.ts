import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type LaunchOptions } from "playwright-core";

const executablePath = process.env.PLENARY_CHROMIUM ?? "/usr/bin/chromium";
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium. As root it has no sandbox of its own. */
export function launch(more: LaunchOptions = {}) {
  const args = process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet;
  return chromium.launch({ executablePath, headless: true, args, ...more });
}

/** A place for what a test leaves, and for nothing else. */
export function temporary(what: string) {
  return mkdtempSync(join(tmpdir(), `plenary-${what}-`));
}

/** What a page says when something in it went wrong: every error of every page of the context. */
export function complaints(context: BrowserContext): string[] {
  const heard: string[] = [];
  context.on("weberror", (error) => heard.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") heard.push(message.text());
  });
  return heard;
}
