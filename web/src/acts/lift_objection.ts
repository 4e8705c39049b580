import { hasVoice, inName, stance, target, type Form, type Spot } from "./form.ts";

/** Whether what would be lifted came late. */
const isLate = ({ draft, clause, proposal, group }: Spot) =>
  !proposal &&
  !!clause.view.late_objections?.some((late) =>
    group ? late.as_group === group : !late.as_group && late.by === draft.delegation,
  );

export default {
  name: "lift_objection",
  order: 6,
  isPosition: true,
  forGroup: true,
  fits: (spot) => hasVoice(spot) && (stance(spot) === "object" || isLate(spot)),
  act: (spot) => ({ lift_objection: { on: target(spot), ...inName(spot) } }),
} satisfies Form;
