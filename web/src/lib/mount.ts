import { mount, type Component } from "svelte";
import { speak, speakFully, speakMore } from "./i18n.ts";

/**
 * Takes the page over: what the server has rendered stays until the same is there, live. A page that watches its bytes says
 * at first only what is `first`, and fetches the rest of the messages with what says it (`later.ts`). The pages of the chair, the archivist and the secretariat say
 * what is in `messages/desk/` and `messages/told/` besides.
 */
export async function takeOver<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
  messages: "first" | "all" | "desk" = "all",
): Promise<void> {
  await speak();
  if (messages !== "first") await speakFully();
  if (messages === "desk") await Promise.all([speakMore(), speakMore("told")]);
  const place = document.getElementById("app");
  if (!place) return;
  place.replaceChildren();
  mount(component, { target: place, props });
}

/** What the server has put into the page for its script. */
export function data<T>(): T {
  return JSON.parse(document.getElementById("data")?.textContent ?? "null") as T;
}
