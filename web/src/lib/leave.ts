import { ask } from "../api/client.ts";
import { begun } from "./worker.ts";

/** Ends the session, and takes from this browser whatever of the drafts was kept in it: the next person may be another. */
export async function leave(): Promise<void> {
  await ask("/session", { method: "DELETE" });
  (await begun())?.postMessage({ forget: true });
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("plenary:")) localStorage.removeItem(name);
  }
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    if (name?.startsWith("plenary-")) indexedDB.deleteDatabase(name);
  }
  location.assign("/");
}
