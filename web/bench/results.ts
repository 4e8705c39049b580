import { appendFileSync } from "node:fs";

/** Shows what was measured; with PLENARY_RESULTS also as Markdown, at the end of that file. */
export function told(what: string, heads: string[], rows: (string | number)[][]) {
  console.table(rows.map((row) => Object.fromEntries(heads.map((head, n) => [head, row[n]]))));
  const file = process.env.PLENARY_RESULTS;
  if (!file) return;
  const line = (cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
  const lines = [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
  appendFileSync(file, `\n### ${what}\n\n${lines.join("\n")}\n`);
}
