import type { Form } from "./form.ts";

export default {
  name: "withdraw",
  order: 11,
  fits: ({ draft, proposal }) => !!proposal && proposal.by === draft.delegation,
  act: ({ proposal }) => ({ withdraw: { proposal: proposal?.id ?? "" } }),
} satisfies Form;
