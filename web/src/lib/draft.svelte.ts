import type {
  ClauseStatus,
  ClauseText,
  ClauseView,
  EntryView,
  News,
  ProposalView,
  RollingClause,
  RollingView,
  Screen,
  VoteView,
} from "../api/types.ts";

/** A clause with all that a screen shows of it. A new one each time something of it is new. */
export interface Clause {
  id: string;
  text: ClauseText;
  view: ClauseView;
  /** Its rolling text, if something is proposed on it. */
  rolling?: RollingClause;
}

/** The state of one draft: begun by the first view, kept up by events. There is one, and components read from it. */
export class Draft {
  /** The draft of this page, for who has to name something of it and was not given it. */
  static here?: Draft;
  #screen = $state.raw() as Screen;
  clauses = $state.raw<Clause[]>([]);
  proposals = $state.raw<Record<string, ProposalView>>({});
  rolling = $state.raw() as RollingView;
  /** The recorded votes, in the order in which they were opened. */
  votes = $state.raw<VoteView[]>([]);
  seq = $state(0);
  /** The moment of the text: what an edit of what is shown is made against. */
  heads = $state.raw<string[]>([]);
  /** The latest entries that events have told of, newest first. */
  news = $state.raw<EntryView[]>([]);
  /** Another language that is read beside. */
  beside = $state<string>();
  /** Whether there is no line to the server. */
  isOffline = $state(false);
  /** Edits of the reader's delegation that came too late for an agreed clause, and the proposals that keep them. */
  recovered = $state.raw<{ clause: string; proposal: string }[]>([]);
  /** Set when an event tells of what this state cannot work out by itself: the draft is then loaded anew. */
  isBehind = $state(false);

  constructor(screen: Screen) {
    this.load(screen);
    Draft.here = this;
  }

  /** Begins anew from what the server shows. */
  load(screen: Screen) {
    this.#screen = screen;
    const views = new Map(screen.status.clauses.map((view) => [view.id, view]));
    const rolled = byClause(screen.rolling);
    this.clauses = screen.text.clauses.flatMap((text) => {
      const view = views.get(text.id);
      return view ? [{ id: text.id, text, view, rolling: rolled.get(text.id) }] : [];
    });
    this.proposals = Object.fromEntries(screen.status.proposals.map((p) => [p.id, p]));
    this.rolling = screen.rolling;
    this.votes = screen.status.votes ?? [];
    this.seq = screen.text.seq;
    this.heads = screen.text.heads;
    this.isBehind = false;
  }

  get id() {
    return this.#screen.draft.id;
  }
  get summary() {
    return this.#screen.draft;
  }
  get roster() {
    return this.#screen.roster;
  }
  get me() {
    return this.#screen.me;
  }
  /** The moment of the first view, by the server's clock. */
  get now() {
    return this.#screen.now;
  }
  /** The language that the text is read in. */
  get language() {
    return this.rolling.language;
  }
  /** The language negotiated in: positions are on its words. */
  get negotiated() {
    return this.summary.authentic[0] ?? this.language;
  }
  /** The delegation that the reader acts for; none for the secretariat. */
  get delegation() {
    return this.me.seat?.delegation;
  }

  /** Clauses per status. */
  counts = $derived.by(() => {
    const counts: Partial<Record<ClauseStatus, number>> = {};
    for (const { view } of this.clauses) counts[view.status] = (counts[view.status] ?? 0) + 1;
    return counts;
  });

  find(id: string | undefined) {
    return this.clauses.find((clause) => clause.id === id);
  }

  /** The clauses that are only proposed, to follow that one; with none, to come first. */
  proposedAfter(clause: string | undefined): RollingClause[] {
    return this.rolling.clauses.filter(({ proposal }) => {
      const amendment = proposal ? this.proposals[proposal]?.amendment : undefined;
      if (!amendment || !("insert_after" in amendment)) return false;
      return (amendment.insert_after.clause ?? undefined) === clause;
    });
  }

