// What goes over the line: the first view in each language, and what live editing needs besides. Sizes, nothing timed.
import { readdirSync, statSync } from "node:fs";
import { get } from "node:http";
import { test } from "vitest";
import { room } from "../tests/room.ts";
import { sixty } from "../tests/sixty.ts";
import { told } from "./results.ts";

const the = room();
const dist = new URL("../dist/", import.meta.url);
const number = (n: number) => n.toLocaleString("en");
const size = (file: string) => statSync(new URL(file, dist)).size;

test("bytes of the first view and of the second tier", async () => {
  const draft = await sixty(the.server);
  const rows: (string | number)[][] = [];
  for (const language of ["en", "ar", "es", "fr", "ru", "zh", "zh-Hant"]) {
    const answer = await fetch(`${the.address}/d/${draft}?ui=${language}`, {
      headers: { authorization: `Bearer ${the.server.token("secretariat")}` },
    });
    const page = Buffer.from(await answer.arrayBuffer());
    const sent = await compressed(draft, language);
    const files = [...page.toString().matchAll(/(?:href|src)="\/(assets\/[^"]+)"/g)].map(
      (m) => m[1] ?? "",
    );
    const of = (ending: string) => [...new Set(files)].filter((file) => file.endsWith(ending));
    const sums = [".css", ".js"].map((ending) => [
      of(ending).reduce((sum, file) => sum + size(file), 0),
      of(ending).reduce((sum, file) => sum + size(`${file}.br`), 0),
    ]);
    const parts = [[page.length, sent], ...sums] as [number, number][];
    const all = [0, 1].map((n) => parts.reduce((sum, part) => sum + (part[n] ?? 0), 0));
    rows.push([
      language,
      ...[...parts, all].map(([raw, br]) => `${number(raw ?? 0)} → ${number(br ?? 0)}`),
    ]);
  }
  told(
    "First view of sixty clauses: raw → brotli, in bytes",
    ["page in", "html with all words and data", "css", "js with messages", "all"],
    rows,
  );

  const later = readdirSync(new URL("assets/", dist)).filter((name) =>
    /^(Panel|Edit|Tools|LiveEditor|automerge.*)-?.*\.(js|wasm)$/.test(name),
  );
  told(
    "What comes later",
    ["file", "raw", "brotli"],
    later.map((name) => [
      name.replace(/-[\w-]{8}(?=\.)/, ""),
      number(size(`assets/${name}`)),
      number(size(`assets/${name}.br`)),
    ]),
  );
});

/** The page as it goes over the line; `fetch` hides it. */
function compressed(draft: string, language: string): Promise<number> {
  const headers = {
    "accept-encoding": "br",
    authorization: `Bearer ${the.server.token("secretariat")}`,
  };
  return new Promise((resolve, reject) => {
    get(`${the.address}/d/${draft}?ui=${language}`, { headers }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => (bytes += part.length));
      answer.on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}
