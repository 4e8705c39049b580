import { digest, type Form } from "./form.ts";

export default {
  name: "confirm",
  order: 9,
  fits: ({ draft, clause, proposal }) =>
    !proposal && !!draft.delegation && !!clause.view.awaiting?.includes(draft.delegation),
  act: (spot) => ({ confirm: { clause: spot.clause.id, digest: digest(spot) } }),
} satisfies Form;
