/** A stretch of equal tracks (rows, or columns) of which only those in sight are drawn. */
export interface Stretch {
  /** The first that is drawn. */
  from: number;
  /** The first after those that are drawn. */
  to: number;
  /** Pixels of those before. */
  before: number;
  /** Pixels of those after. */
  after: number;
}

/** The tracks that are in sight, with a few more on both sides, so that scrolling does not show an empty edge. */
export function inSight(scrolled: number, seen: number, track: number, count: number): Stretch {
  const spare = 6;
  const first = Math.floor(Math.max(scrolled, 0) / track) - spare;
  const last = Math.ceil((Math.max(scrolled, 0) + seen) / track) + spare;
  const from = Math.min(Math.max(first, 0), count);
  const to = Math.min(Math.max(last, from), count);
  return { from, to, before: from * track, after: (count - to) * track };
}

/** All of them: for paper. */
export const whole = (count: number): Stretch => ({ from: 0, to: count, before: 0, after: 0 });

/** How far to scroll so that a track is seen beside what sticks to the edge; none if it is seen already. */
export function reveal(
  at: number,
  track: number,
  scrolled: number,
  seen: number,
): number | undefined {
  if (at * track < scrolled) return at * track;
  const end = (at + 1) * track;
  return end > scrolled + seen ? end - seen : undefined;
}
