import { hasVoice, inName, type Form } from "./form.ts";

export default {
  name: "cosponsor",
  order: 10,
  forGroup: true,
  fits: (spot) => {
    const { draft, proposal } = spot;
    const me = draft.delegation;
    if (!me || !proposal || !hasVoice(spot)) return false;
    if (spot.group) return true;
    return proposal.by !== me && !proposal.cosponsors.includes(me);
  },
  act: (spot) => ({ cosponsor: { proposal: spot.proposal?.id ?? "", ...inName(spot) } }),
} satisfies Form;
