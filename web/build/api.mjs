// The types of the API, from its own description: `node build/api.mjs`, or with `--check` only whether they are up to date.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const home = new URL("../", import.meta.url);
const target = process.env.CARGO_TARGET_DIR ?? new URL("../target", home).pathname;
const server = process.env.PLENARY_SERVER ?? `${target}/debug/plenary-server`;
const file = new URL("src/api/schema.ts", home);

const description = execFileSync(server, ["openapi"], { encoding: "utf8", maxBuffer: 1e8 });
const types = astToString(await openapiTS(description, { alphabetize: true }));
const wanted = `// Made by \`npm run api\` from \`plenary-server openapi\`.\n\n${types}`;

if (!process.argv.includes("--check")) {
  writeFileSync(file, wanted);
} else if (readFileSync(file, "utf8") !== wanted) {
  console.error(
    "web/src/api/schema.ts is not what the server describes: run `make build`, then `npm run api` in web.",
  );
  process.exit(1);
}
