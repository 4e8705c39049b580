// A stock automerge-repo client, unmodified, that does what it is told: one JSON command a line on standard input, one
// JSON answer a line on standard output.
//
//   {"id": 1, "do": "open", "url": "http://127.0.0.1:4117", "token": "plenary_…", "document": "automerge:…"}
//   {"id": 1, "ok": {"heads": ["…"]}}
//
// Commands run side by side: who types slowly can be taken offline in the middle of it. What the client notices by
// itself is told as {"event": …}. The list of commands is at the end of this file.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import * as Automerge from '@automerge/automerge';
import { Repo, cbor } from '@automerge/automerge-repo';
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';

const write = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// What the adapter throws from its own callbacks (a connection reset, a refused upgrade) no caller can catch. A page in
// a browser goes on after it, and so does this.
process.on('uncaughtException', (e) => write({ event: 'thrown', message: String(e?.message ?? e) }));
process.on('unhandledRejection', (e) => write({ event: 'thrown', message: String(e?.message ?? e) }));

/** Frames either way and sockets opened, since the start. */
const seen = { received: 0, sent: 0, opened: 0, errors: [], unavailable: [] };
/** By document id: the heads that the server named last. It names only what it has on disk. */
const serverHeads = new Map();
/** By document id: the handle, and the hashes of the changes typed here, in order. */
const documents = new Map();
let where;
let repo;
let adapter;

/** A stock adapter. Its frames are counted and read on the side; nothing about it is changed. */
function connect({ url, token, retry }) {
  const address = new URL('/sync', url.replace(/^http/, 'ws'));
  // Node's websocket sends this as HTTP Basic authentication, on every reconnection too.
  address.username = 'any';
  address.password = token;
  const adapter = new WebSocketClientAdapter(address.href, retry);
  let socket;
  Object.defineProperty(adapter, 'socket', {
    get: () => socket,
    set: (next) => {
      socket = next;
      next?.addEventListener('open', () => (seen.opened += 1));
      next?.addEventListener('message', ({ data }) => heard(cbor.decode(new Uint8Array(data))));
    },
  });
  const send = adapter.send.bind(adapter);
  adapter.send = (message) => {
    seen.sent += 1;
    send(message);
  };
  return adapter;
}

function heard(message) {
  seen.received += 1;
  if (message.type === 'sync') {
    serverHeads.set(message.documentId, Automerge.decodeSyncMessage(message.data).heads);
  } else if (message.type === 'error') {
    seen.errors.push(message.message);
    write({ event: 'error', message: message.message });
  } else if (message.type === 'doc-unavailable') {
    seen.unavailable.push(message.documentId);
    write({ event: 'unavailable', document: message.documentId });
  }
}

function the(document) {
  const found = documents.get(document);
  if (!found) throw new Error(`${document} is not open: send open first`);
  return found;
}

const path = (clause, language) => ['clauses', clause, 'text', language];

function words({ document, clause, language = 'en' }) {
  const text = the(document).handle.doc().clauses?.[clause]?.text?.[language];
  if (typeof text !== 'string') throw new Error(`there is no clause ${clause} in ${language}`);
  return text;
}

const digest = (text) => createHash('sha256').update(text.normalize('NFC')).digest('hex');

/** A position in a text: "start", "end", {"after": "words that it has"}, or a number of UTF-16 code units. */
function position(at, text) {
  if (at === 'start') return 0;
  if (at === 'end') return text.length;
  if (typeof at === 'number') return at;
  const found = text.indexOf(at.after);
  if (found < 0) throw new Error(`the text does not have the words ${at.after}`);
  return found + at.after.length;
}

