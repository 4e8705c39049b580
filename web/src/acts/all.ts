import { isUnsettled, type Form, type Spot } from "./form.ts";

const files = import.meta.glob<Form | Form[]>(
  ["./*.ts", "!./all.ts", "!./form.ts", "!./*.test.ts"],
  {
    eager: true,
    import: "default",
  },
);

/** Every act that has a form, in their order. */
export const forms: Form[] = Object.values(files)
  .flat()
  .sort((a, b) => a.order - b.order);

/** What one can do there, for oneself or for a group. */
export const fitting = (spot: Spot): Form[] =>
  forms.filter((form) => (!spot.group || form.forGroup) && form.fits(spot));

/** Whether the reader may write into clauses themselves. */
export function hasPen(spot: Spot): boolean {
  const { role } = spot.draft.me.seat ?? {};
  if (spot.draft.summary.closed || !isUnsettled(spot)) return false;
  const holdsPen = role === "pen-holder" || role === "facilitator";
  return holdsPen || (role === "delegate" && spot.draft.summary.mode === "open");
}
