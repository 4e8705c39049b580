import { digest, hasVoice, inName, type Form } from "./form.ts";

export default {
  name: "object_late",
  order: 7,
  forGroup: true,
  reason: "needed",
  // Only a silence that has lapsed can be objected to too late, and by those whose confirmation is not awaited.
  fits: (spot) => {
    const { clause, proposal, draft } = spot;
    const how = clause.view.agreed_how;
    const isSilence = typeof how === "object" && how !== null && "silence" in how;
    const awaits = clause.view.awaiting?.includes(draft.delegation ?? "");
    return !proposal && hasVoice(spot) && isSilence && !awaits && clause.view.status !== "adopted";
  },
  act: (spot, reason) => ({
    object_late: { clause: spot.clause.id, digest: digest(spot), reason, ...inName(spot) },
  }),
} satisfies Form;
