import "../styles/base.css";
import "../styles/plain.css";
import { ask } from "../api/client.ts";
import type { DraftSummary, Page } from "../api/types.ts";
import { troubleOf } from "../lib/errors.ts";
import { speak, t } from "../lib/i18n.ts";

/** The token of an invitation link. It stands after `#`, which is never sent. */
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token) await join(token);

/** Trades the token for a session, which no script can read, and goes on to the draft. */
async function join(token: string) {
  const place = document.getElementById("joining");
  const say = (text: string) => {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = text;
    place?.replaceChildren(line);
  };
  // It is not to stay in the address, nor in the history.
  history.replaceState(null, "", location.pathname + location.search);
  await speak();
  say(t("join.working"));
  try {
    await ask("/session", { method: "POST", headers: { authorization: `Bearer ${token}` } });
    // Pages of a seat that was lost go on by themselves.
    new BroadcastChannel("plenary").postMessage("joined");
    const drafts = await ask<Page<DraftSummary>>("/drafts");
    const [first, ...others] = drafts.items;
    location.replace(first && others.length === 0 ? `/d/${first.id}` : "/");
  } catch (thrown) {
    const { what, hint } = troubleOf(thrown);
    say(`${what} ${hint}`);
  }
}
