import { hasVoice, type Form } from "./form.ts";

export default {
  name: "cosponsor",
  order: 10,
  fits: (spot) => {
    const { draft, proposal } = spot;
    const me = draft.delegation;
    if (!me || !proposal || !hasVoice(spot)) return false;
    return proposal.by !== me && !proposal.cosponsors.includes(me);
  },
  act: ({ proposal }) => ({ cosponsor: { proposal: proposal?.id ?? "" } }),
} satisfies Form;
