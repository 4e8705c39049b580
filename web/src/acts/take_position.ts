import type { Stance } from "../api/types.ts";
import { digest, hasVoice, inName, isUnsettled, stance, target, type Form } from "./form.ts";

const position = (name: Exclude<Stance, "object">, order: number): Form => ({
  name,
  order,
  isPosition: true,
  forGroup: true,
  reason: name === "reserve" ? "needed" : "welcome",
  fits: (spot) => hasVoice(spot) && isUnsettled(spot) && stance(spot) !== "object",
  act: (spot, note) => ({
    take_position: {
      on: target(spot),
      digest: digest(spot),
      stance: name,
      ...(note ? { note } : {}),
      ...inName(spot),
    },
  }),
});

export default [
  position("support", 1),
  position("accept", 2),
  position("reserve", 3),
  position("abstain", 4),
];
