import { clock } from "../lib/clock.svelte.ts";
import { refused, unreachable } from "../lib/errors.ts";
import { ui } from "../lib/ui.svelte.ts";

interface Asked {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks the API; what comes back is the answer, or `Trouble` is thrown. */
export async function ask<T>(
  path: string,
  { method = "GET", body, headers }: Asked = {},
): Promise<T> {
  const json: Record<string, string> =
    body === undefined ? {} : { "content-type": "application/json" };
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: { accept: "application/json", ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw unreachable();
  }
  clock.hear(response.headers.get("date"));
  const build = response.headers.get("plenary-build");
  if (build && build !== document.body.dataset.build) ui.isOutdated = true;
  if (!response.ok) throw await refused(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
