import { hasVoice, stance, target, type Form } from "./form.ts";

export default {
  name: "lift_objection",
  order: 6,
  isPosition: true,
  fits: (spot) => hasVoice(spot) && stance(spot) === "object",
  act: (spot) => ({ lift_objection: { on: target(spot) } }),
} satisfies Form;
