import { target, type Form } from "./form.ts";

export default {
  name: "statement",
  order: 30,
  reason: "needed",
  // For the record, also after the adoption.
  fits: ({ draft }) => {
    const role = draft.me.seat?.role;
    return !!role && role !== "observer" && role !== "archivist" && !draft.summary.closed;
  },
  act: (spot, text) => ({ statement: { on: target(spot), text } }),
} satisfies Form;
