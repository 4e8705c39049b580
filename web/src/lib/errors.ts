import type { Problem } from "../api/types.ts";
import { t } from "./i18n.ts";

/** What went wrong, said to a person: what happened, and what to do. */
export class Trouble extends Error {
  constructor(
    readonly code: string,
    readonly what: string,
    readonly hint: string,
    /** The HTTP status; 0 if the server was not reached. */
    readonly status = 0,
  ) {
    super(`${what} ${hint}`);
  }

  /** Whether the same request may go through a moment later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 503 || this.status === 408;
  }

  /** Whether nobody is signed in any more. */
  get isStranger(): boolean {
    return this.status === 401;
  }
}

/** What the server has said, in the page's language. */
export async function refused(response: Response): Promise<Trouble> {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/problem+json")) {
    const problem = (await response.json()) as Problem;
    // If the words cannot be fetched: the server's own.
    const [what, hint] = await import("./told/refusal.ts")
      .then((told) => told.phrase(problem))
      .catch(() => [problem.detail, problem.hint]);
    return new Trouble(problem.code, what, hint, response.status);
  }
  return new Trouble("unknown", t("error.unknown"), t("error.again"), response.status);
}

/** The line is down, or the server is. */
export function unreachable(): Trouble {
  return new Trouble("unreachable", t("error.unreachable"), t("error.kept"));
}

/** Whatever was thrown, as trouble that can be shown. */
export function troubleOf(thrown: unknown): Trouble {
  if (thrown instanceof Trouble) return thrown;
  console.error(thrown);
  return new Trouble("internal", t("error.internal"), t("error.reload"));
}
