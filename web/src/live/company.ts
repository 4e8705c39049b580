import type { Other } from "./others.ts";
import { isSame, type Place } from "./place.ts";
import type { Replica } from "./replica.ts";

/** What is told of a cursor: passed on by the server, and kept nowhere. */
interface Told {
  type: "plenary-cursor";
  place: Place;
  who: string;
  /** Without it, somebody has gone. */
  at?: { anchor: number; head: number };
}

/** Moments between two messages, in milliseconds: the server passes on a few a second. */
const PAUSE = 150;
/** Who says nothing for so long is taken to have gone. */
const GONE = 20_000;

type Heard = (peer: string, other: Other | undefined, all: string[]) => void;

/** Who else is at that place, and where: told, and heard. */
export function company({ repo, handle }: Replica, place: Place, who: string, heard: Heard) {
  const here = new Map<string, { who: string; timer: ReturnType<typeof setTimeout> }>();
  let [anchor, head] = [0, 0];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const names = () => [...new Set([...here.values()].map((other) => other.who))].sort();

  function gone(peer: string) {
    clearTimeout(here.get(peer)?.timer);
    if (here.delete(peer)) heard(peer, undefined, names());
  }
  function hear({ senderId, message }: { senderId: string; message: unknown }) {
    const told = message as Partial<Told>;
    if (senderId === repo.peerId) return;
    if (told.type !== "plenary-cursor" || !told.place || !told.who) return;
    if (!told.at || !isSame(told.place, place)) return gone(senderId);
    const isNew = !here.has(senderId);
    clearTimeout(here.get(senderId)?.timer);
    here.set(senderId, { who: told.who, timer: setTimeout(() => gone(senderId), GONE) });
    heard(senderId, { who: told.who, ...told.at }, names());
    // Who has just come does not know of us.
    if (isNew) tell(anchor, head);
  }
  function say(at: Told["at"]) {
    handle.broadcast({ type: "plenary-cursor", place, who, ...(at ? { at } : {}) } satisfies Told);
  }
  function tell(newAnchor: number, newHead: number) {
    [anchor, head] = [newAnchor, newHead];
    timer ??= setTimeout(() => {
      timer = undefined;
      say({ anchor, head });
    }, PAUSE);
  }
  const alive = setInterval(() => tell(anchor, head), GONE / 2);
  handle.on("ephemeral-message", hear);
  return {
    tell,
    leave() {
      clearTimeout(timer);
      clearInterval(alive);
      handle.off("ephemeral-message", hear);
      for (const { timer } of here.values()) clearTimeout(timer);
      say(undefined);
    },
  };
}
