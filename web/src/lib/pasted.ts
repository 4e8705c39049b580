import { LONGEST } from "./clean.ts";
import { inert } from "./trusted.ts";

/** Markup above this many characters is not read: the plain text that comes with it is. */
const MOST = 8_000_000;

interface Style {
  em: boolean;
  strong: boolean;
}

const unseen = "script,style,head,title,meta,link,template,object,iframe,svg,noscript,del,s,strike";
const blocks = /^(P|DIV|LI|TR|TABLE|UL|OL|H[1-6]|BLOCKQUOTE|PRE|SECTION|ARTICLE|HR)$/;
const escaped = /[*\\]/g;

/**
 * What somebody pastes from a word processor or a page, as a wording is written: `*emphasis*`, `**strong**`, one line for
 * each paragraph, item or row, with its number or letter. What was struck out there, and notes, are left out.
 */
export function wordingOf(html: string): string | undefined {
  if (html.length > MOST) return undefined;
  const { body } = inert(html);
  for (const node of body.querySelectorAll(unseen)) node.remove();
  const lines: Line[] = [new Line()];
  walk(body, { em: false, strong: false }, lines);
  const text = lines.map((line) => line.text()).filter(Boolean);
  return text.join("\n");
}

/** A line as it is put together: stretches of words, each with its emphasis. */
class Line {
  #runs: (Style & { text: string })[] = [];

  push(text: string, style: Style) {
    const last = this.#runs.at(-1);
    if (last && last.em === style.em && last.strong === style.strong) last.text += text;
    else this.#runs.push({ text, ...style });
  }

  get isEmpty() {
    return this.#runs.every(({ text }) => !text.trim());
  }

  text(): string {
    const marked = this.#runs.map(({ text, em, strong }) => {
      const words = text.replace(/[ \t\n\r\u00a0]+/g, (run) => (run.includes("\t") ? "\t" : " "));
      const mark = (strong ? "**" : "") + (em ? "*" : "");
      const inside = words.trim();
      if (!mark || !inside) return words;
      // Marks stand at the words, spaces outside.
      const at = words.indexOf(inside);
      const close = [...mark].reverse().join("");
      return words.slice(0, at) + mark + inside + close + words.slice(at + inside.length);
    });
    return marked
      .join("")
      .replace(/ {2,}/g, " ")
      .replace(/^ +| +$/g, "");
  }
}

function walk(node: Node, style: Style, lines: Line[]) {
  for (const child of node.childNodes) {
    // More than may stand is not worth the reading.
    if (lines.length > LONGEST) return;
    if (child.nodeType === Node.TEXT_NODE) {
      const words = (child.textContent ?? "").replace(/[\t\n\r]+/g, " ");
      lines.at(-1)?.push(words.replace(escaped, "\\$&"), style);
    } else if (child.nodeType === Node.ELEMENT_NODE) element(child as HTMLElement, style, lines);
  }
}

function element(it: HTMLElement, style: Style, lines: Line[]) {
  const css = it.getAttribute("style") ?? "";
  const isHidden = /display:\s*none|mso-hide:\s*all/i.test(css) || it.hidden;
  const isNote =
    /^#_(ftn|edn)/.test(it.getAttribute("href") ?? "") || it.className === "MsoFootnoteText";
  if (isHidden || isNote) return;
  if (it.tagName === "BR") return void lines.push(new Line());
  const isBlock = blocks.test(it.tagName);
  const isCell = it.tagName === "TD" || it.tagName === "TH";
  if (isBlock && !lines.at(-1)?.isEmpty) lines.push(new Line());
  if (isCell && it.previousElementSibling) lines.at(-1)?.push("\t", { em: false, strong: false });
  if (it.tagName === "LI") lines.at(-1)?.push(number(it), { em: false, strong: false });
  walk(it, styled(it, css, style), lines);
  if (isBlock && !lines.at(-1)?.isEmpty) lines.push(new Line());
}

function styled(it: HTMLElement, css: string, { em, strong }: Style): Style {
  const weight = /font-weight:\s*(\w+)/i.exec(css)?.[1];
  const slant = /font-style:\s*(\w+)/i.exec(css)?.[1];
  const isBold = /^(B|STRONG)$/.test(it.tagName) || /^H[1-6]$/.test(it.tagName);
  return {
    em: slant ? slant !== "normal" : em || /^(I|EM|CITE)$/.test(it.tagName),
    strong: weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : strong || isBold,
  };
}

/** How an item of a list begins, as far as its list says. */
function number(item: HTMLElement): string {
  const list = item.parentElement;
  if (list?.tagName !== "OL") return "– ";
  const before = [...list.children].filter((child) => child.tagName === "LI").indexOf(item);
  const n = Number(list.getAttribute("start") ?? 1) + before;
  const type = list.getAttribute("type") ?? "1";
  if (/^[aA]$/.test(type) && n <= 26)
    return `(${String.fromCharCode(type.charCodeAt(0) + n - 1)}) `;
  return `${n}. `;
}

/** What a paste brings: the markup's words if it has any structure, the plain text otherwise. */
export function pasted(data: DataTransfer): string {
  const html = data.getData("text/html");
  return (html && wordingOf(html)) || data.getData("text/plain");
}
