import type { Point } from "../api/types.ts";

/** A curve on a field of a width and a height, as SVG draws it: a step at each moment, as nothing happens in between. */
export interface Curve {
  line: string;
  area: string;
  /** Where each moment stands. */
  dots: { x: number; y: number }[];
}

/** Where each moment stands from left to right: by the time, or evenly where all is within an hour. */
export function across(points: Point[], width: number): number[] {
  const times = points.map((p) => Date.parse(p.at));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const span = last - first;
  const even = points.length > 1 ? width / (points.length - 1) : 0;
  return span < 3_600_000
    ? points.map((_, n) => n * even)
    : times.map((time) => ((time - first) / span) * width);
}

export function curve(values: number[], xs: number[], most: number, height: number): Curve {
  const y = (value: number) => round(height - (value / Math.max(most, 1)) * height);
  const dots = values.map((value, n) => ({ x: round(xs[n] ?? 0), y: y(value) }));
  const [first, ...rest] = dots;
  if (!first) return { line: "", area: "", dots };
  const line = `M${first.x} ${first.y}` + rest.map((d) => `H${d.x}V${d.y}`).join("");
  return { line, area: `${line}V${height}H${first.x}Z`, dots };
}

const round = (n: number) => Math.round(n * 10) / 10;
