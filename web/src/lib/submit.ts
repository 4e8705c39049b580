import { ask } from "../api/client.ts";
import type { Acknowledged, Act } from "../api/types.ts";
import { troubleOf } from "./errors.ts";

const pauses = [500, 1500, 4000];

/**
 * Sends something that is to be entered once, however often it has to be sent: with one key for all tries, as the line may
 * break after it was entered and before the answer came.
 */
export async function once<T>(send: (headers: Record<string, string>) => Promise<T>): Promise<T> {
  const headers = { "idempotency-key": crypto.randomUUID() };
  for (const pause of pauses) {
    try {
      return await send(headers);
    } catch (thrown) {
      if (!troubleOf(thrown).isPassing) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return send(headers);
}

/** Submits an act. */
export function submit(draft: string, act: Act): Promise<Acknowledged> {
  return once((headers) => ask(`/drafts/${draft}/acts`, { method: "POST", body: act, headers }));
}
