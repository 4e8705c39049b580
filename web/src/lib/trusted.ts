interface Policy {
  createScriptURL(url: string): string;
  createHTML(html: string): string;
}
interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

const { trustedTypes } = globalThis as unknown as { trustedTypes?: Policies };
const rules: Policy = {
  createScriptURL: (url) => (url === "/sw.js" ? url : ""),
  createHTML: (html) => html,
};
const policy = trustedTypes?.createPolicy("plenary", rules) ?? rules;

/** The one script that is asked for by its name. */
export const worker = () => policy.createScriptURL("/sw.js");

/** Markup from elsewhere, to be read: in a document of its own, in which nothing runs, loads or is shown. */
export const inert = (html: string): Document =>
  new DOMParser().parseFromString(policy.createHTML(html), "text/html");
