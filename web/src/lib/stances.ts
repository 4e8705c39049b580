import type { Cell, Column, Stance } from "../api/types.ts";
import { t } from "./i18n.ts";

/** What a cell of the matrix may show. */
export type Mark = Stance | "stale" | "silent";

/** The sign of each; a word, or its description, always goes with it. */
export const marks: Record<Mark, string> = {
  support: "+",
  accept: "=",
  reserve: "◐",
  abstain: "–",
  object: "✕",
  stale: "~",
  silent: "·",
};

/** The word of each. */
export const word = (mark: Mark): string =>
  mark === "stale" || mark === "silent" ? t(`mark.${mark}`) : t(`stance.${mark}`);

/** What a cell shows: the position that stands, or that there is none. */
export function markOf(cell: Cell | undefined): Mark {
  return cell?.stance ?? (cell?.stale ? "stale" : "silent");
}

/** A cell in words, for who does not see it or wants to be sure. */
export function told(cell: Cell | undefined, column: Column): string {
  const parts = [word(markOf(cell))];
  if (cell?.through) parts.push(t("matrix.through", { group: cell.through }));
  if (cell?.stale && cell.stance) parts.push(word("stale"));
  if (cell?.dissociated) parts.push(t("matrix.dissociated"));
  if (!column.entitled) parts.push(t("matrix.uncounted"));
  return parts.join(" · ");
}
