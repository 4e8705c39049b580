import * as A from "@automerge/automerge/slim";
import wasm from "@automerge/automerge/automerge.wasm?url";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import {
  Repo,
  cbor,
  initializeWasm,
  type AutomergeUrl,
  type DocHandle,
} from "@automerge/automerge-repo/slim";
import type { Place } from "./place.ts";
import { Storage } from "./storage.ts";

/** The text as the protocol has it: `docs/protocol.md`, "The document". */
export interface TextDoc {
  clauses: Record<string, { text: Record<string, string> }>;
  proposals: Record<string, { text: Record<string, string> }>;
}

/** The line to the server. What it says when it refuses a change is heard, and nothing is sent again after that. */
class Socket extends WebSocketClientAdapter {
  /** Why the server takes no more of this copy. */
  refused: string | undefined;
  onrefused: (why: string) => void = () => {};

  constructor(url: string) {
    super(url);
    // A lost line may look open for a long time; the browser knows better.
    addEventListener("offline", () => this.socket?.close());
    addEventListener("online", () => this.peerId && this.connect(this.peerId));
  }

  override connect(...to: Parameters<WebSocketClientAdapter["connect"]>) {
    const isFirst = !this.peerId;
    if (isFirst || (navigator.onLine && this.refused === undefined)) super.connect(...to);
  }

  override receiveMessage(bytes: Uint8Array) {
    const message = cbor.decode(new Uint8Array(bytes)) as { type: string; message?: string };
    if (message.type !== "error") return super.receiveMessage(bytes);
    // A refusal of what is in the copy has a code. Anything else, such as a seat that was taken back, ends the line only:
    // what was written is kept, and goes on when somebody sits here again.
    if (!/^[\w-]+: /.test(message.message ?? "")) return;
    this.refused = message.message ?? "";
    this.socket?.close();
    this.onrefused(this.refused);
  }
}

/** A copy of a draft's text in this browser: kept here, and in step with the server whenever there is a line. */
export class Replica {
  private constructor(
    readonly repo: Repo,
    readonly handle: DocHandle<TextDoc>,
    readonly socket: Socket,
    readonly storage: Storage,
  ) {}

  /** Opens the copy, or begins it. Without a line, what is kept here is opened. */
  static async open(draft: string): Promise<Replica> {
    await initializeWasm(fetch(wasm) as unknown as Promise<Uint8Array>);
    const { protocol, host } = location;
    const socket = new Socket(`${protocol === "https:" ? "wss" : "ws"}://${host}/sync`);
    const storage = new Storage(`plenary-${draft}`);
    const repo = new Repo({ network: [socket], storage });
    const handle = await repo.find<TextDoc>(`automerge:${draft}` as AutomergeUrl);
    return new Replica(repo, handle, socket, storage);
  }

  /** How many changes made here the server has not said it has. */
  waiting(server: string[]): number {
    const doc = this.handle.doc();
    return A.hasHeads(doc, server) ? A.getChangesSince(doc, server).length : 0;
  }

  /** The words that stand there. */
  words(place: Place): string | undefined {
    return this.handle.doc()[place.kind][place.id]?.text[place.language];
  }

  close() {
    return this.repo.shutdown();
  }
}

const open = new Map<string, Promise<Replica>>();

/** The one copy of that draft in this page. */
export function replica(draft: string): Promise<Replica> {
  const found = open.get(draft) ?? Replica.open(draft);
  open.set(draft, found);
  found.catch(() => open.delete(draft));
  return found;
}

/** Throws the copy away: it holds what no server will ever take. The words are the caller's to keep. */
export async function discard(draft: string): Promise<void> {
  const found = await open.get(draft);
  open.delete(draft);
  await found?.close();
  await new Promise((resolve) => {
    const gone = indexedDB.deleteDatabase(`plenary-${draft}`);
    gone.onsuccess = gone.onerror = gone.onblocked = resolve;
  });
}
