import { ask } from "../api/client.ts";
import type { Acknowledged, Act } from "../api/types.ts";
import { troubleOf } from "./errors.ts";

const pauses = [500, 1500, 4000];

/**
 * Sends something that is to be entered once, however often it has to be sent: with one key for all tries, as the line may
 * break after it was entered and before the answer came.
 */
export async function once<T>(send: (headers: Record<string, string>) => Promise<T>): Promise<T> {
  const headers = { "idempotency-key": fresh() };
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

/** A key that nobody else has. `randomUUID` is only there on HTTPS; a conference's own network may do without. */
function fresh(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Submits an act, signed if this browser signs for the delegation. */
export function submit(draft: string, act: Act): Promise<Acknowledged> {
  return once(async (headers) => {
    const { signed } = await import("./signing.ts");
    const post = { method: "POST", headers } as const;
    for (let tries = 3; ; tries--) {
      const body = await signed(draft, act);
      if (!body) return ask<Acknowledged>(`/drafts/${draft}/acts`, { ...post, body: act });
      try {
        return await ask<Acknowledged>(`/drafts/${draft}/signed-acts`, { ...post, body });
      } catch (thrown) {
        // Another window has signed something meanwhile.
        if (tries <= 1 || troubleOf(thrown).code !== "signed-before") throw thrown;
      }
    }
  });
}
