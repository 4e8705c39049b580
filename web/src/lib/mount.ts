import { mount, type Component } from "svelte";
import { speak } from "./i18n.ts";

/** Takes the page over: what the server has rendered stays until the same is there, live. */
export async function takeOver<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
): Promise<void> {
  await speak();
  const place = document.getElementById("app");
  if (!place) return;
  place.replaceChildren();
  mount(component, { target: place, props });
}

/** What the server has put into the page for its script. */
export function data<T>(): T {
  return JSON.parse(document.getElementById("data")?.textContent ?? "null") as T;
}
