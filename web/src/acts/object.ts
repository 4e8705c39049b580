import type { Act } from "../api/types.ts";
import { digest, hasVoice, inName, isUnsettled, stance, target, type Form } from "./form.ts";

export default {
  name: "object",
  order: 5,
  isPosition: true,
  forGroup: true,
  reason: "needed",
  fits: (spot) => hasVoice(spot) && isUnsettled(spot) && stance(spot) !== "object",
  act: (spot, reason) =>
    ({
      object: { on: target(spot), digest: digest(spot), reason, ...inName(spot) },
    }) as unknown as Act,
} satisfies Form;
