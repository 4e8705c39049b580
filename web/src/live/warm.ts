import wasm from "@automerge/automerge/automerge.wasm?url";
import { later } from "../lib/later.ts";

/** Fetches what live editing needs, so that it is at hand; nothing of it runs. */
export async function warm(): Promise<void> {
  await Promise.allSettled([fetch(wasm, { priority: "low" }), later.live()]);
}
