import { get } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { room } from "./room.ts";

const the = room();

/** All script, style and markup of the first view, in bytes as they go over the line. */
const BUDGET = 40_000;

/** A draft with the first sixty clauses of the demonstration's declaration. */
async function sixty(): Promise<string> {
  const demo = await the.server.draft();
  const at = `/drafts/${demo}`;
  const { clauses } = await the.server.ask<{
    clauses: { id: string; kind: string; level: number; text: { en: string } }[];
  }>("avr-delegate", `${at}/text`);
  const marks: Record<string, string> = { title: "# ", heading: "## ", operative: "1. " };
  const markdown = clauses
    .slice(0, 60)
    .filter((c) => c.level === 1)
    .concat(clauses.slice(60).filter((c) => c.level === 1))
    .slice(0, 60)
    .map((c) => `${marks[c.kind] ?? ""}${c.text.en} {#${c.id}}`)
    .join("\n\n");
  const roster = await the.server.ask<{ delegations: Record<string, object> }>(
    "avr-delegate",
    `${at}/roster`,
  );
  const seats = Object.entries(roster.delegations).map(([delegation, seat]) => {
    const { left: _, ...rest } = seat as Record<string, unknown>;
    return { delegation, ...rest };
  });
  const draft = { title: "Sixty clauses", authentic: ["en"], markdown, seats };
  return (await the.server.ask<{ id: string }>("secretariat", "/drafts", draft)).id;
}

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

test("the first view keeps to its budget", async () => {
  const draft = await sixty();
  const token = the.server.token("secretariat");
  const html = await fetched(`${the.address}/d/${draft}`, token);
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
