import qrcode from "qrcode-generator";

/** A QR code as SVG draws it: one path over a field of so many modules. */
export interface Code {
  size: number;
  path: string;
}

/** The code of a text, with the quiet zone of four modules that readers need. */
export function coded(text: string): Code {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const modules = code.getModuleCount();
  const quiet = 4;
  let path = "";
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      // A run of dark modules is one bar.
      let run = 0;
      while (column + run < modules && code.isDark(row, column + run)) run++;
      if (run) path += `M${column + quiet} ${row + quiet}h${run}v1h-${run}z`;
      column += run;
    }
  }
  return { size: modules + 2 * quiet, path };
}
