import * as trusted from "./trusted.ts";

/** The service worker, which keeps files and pages; where there is none, everything is fetched. */
export async function worker(): Promise<ServiceWorker | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  try {
    await navigator.serviceWorker.register(trusted.worker());
    return (await navigator.serviceWorker.ready).active ?? undefined;
  } catch (thrown) {
    console.info("nothing is kept for offline:", thrown);
    return undefined;
  }
}

let active: Promise<ServiceWorker | undefined> | undefined;

/** Registers it once. */
export const begun = () => (active ??= worker());

/** Keeps this page, so that it opens without a line. */
export async function keepPage(): Promise<void> {
  (await begun())?.postMessage({ keep: location.pathname });
}