/** One change for every character, each after the one before it wherever that has moved to. */
async function type({ document, clause, language = 'en', at = 'end', text, rate = 0 }) {
  const { handle, typed } = the(document);
  const spot = path(clause, language);
  let next = position(at, words({ document, clause, language }));
  let last;
  const began = Date.now();
  let n = 0;
  for (const character of text) {
    handle.change((doc) => {
      if (last) next = Automerge.getCursorPosition(doc, spot, last.cursor) + last.units;
      Automerge.splice(doc, spot, next, 0, character);
    });
    const doc = handle.doc();
    last = { cursor: Automerge.getCursor(doc, spot, next), units: character.length };
    // A change made just now builds on everything known here, so it is the only head.
    typed.push(...Automerge.getHeads(doc));
    n += 1;
    const due = rate > 0 ? began + (1000 * n) / rate : 0;
    // Without a rate, the network still has its turn now and then.
    if (due > Date.now()) await pause(due - Date.now());
    else if (n % 20 === 0) await pause(0);
  }
  return { typed: n };
}

/** Those of the changes typed here that are in what the server said it has. */
function acknowledged({ document }) {
  const { handle, typed } = the(document);
  const doc = handle.doc();
  const heads = serverHeads.get(handle.documentId) ?? [];
  if (heads.length === 0 || !Automerge.hasHeads(doc, heads)) return [];
  const missing = new Set(Automerge.getChangesMetaSince(doc, heads).map((change) => change.hash));
  return typed.filter((hash) => !missing.has(hash));
}

const same = (a, b) => a.length === b.length && [...a].sort().every((x, i) => x === [...b].sort()[i]);

const commands = {
  /** Opens a document on the one connection of this client, and waits until it is there. */
  async open({ url, token, document, retry = 300 }) {
    if (!repo) {
      where = { url, token, retry };
      adapter = connect(where);
      repo = new Repo({ network: [adapter] });
    }
    const handle = await repo.find(document);
    documents.set(document, { handle, typed: [] });
    return { heads: Automerge.getHeads(handle.doc()) };
  },
  text: (c) => ({ text: words(c) }),
  type,
  /** Replaces a wording as an editor with a paste does: one change. */
  replace({ document, clause, language = 'en', text }) {
    const { handle, typed } = the(document);
    handle.change((doc) => Automerge.updateText(doc, path(clause, language), text));
    typed.push(...Automerge.getHeads(handle.doc()));
    return {};
  },
  offline() {
    // The stock adapter may have a reconnection under way that its own disconnect() does not end.
    adapter.connect = () => {};
    repo.networkSubsystem.removeNetworkAdapter(adapter);
    return {};
  },
  online({ url, retry } = {}) {
    where = { ...where, ...(url && { url }), ...(retry && { retry }) };
    adapter = connect(where);
    repo.networkSubsystem.addNetworkAdapter(adapter);
    return {};
  },
  heads({ document }) {
    const { handle } = the(document);
    return { heads: Automerge.getHeads(handle.doc()), server: serverHeads.get(handle.documentId) ?? [] };
  },
  digest: (c) => ({ digest: digest(words(c)), units: words(c).length }),
  acknowledged: (c) => ({ typed: the(c.document).typed.length, hashes: acknowledged(c) }),
  /** Waits until the server has said that it has exactly what is here. */
  async level({ document, seconds = 30 }) {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const { heads, server } = commands.heads({ document });
      if (same(heads, server)) return { heads };
      if (Date.now() > until) throw new Error(`not level after ${seconds} s: here ${heads}, at the server ${server}`);
      await pause(20);
    }
  },
  seen: () => seen,
  quit: () => setImmediate(() => process.exit(0)) && {},
};

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const command = JSON.parse(line);
  const answer = (what) => write({ id: command.id, ...what });
  const act = commands[command.do];
  if (!act) {
    answer({ error: `there is no command ${command.do}: use one of ${Object.keys(commands).join(', ')}` });
    continue;
  }
  Promise.resolve()
    .then(() => act(command))
    .then((ok) => answer({ ok }))
    .catch((e) => answer({ error: String(e?.message ?? e) }));
}
// Nobody gives commands any more.
process.exit(0);
