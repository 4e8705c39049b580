import { hasVoice, isUnsettled, target, type Form } from "./form.ts";

export default {
  name: "dissociate",
  order: 21,
  // Where a group speaks for the delegation, and it has not left what the group says there.
  fits: (spot) => {
    const { draft, clause, proposal } = spot;
    const me = draft.delegation ?? "";
    const view = proposal ?? clause.view;
    const spoken = Object.keys(view.group_positions ?? {});
    const isMember = spoken.some((group) => draft.roster.groups[group]?.members.includes(me));
    const hasLeft = view.dissociated?.includes(me);
    return hasVoice(spot) && isUnsettled(spot) && isMember && !hasLeft;
  },
  act: (spot) => ({ dissociate: { on: target(spot) } }),
} satisfies Form;