  /** What an event brings. */
  apply(news: News) {
    if (news.seq <= this.seq) return;
    this.seq = news.seq;
    this.heads = news.heads;
    this.news = [...news.entries].reverse().concat(this.news).slice(0, 50);
    const kept = news.entries.flatMap((entry) => recoveries(entry, this.delegation));
    if (kept.length) this.recovered = [...this.recovered, ...kept];
    const texts = new Map(news.clauses.map((text) => [text.id, text]));
    const views = new Map(news.status.map((view) => [view.id, view]));
    const known = new Set(this.clauses.map((clause) => clause.id));
    if ([...texts.keys()].some((id) => !known.has(id)) || news.entries.some(isStructural))
      this.isBehind = true;
    this.clauses = this.clauses.map((clause) => {
      const [text, view] = [texts.get(clause.id), views.get(clause.id)];
      return text || view
        ? { ...clause, text: text ?? clause.text, view: view ?? clause.view }
        : clause;
    });
    if (news.votes) this.see(news.votes);
    if (news.proposals.length) {
      this.proposals = {
        ...this.proposals,
        ...Object.fromEntries(news.proposals.map((p) => [p.id, p])),
      };
    }
  }

  /** Votes as they are now: such as are known, and new ones. */
  see(votes: VoteView[]) {
    const told = new Map(votes.map((vote) => [vote.id, vote]));
    const known = this.votes.map((vote) => told.get(vote.id) ?? vote);
    const ids = new Set(known.map((vote) => vote.id));
    this.votes = [...known, ...votes.filter((vote) => !ids.has(vote.id))];
  }

  /** The clauses, and the proposed ones, whose rolling text may be another after that event. */
  bracketedBy(news: News): string[] {
    const rolled = new Set(this.rolling.clauses.map((c) => c.clause));
    const ids = new Set<string>();
    for (const told of [...news.status, ...news.clauses])
      if (rolled.has(told.id) || ("proposals" in told && told.proposals.length)) ids.add(told.id);
    for (const { id, amendment } of news.proposals) {
      const [on] = Object.values(amendment) as { clause?: string | null }[];
      ids.add("insert_after" in amendment ? id : (on?.clause ?? id));
    }
    // What is inserted is numbered one after the other.
    const isInserted = (id: string) =>
      "insert_after" in (this.proposals[id]?.amendment ?? {}) && ids.has(id);
    if ([...ids].some(isInserted))
      for (const { proposal } of this.rolling.clauses) if (proposal) ids.add(proposal);
    return [...ids];
  }

  /** A rolling text that is newer than the one at hand; with `only`, of what is named there. */
  roll(rolling: RollingView, only?: string[]) {
    if (only) {
      const asked = new Set(only);
      const others = this.rolling.clauses.filter((c) => !asked.has(c.clause ?? c.proposal ?? ""));
      rolling = { ...rolling, clauses: [...others, ...rolling.clauses] };
    }
    this.rolling = rolling;
    const rolled = byClause(rolling);
    this.clauses = this.clauses.map((clause) =>
      clause.rolling !== rolled.get(clause.id)
        ? { ...clause, rolling: rolled.get(clause.id) }
        : clause,
    );
  }
}

const byClause = (rolling: RollingView) =>
  new Map(rolling.clauses.flatMap((c) => (c.clause ? [[c.clause, c] as const] : [])));

/** Acts after which more than single clauses may be new: the order, the numbers, the roster, the rule. */
const structural = [
  ..."incorporate reopen seat unseat form_group dissociate set_rule set_mode adopt close".split(
    " ",
  ),
];

function isStructural(entry: EntryView) {
  return !!entry.act && Object.keys(entry.act).some((verb) => structural.includes(verb));
}

/** What the entry has kept of that delegation's typing. */
function recoveries({ act, by }: EntryView, delegation: string | undefined) {
  const isOurs = typeof by === "object" && by.seat.delegation === delegation;
  return act && "recover" in act && isOurs ? act.recover.attempts : [];
}
