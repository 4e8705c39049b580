import { get } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { room } from "./room.ts";

const the = room();

/** All script, style and markup of the first view, in bytes as they go over the line. */
const BUDGET = 40_000;

interface Sent {
  raw: Buffer;
  bytes: number;
}

function fetched(address: string, cookie: string): Promise<Sent> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { "accept-encoding": "br", cookie } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const sent = Buffer.concat(parts);
        const isBrotli = response.headers["content-encoding"] === "br";
        resolve({ raw: isBrotli ? brotliDecompressSync(sent) : sent, bytes: sent.length });
      });
    }).on("error", reject);
  });
}

test("the first view keeps to its budget", async () => {
  const { page, context } = await the.enter("avr-delegate");
  const cookies = await context.cookies();
  const cookie = cookies.map((c) => `${c.name}=${c.value}`).join("; ");
  const html = await fetched(page.url(), cookie);
  const text = html.raw.toString();
  const files = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((m) => m[1] ?? "");
  const rows = [{ file: "the page, with the words of 111 clauses", ...sizes(html) }];
  for (const file of new Set(files)) {
    rows.push({ file, ...sizes(await fetched(the.address + file, cookie)) });
  }
  const total = rows.reduce((sum, row) => sum + row.brotli, 0);
  console.table([
    ...rows,
    { file: "all", raw: rows.reduce((s, r) => s + r.raw, 0), brotli: total },
  ]);
  expect(files.length).toBeGreaterThan(2);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

const sizes = ({ raw, bytes }: Sent) => ({ raw: raw.length, brotli: bytes });
