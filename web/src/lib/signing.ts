import { ask } from "../api/client.ts";
import type { Act, SignedAct, SigningView } from "../api/types.ts";

/**
 * The key with which this browser signs what a delegation does in a draft. It is made here and cannot be taken out; whoever
 * signs out of the seat leaves it here, as nobody could give the delegation another one.
 */
const NAME = "signing";
const STORE = "keys";

export interface Own {
  pair: CryptoKeyPair;
  /** The public key, in hexadecimal. */
  key: string;
}

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser keeps nothing"));
  });
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const open = indexedDB.open(NAME, 1);
  open.onupgradeneeded = () => open.result.createObjectStore(STORE);
  return (await settled(open)).transaction(STORE, mode).objectStore(STORE);
}

const place = (draft: string, delegation: string) => `${draft}/${delegation}`;

/** The key of this browser for that delegation, if it has one. */
export async function own(draft: string, delegation: string): Promise<Own | undefined> {
  return settled<Own | undefined>((await store("readonly")).get(place(draft, delegation)));
}

/** Whether this browser can sign at all: the newer ones can, and only over HTTPS. */
export async function canSign(): Promise<boolean> {
  try {
    return !!crypto.subtle && !!(await crypto.subtle.generateKey("Ed25519", false, ["sign"]));
  } catch {
    return false;
  }
}

/** Makes a key, and keeps it before anything is signed with it. */
export async function make(draft: string, delegation: string): Promise<Own> {
  const known = await own(draft, delegation);
  if (known) return known;
  const pair = (await crypto.subtle.generateKey("Ed25519", false, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  const made = { pair, key: hex(await crypto.subtle.exportKey("raw", pair.publicKey)) };
  await settled((await store("readwrite")).put(made, place(draft, delegation)));
  void navigator.storage?.persist?.();
  return made;
}

/** Whether this browser has a key for the draft; asked before anything else, as most have none. */
async function isSigning(draft: string): Promise<boolean> {
  try {
    const known = (await indexedDB.databases?.()) ?? [{ name: NAME }];
    if (!known.some(({ name }) => name === NAME)) return false;
    const range = IDBKeyRange.bound(`${draft}/`, `${draft}0`);
    return (await settled((await store("readonly")).count(range))) > 0;
  } catch {
    return false;
  }
}

export const signing = (draft: string) => ask<SigningView>(`/drafts/${draft}/signing`);

/** Whether that key is registered and not revoked. */
export const holds = (view: SigningView, key: string) => {
  const known = view.keys[key];
  return !!known && !known.revoked;
};

/**
 * The act, signed, if this browser signs for the delegation there. It is signed when it is sent and never before, so that it
 * answers to the record as it then is.
 */
export async function signed(draft: string, act: Act): Promise<SignedAct | undefined> {
  if (!(await isSigning(draft))) return undefined;
  const view = await signing(draft);
  const mine = view.delegation ? await own(draft, view.delegation) : undefined;
  if (!mine) return undefined;
  const begins = "register_key" in act && act.register_key.key === mine.key;
  if (!holds(view, mine.key) && !begins) return undefined;
  const statement = [
    "plenary act v1",
    `draft ${draft}`,
    `delegation ${view.delegation}`,
    `answers ${view.answers.seq} ${view.answers.hash}`,
    JSON.stringify(act),
  ].join("\n");
  const bytes = new TextEncoder().encode(statement);
  const signature = await crypto.subtle.sign("Ed25519", mine.pair.privateKey, bytes);
  return { key: mine.key, statement, signature: hex(signature) };
}
