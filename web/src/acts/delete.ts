import { hasVoice, isUnsettled, type Form } from "./form.ts";

export default {
  name: "delete",
  order: 20,
  reason: "welcome",
  fits: (spot) => hasVoice(spot) && isUnsettled(spot) && !spot.proposal,
  act: ({ clause }, rationale) => ({
    propose: {
      amendment: { delete: { clause: clause.id } },
      ...(rationale ? { rationale } : {}),
    },
  }),
} satisfies Form;
