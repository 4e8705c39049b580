import { expect, test } from "vitest";
import { LONGEST, cleaned } from "./clean.ts";
import { pasted, wordingOf } from "./pasted.ts";

test("emphasis stays, at the words and not at the spaces", () => {
  const html = `<p><i>Recalling </i>the <b>Charter</b>, <span style="font-weight:bold;font-style:italic">all</span> of it</p>`;
  expect(wordingOf(html)).toBe("*Recalling* the **Charter**, ***all*** of it");
  expect(wordingOf("<p>2 * 3 \\ 4</p>")).toBe("2 \\* 3 \\\\ 4");
});

test("what a word processor writes becomes lines with their letters", () => {
  const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
    <body lang=EN-GB><!--StartFragment-->
    <p class=MsoNormal><i>Decides</i>
    to:<o:p></o:p></p>
    <p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>(a)<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>meet<a href="#_ftn1"><span>[1]</span></a>;</p>
    <p class=MsoListParagraph><span style='mso-list:Ignore'>(b)&nbsp;</span>report <del>yearly</del><ins>twice a year</ins>.</p>
    <p class=MsoNormal><span style='display:none;mso-hide:all'>hidden</span></p>
    <!--EndFragment--></body></html>`;
  expect(wordingOf(word)).toBe("*Decides* to:\n(a) meet;\n(b) report twice a year.");
});

test("lists and tables keep their order", () => {
  expect(wordingOf("<ol type=a><li>one<li>two</ol><ol start=3><li>x</ol><ul><li>y</ul>")).toBe(
    "(a) one\n(b) two\n3. x\n– y",
  );
  expect(wordingOf("<table><tr><td>a<td>b<tr><td>c<td>d</table>")).toBe("a\tb\nc\td");
});

test("nothing of it runs or is loaded", () => {
  const html = `<p>one<img src=x onerror="globalThis.harm=1"><script>globalThis.harm=1</script></p>`;
  expect(wordingOf(html)).toBe("one");
  expect((globalThis as { harm?: number }).harm).toBeUndefined();
});

test("of two megabytes as much comes in as may stand", () => {
  const data = (html: string, text: string) =>
    ({
      getData: (type: string) => (type === "text/html" ? html : text),
    }) as unknown as DataTransfer;
  const taken = (html: string, text: string) => cleaned(pasted(data(html, text)));
  expect(taken("", "x\u202e".repeat(1_000_000)).notes).toEqual(["direction", "long"]);
  expect(taken("<p>y</p>".repeat(25_000), "").text.length).toBe(LONGEST);
  expect(taken("<p> </p>", "plain").text).toBe("plain");
});
