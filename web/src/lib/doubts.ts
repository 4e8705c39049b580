/** Something in a text that looks like something else, or like nothing. */
export type Doubt =
  /** One word of letters of several scripts, some of which look the same. */
  | { kind: "mixed"; word: string; scripts: string[] }
  /** A word that looks Latin among Latin words, and is of another script. */
  | { kind: "alike"; word: string; scripts: string[] }
  /** Signs that are not seen: how many, and which. */
  | { kind: "unseen"; names: string[] };

/** Scripts of which letters look the same. A word of Chinese and Latin letters deceives nobody. */
const scripts = ["Latn", "Cyrl", "Grek", "Armn", "Cher"] as const;
const of: Record<(typeof scripts)[number], RegExp> = {
  Latn: /\p{Script=Latin}/u,
  Cyrl: /\p{Script=Cyrillic}/u,
  Grek: /\p{Script=Greek}/u,
  Armn: /\p{Script=Armenian}/u,
  Cher: /\p{Script=Cherokee}/u,
};
const word = /[\p{L}\p{M}]+/gu;
/** Letters that cannot be told from Latin ones in most type. */
const alike = /^[аеорсухіјѕһԁԛԝАВЕЅІЈКМНОРСТУХοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{2,}$/u;
/** What is not seen, and has no business in these texts. Joiners have, between letters that join. */
const unseen =
  /[\u00ad\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/gu;
const joiner = /(?<![\p{Script=Arabic}\p{Script=Deva}\p{M}\u{1f000}-\u{1faff}])[\u200c\u200d]/gu;
const direction = /[\u202a-\u202e\u2066-\u2069]/gu;

/** What a reader should look at twice. Nothing is changed: words of several scripts may be meant. */
export function doubts(text: string): Doubt[] {
  const found = new Map<string, Doubt>();
  const isLatin =
    (text.match(/\p{Script=Latin}/gu)?.length ?? 0) * 2 > (text.match(/\p{L}/gu)?.length ?? 0);
  for (const [it] of text.matchAll(word)) {
    const within = scripts.filter((script) => of[script].test(it));
    if (within.length > 1) found.set(it, { kind: "mixed", word: it, scripts: within });
    else if (isLatin && alike.test(it)) found.set(it, { kind: "alike", word: it, scripts: within });
  }
  const signs = [unseen, joiner, direction].flatMap((signs) => text.match(signs) ?? []);
  if (signs.length) found.set("", { kind: "unseen", names: [...new Set(signs.map(named))] });
  return [...found.values()];
}

const named = (sign: string) =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
