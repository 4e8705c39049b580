import type { Draft } from "./draft.svelte.ts";
import type { Key } from "./i18n.ts";
import { readings } from "./rolling.ts";
import { reveal, ui } from "./ui.svelte.ts";

/** A key, what it does, and the message that says so. */
export interface Shortcut {
  keys: string[];
  says: Key;
  run(draft: Draft): void;
}

const place = (name: string) => document.querySelector<HTMLElement>(`[data-key="${name}"]`);

/** The clause at or after the focus, in the direction wanted. */
function step(draft: Draft, by: 1 | -1) {
  const at = document.activeElement?.closest(".clause")?.id ?? ui.open;
  const shown = draft.clauses.filter((c) => document.getElementById(c.id));
  const n = shown.findIndex((c) => c.id === at);
  const next = shown[n < 0 ? 0 : n + by];
  if (next) reveal(next.id);
}

/** All keys; `?` shows them. Each works when nothing is being typed, and none with Control, Alt or Meta. */
export const shortcuts: Shortcut[] = [
  { keys: ["j"], says: "key.next", run: (draft) => step(draft, 1) },
  { keys: ["k"], says: "key.previous", run: (draft) => step(draft, -1) },
  { keys: ["Escape"], says: "key.close", run: close },
  { keys: ["g", "/"], says: "key.find", run: () => place("find")?.focus() },
  { keys: ["w"], says: "key.awaiting", run: () => place("awaiting")?.focus() },
  { keys: ["v"], says: "key.reading", run: turn },
  { keys: ["p"], says: "key.propose", run: () => place("propose")?.click() },
  { keys: ["s"], says: "key.support", run: () => place("support")?.focus() },
  { keys: ["o"], says: "key.object", run: () => place("object")?.focus() },
  { keys: ["?"], says: "key.help", run: () => (ui.isHelping = !ui.isHelping) },
];

function close() {
  const id = ui.open;
  ui.isHelping = false;
  ui.toggle(undefined);
  if (id) reveal(id);
}

function turn() {
  const n = readings.indexOf(ui.reading);
  ui.read(readings[(n + 1) % readings.length] ?? "rolling");
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** What a key does here. */
export function press(event: KeyboardEvent, draft: Draft): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isTyping(event.target)) return;
  const found = shortcuts.find((shortcut) => shortcut.keys.includes(event.key));
  if (!found) return;
  event.preventDefault();
  found.run(draft);
}
