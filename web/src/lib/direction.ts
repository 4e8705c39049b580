const leftward = new Set(["ar", "he", "fa", "ur", "ps", "sd", "dv", "yi", "ug", "ckb", "syr"]);
const scripts = new Set(["arab", "hebr", "thaa", "syrc", "nkoo"]);

/** `rtl` for languages written from right to left; by the script, if the tag names one. */
export function direction(language: string): "rtl" | "ltr" {
  const [first = "", ...rest] = language.toLowerCase().split("-");
  const script = rest.find((part) => part.length === 4);
  return (script ? scripts.has(script) : leftward.has(first)) ? "rtl" : "ltr";
}
