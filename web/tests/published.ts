import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { temporary } from "./browser.ts";

const root = new URL("../../", import.meta.url).pathname;
const program =
  process.env.PLENARY_COMMAND ?? `${process.env.CARGO_TARGET_DIR ?? `${root}target`}/debug/plenary`;

/** Publishes a draft with the real command; where a page of it is, as a browser opens it from a memory stick. */
export function publish(server: string, token: string, draft: string): (page: string) => string {
  const home = temporary("published");
  const folder = join(home, "site");
  execFileSync(program, ["publish", folder], {
    env: { HOME: home, PLENARY_SERVER: server, PLENARY_TOKEN: token, PLENARY_DRAFT: draft },
  });
  return (page) => pathToFileURL(join(folder, page)).href;
}
