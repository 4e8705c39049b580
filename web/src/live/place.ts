/** Where words stand: a clause or a proposal, in one language. */
export interface Place {
  kind: "clauses" | "proposals";
  id: string;
  language: string;
}

export const path = ({ kind, id, language }: Place) => [kind, id, "text", language];
export const isSame = (a: Place, b: Place) => path(a).join("/") === path(b).join("/");
