import { automergeSyncPlugin } from "@automerge/automerge-codemirror";
import { reconcileAnnotationType } from "@automerge/automerge-codemirror/dist/plugin.js";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, Transaction } from "@codemirror/state";
import { EditorView, drawSelection, keymap } from "@codemirror/view";
import { LONGEST, cleaned, type Cleaned } from "../lib/clean.ts";
import { pasted } from "../lib/pasted.ts";
import { direction } from "../lib/direction.ts";
import { others } from "./others.ts";
import { path, type Place } from "./place.ts";
import type { Replica } from "./replica.ts";

interface Wanted {
  parent: HTMLElement;
  replica: Replica;
  place: Place;
  label: string;
  onselect(anchor: number, head: number): void;
  onescape(): void;
  /** What was done to what was pasted. */
  onnotes(notes: Cleaned["notes"]): void;
}

/** What others type is theirs: it is not taken back by who presses Undo here. */
const notOurs = EditorState.transactionExtender.of((tr) =>
  tr.annotation(reconcileAnnotationType)
    ? { annotations: Transaction.addToHistory.of(false) }
    : null,
);

/** What is dropped is cleaned like everywhere else. */
const clean = EditorView.clipboardInputFilter.of((text) => cleaned(text).text);

/** What is pasted comes in as a wording is written, and no more than a wording may have. */
const paste = (onnotes: Wanted["onnotes"]) =>
  EditorView.domEventHandlers({
    paste(event, view) {
      if (!event.clipboardData) return false;
      const { text, notes } = cleaned(pasted(event.clipboardData));
      const { from, to } = view.state.selection.main;
      const room = Math.max(0, LONGEST - (view.state.doc.length - (to - from)));
      view.dispatch(view.state.replaceSelection(text.slice(0, room)), {
        userEvent: "input.paste",
        scrollIntoView: true,
      });
      onnotes([...new Set([...notes, ...(text.length > room ? (["long"] as const) : [])])]);
      return true;
    },
  });

/** An editor of the words at one place, in step with the copy of the text. */
export function editor(wanted: Wanted): EditorView {
  const { replica, place } = wanted;
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  return new EditorView({
    parent: wanted.parent,
    doc: replica.words(place) ?? "",
    extensions: [
      automergeSyncPlugin({ handle: replica.handle, path: path(place) }),
      notOurs,
      clean,
      paste(wanted.onnotes),
      history(),
      drawSelection(),
      keymap.of([
        { key: "Escape", run: () => (wanted.onescape(), true) },
        ...defaultKeymap,
        ...historyKeymap,
      ]),
      others,
      EditorView.lineWrapping,
      EditorView.cspNonce.of(nonce ?? ""),
      EditorView.contentAttributes.of({
        "aria-label": wanted.label,
        lang: place.language,
        dir: direction(place.language),
        spellcheck: "true",
      }),
      EditorView.updateListener.of((update) => {
        if (!update.selectionSet && !update.docChanged) return;
        const { anchor, head } = update.state.selection.main;
        wanted.onselect(anchor, head);
      }),
    ],
  });
}
