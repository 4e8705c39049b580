import { hasVoice, inName, stance, target, type Form } from "./form.ts";

export default {
  name: "lift_objection",
  order: 6,
  isPosition: true,
  forGroup: true,
  fits: (spot) => hasVoice(spot) && stance(spot) === "object",
  act: (spot) => ({ lift_objection: { on: target(spot), ...inName(spot) } }),
} satisfies Form;
