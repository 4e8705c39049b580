import { labelled } from "../labels.ts";
import { Draft } from "../draft.svelte.ts";
import { page, t } from "../i18n.ts";

/** How many a sentence names before it counts the rest. */
const NAMED = 8;

/** `a, b and c` in the page's language; after the eighth, how many more. */
export function listed(items: string[]): string {
  const rest = items.length - NAMED;
  if (rest > 1) return t("told.and-more", { list: items.slice(0, NAMED).join(comma()), n: rest });
  return new Intl.ListFormat(page(), { type: "conjunction" }).format(items);
}

/** What stands between the items of a list. */
function comma() {
  const parts = new Intl.ListFormat(page(), { type: "conjunction" }).formatToParts([..."abcd"]);
  return parts.find((part) => part.type === "literal")?.value ?? ", ";
}

/**
 * What things are called here: a delegation by its name, a clause by its number, a proposal by its place and its id. What is
 * not known any more keeps its id.
 */
export function names(draft: Draft | undefined = Draft.here) {
  const clause = (id: string) => labelled(draft?.find(id)?.text.label ?? id);
  const proposal = (id: string) => {
    const label = draft?.proposals[id]?.label;
    return label ? `${labelled(label)} (${id})` : id;
  };
  const delegation = (id: string) => draft?.roster.delegations[id]?.name ?? id;
  return {
    clause,
    proposal,
    delegation,
    group: (id: string) => draft?.roster.groups[id]?.name ?? id,
    /** Delegations, or all of them in two words. */
    delegations(ids: string[]) {
      const all = Object.values(draft?.roster.delegations ?? {}).filter((d) => d.entitled);
      return ids.length > 2 && ids.length === all.length
        ? t("told.everybody")
        : listed(ids.map(delegation));
    },
    clauses: (ids: string[]) => listed(ids.map(clause)),
    proposals: (ids: string[]) => listed(ids.map(proposal)),
  };
}

/** A language by its name in the page's own. */
export const language = (code: string): string =>
  new Intl.DisplayNames(page(), { type: "language" }).of(code) ?? code;
