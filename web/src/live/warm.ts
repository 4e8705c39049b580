import wasm from "@automerge/automerge/automerge.wasm?url";
import { afterwards } from "../lib/afterwards.ts";

/** Fetches what live editing needs, so that it is at hand; nothing of it runs. */
export async function warm(): Promise<void> {
  await Promise.allSettled([fetch(wasm, { priority: "low" }), afterwards.live()]);
}
