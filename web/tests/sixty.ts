import type { Server } from "./server.ts";

/** A draft with the first sixty clauses of the demonstration's declaration. */
export async function sixty(server: Server): Promise<string> {
  const demo = await server.draft();
  const at = `/drafts/${demo}`;
  const { clauses } = await server.ask<{
    clauses: { id: string; kind: string; level: number; text: { en: string } }[];
  }>("avr-delegate", `${at}/text`);
  const marks: Record<string, string> = { title: "# ", heading: "## ", operative: "1. " };
  const markdown = clauses
    .slice(0, 60)
    .filter((c) => c.level === 1)
    .concat(clauses.slice(60).filter((c) => c.level === 1))
    .slice(0, 60)
    .map((c) => `${marks[c.kind] ?? ""}${c.text.en} {#${c.id}}`)
    .join("\n\n");
  const roster = await server.ask<{ delegations: Record<string, object> }>(
    "avr-delegate",
    `${at}/roster`,
  );
  const seats = Object.entries(roster.delegations).map(([delegation, seat]) => {
    const { left: _, ...rest } = seat as Record<string, unknown>;
    return { delegation, ...rest };
  });
  const draft = { title: "Sixty clauses", authentic: ["en"], markdown, seats };
  return (await server.ask<{ id: string }>("secretariat", "/drafts", draft)).id;
}
