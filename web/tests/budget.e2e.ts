import { get } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { room } from "./room.ts";
import { sixty } from "./sixty.ts";

const the = room();

/** All script, style and markup of the first view, in bytes as they go over the line. */
const BUDGET = 40_000;

interface Sent {
  raw: Buffer;
  bytes: number;
}

function fetched(address: string, token: string): Promise<Sent> {
  return new Promise((resolve, reject) => {
    get(
      address,
      { headers: { "accept-encoding": "br", authorization: `Bearer ${token}` } },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const sent = Buffer.concat(parts);
          const isBrotli = response.headers["content-encoding"] === "br";
          resolve({ raw: isBrotli ? brotliDecompressSync(sent) : sent, bytes: sent.length });
        });
      },
    ).on("error", reject);
  });
}

// English, and the languages whose messages weigh most.
test.each(["en", "ru", "ar"])("the first view keeps to its budget in %s", async (language) => {
  const draft = await sixty(the.server);
  const token = the.server.token("secretariat");
  const html = await fetched(`${the.address}/d/${draft}?ui=${language}`, token);
  const text = html.raw.toString();
  const files = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((m) => m[1] ?? "");
  const rows = [{ file: "the page, with the words of 60 clauses", ...sizes(html) }];
  for (const file of new Set(files)) {
    rows.push({ file, ...sizes(await fetched(the.address + file, token)) });
  }
  const total = rows.reduce((sum, row) => sum + row.brotli, 0);
  expect(text.match(/<article/g)?.length).toBe(60);
  console.table([
    ...rows,
    { file: "all", raw: rows.reduce((s, r) => s + r.raw, 0), brotli: total },
  ]);
  expect(files.length).toBeGreaterThan(2);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

const sizes = ({ raw, bytes }: Sent) => ({ raw: raw.length, brotli: bytes });
