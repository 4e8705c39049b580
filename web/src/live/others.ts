import { StateEffect, StateField, type Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";

/** Where somebody else is in the same words. */
export interface Other {
  who: string;
  anchor: number;
  head: number;
}

const met = StateEffect.define<{ peer: string; other: Other | undefined }>();

class Caret extends WidgetType {
  constructor(readonly who: string) {
    super();
  }
  override eq(other: Caret) {
    return other.who === this.who;
  }
  toDOM() {
    const caret = document.createElement("span");
    caret.className = "caret";
    // Who is here is said once, under the field; not in the middle of the words.
    caret.setAttribute("aria-hidden", "true");
    const name = document.createElement("span");
    name.className = "caret-name";
    name.textContent = this.who;
    caret.append(name);
    return caret;
  }
}

const people = StateField.define<Map<string, Other>>({
  create: () => new Map(),
  update(before, tr) {
    let now = before;
    if (tr.docChanged) {
      const map = (at: number) => tr.changes.mapPos(Math.min(at, tr.startState.doc.length));
      now = new Map(
        [...now].map(([peer, o]) => [peer, { ...o, anchor: map(o.anchor), head: map(o.head) }]),
      );
    }
    for (const effect of tr.effects.filter((e) => e.is(met))) {
      const { peer, other } = effect.value as { peer: string; other: Other | undefined };
      now = new Map(now);
      if (other) now.set(peer, other);
      else now.delete(peer);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field, drawn),
});

function drawn(all: Map<string, Other>): (view: EditorView) => DecorationSet {
  return (view) => {
    const end = view.state.doc.length;
    const marks = [...all.values()].flatMap(({ who, anchor, head }): Range<Decoration>[] => {
      const [from, to] = [Math.min(anchor, head, end), Math.min(Math.max(anchor, head), end)];
      const caret = Decoration.widget({ widget: new Caret(who), side: 1 }).range(
        Math.min(head, end),
      );
      const mark = Decoration.mark({ class: "theirs" });
      return from < to ? [mark.range(from, to), caret] : [caret];
    });
    return Decoration.set(marks, true);
  };
}

/** Others' cursors, with their names. */
export const others = people;

/** Somebody is there, or, without a place, is no more. */
export function meet(view: EditorView, peer: string, other: Other | undefined): void {
  view.dispatch({ effects: met.of({ peer, other }) });
}
