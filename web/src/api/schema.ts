// Made by `npm run api` from `plenary-server openapi`.

export interface paths {
    "/api/v1/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The drafts that the caller sits in; for the secretariat, all but working papers. */
        get: operations["drafts"];
        put?: never;
        /**
         * Convenes a draft: with its first text, its delegations and its groups.
         * @description With an `Idempotency-Key`, a retry finds the draft that it already convened, and goes on where the first try ended.
         */
        post: operations["convene"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One draft: its title, languages, rule, and how far it is. */
        get: operations["one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submits an act. It is on disk when the answer comes.
         * @description With an `Idempotency-Key`, a retry of the same act finds the entry that it already made.
         */
        post: operations["submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the record is, signed: a C2SP `tlog-checkpoint`. */
        get: operations["checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checkpoints that are kept: of each sealed version, of the adoption, and of every thousandth entry. */
        get: operations["checkpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/clauses/{clause}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One clause: its status and why, who stands where, what is proposed. */
        get: operations["clause"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/clauses/{clause}/blame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For each word of a clause, the delegation that wrote it, when, and by which road it came: typed, or through a proposal
         *     that was taken in or recovered.
         */
        get: operations["blame"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/clauses/{clause}/text/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * A new wording for a clause. It is on disk when the answer comes.
         * @description `base` is the moment at which the words were read that were then edited; what others have written since is merged with
         *     it. With an `Idempotency-Key`, a retry finds what was already entered.
         */
        put: operations["reword_clause"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/cosignatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps a witness's signature of a checkpoint that is this server's; of each delegation that brings one, the last. Whoever
         *     asks for the checkpoint, or packs it into an archive, gets it too.
         */
        post: operations["cosign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The entries in order. A vote that is not to be seen yet comes without its act and its bytes; its hash is there. */
        get: operations["entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The stream of events. `Last-Event-ID`, or else `after`, names the last entry that the reader knows; without either
         *     the stream begins with what comes next.
         * @description An event `reset` says that the reader lacks too much: it loads the draft anew and goes on after the event's id.
         *
         *     Who takes gzip gets it so, each event as soon as it is there. As a stream in gzip that is cut it has no end of its own.
         */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/export/{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The text, now or at a moment, in one of the formats: markdown, plain, html, akn, docx. The last two can have every change since
         *     an earlier moment as a tracked change, and reservations and objections as comments. `csv` and `json` are the record: one
         *     act a line. `pdf` is the text in pages, `pack` what is handed in with a draft proposal: a zip file.
         */
        get: operations["export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which proposals were made part of others, whose they were, why, and who is still to join; oldest first. */
        get: operations["ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bytes of the entries in order: one a line, in base64 (RFC 4648, section 4), as an archive keeps them. A stream: neither
         *     side holds more than a page of it. Whose stream breaks goes on with `after`.
         * @description While a vote is open of which it is not to be seen how each has voted, there is none.
         */
        get: operations["log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clauses by delegations, as JSON or as CSV for spreadsheets. The facilitator and the secretariat see the sums of every
         *     delegation, a delegation its own, observers and archivists none.
         */
        get: operations["matrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/mergeable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The pairs of live proposals at one place that say the same or nearly the same, with who would have to agree to make
         *     them one.
         */
        get: operations["mergeable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is ripe, who is awaited, where opposition concentrates, and the next steps in words. The facilitator and the
         *     secretariat are told of all delegations, a delegation of what concerns it, observers and archivists of clauses only.
         */
        get: operations["next"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins a working paper for this draft: a draft of its own, that is there for the delegates of one delegation or of
         *     one group, and for nobody else.
         */
        post: operations["begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/pointer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The clause that the chair points at. News of it comes on the event stream as `event: pointer`, without an id: it is in no
         *     record.
         */
        get: operations["pointer"];
        /** Points at a clause, or at none. The facilitator and the secretariat do. */
        put: operations["point"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/procedure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules of procedure that hold in the draft now, and what the caller may do under them, as sentences. */
        get: operations["procedure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was agreed and what was open at the end of every day and at every sealed version, and now. Everybody who sits in
         *     the draft sees it: it counts clauses, words and brackets, and names no delegation.
         */
        get: operations["progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/proof/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That an earlier record is the beginning of a later one. */
        get: operations["consistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/proof/inclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That an entry is in the record. */
        get: operations["inclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proposals with their words and how they stand, in the order in which they were made. */
        get: operations["proposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/proposals/{proposal}/text/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** A new wording for a proposal that the caller's delegation sponsors. As for a clause. */
        put: operations["reword_proposal"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/redline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The difference between two moments, clause by clause and word by word. */
        get: operations["redline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/rolling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rolling text of the clauses on which something is proposed; of those that are asked for, if any are. */
        get: operations["rolling"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who sits in the draft, and the groups they form. */
        get: operations["roster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/screen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that a screen shows of the draft at this moment. Events go on after `text.seq`. */
        get: operations["screen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/signed-acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submits an act that the delegation has signed itself: the five lines, and the signature. */
        post: operations["submit_signed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/signing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What whoever signs an act needs to know: which of the delegation's keys hold, and what the last act is. */
        get: operations["signing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The silence procedures, running and past, with what has become of each clause in them; oldest first. */
        get: operations["silences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/silences/{silence}/letter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The outcome letter of a silence procedure, as Markdown that reads as plain text: what was circulated, who broke it and
         *     why, what is agreed, and when. Refused with `silence-running` while nothing has come of it.
         */
        get: operations["letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The statements for the record, oldest first. */
        get: operations["statements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every clause with its status and why, the live proposals, and the counts that negotiators use. */
        get: operations["whole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text with numbers and, if it is the present one, statuses. */
        get: operations["text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{draft}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sealed versions, oldest first. */
        get: operations["versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key with which this server signs its checkpoints. Clients keep it, and notice another. */
        get: operations["key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is. */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The seats: all of them for the secretariat, for anybody else the own one. */
        get: operations["seats"];
        put?: never;
        /** Invites a person to a seat. The answer is the only time the token is shown. */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seats/{seat}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a seat back: its token is good for nothing from now on, and its live connections end. */
        delete: operations["revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Trades the token in `Authorization` for a session cookie, which scripts in a page cannot read. */
        post: operations["open"];
        /** Ends the session of the cookie, if there is one, and takes the cookie away. */
        delete: operations["close"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket for one websocket: for clients that can send no headers with it. */
        post: operations["ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server runs. Says nothing of its storage: see `/ready`. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server can enter something into its storage now. */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What became of a submitted act. */
        Acknowledged: {
            /** @description The act as recorded: what was left open is filled in. */
            act: components["schemas"]["Act"];
            /** @description When it was entered. */
            at: components["schemas"]["Timestamp"];
            /** @description The hash of the entry. */
            hash: components["schemas"]["Hash"];
            /** @description The present moment of the text, this entry in it. */
            heads: components["schemas"]["Heads"];
            /** @description True if this answers a retry: the entry was made before. */
            repeated?: boolean;
            /** @description The entry it became. It is on disk. */
            seq: components["schemas"]["Seq"];
        };
        /** @description A formal act. In JSON and in scenarios: `{"object": {"on": {"clause": "op-3"}, "reason": "…"}}`. */
        Act: {
            convene: components["schemas"]["Convene"];
        } | {
            seat: components["schemas"]["Seat"];
        } | {
            unseat: components["schemas"]["Unseat"];
        } | {
            form_group: components["schemas"]["FormGroup"];
        } | {
            set_rule: components["schemas"]["SetRule"];
        } | {
            set_mode: components["schemas"]["SetMode"];
        } | {
            propose: components["schemas"]["Propose"];
        } | {
            cosponsor: components["schemas"]["Cosponsor"];
        } | {
            withdraw: components["schemas"]["Withdraw"];
        } | {
            take_position: components["schemas"]["TakePosition"];
        } | {
            object: Record<string, never>;
        } | {
            object_late: components["schemas"]["ObjectLate"];
        } | {
            grant_late_objection: components["schemas"]["GrantLateObjection"];
        } | {
            lift_objection: components["schemas"]["LiftObjection"];
        } | {
            set_aside: components["schemas"]["SetAside"];
        } | {
            dissociate: components["schemas"]["Dissociate"];
        } | {
            incorporate: components["schemas"]["Incorporate"];
        } | {
            decline: components["schemas"]["Decline"];
        } | {
            merge_proposals: components["schemas"]["MergeProposals"];
        } | {
            undo_merge: components["schemas"]["UndoMerge"];
        } | {
            call: components["schemas"]["Call"];
        } | {
            agree: components["schemas"]["Agree"];
        } | {
            agree_ad_ref: components["schemas"]["AgreeAdRef"];
        } | {
            open_vote: components["schemas"]["OpenVote"];
        } | {
            cast_vote: components["schemas"]["CastVote"];
        } | {
            close_vote: components["schemas"]["CloseVote"];
        } | {
            confirm: components["schemas"]["Confirm"];
        } | {
            package: components["schemas"]["Package"];
        } | {
            dissolve_package: components["schemas"]["DissolvePackage"];
        } | {
            adopt: components["schemas"]["Adopt"];
        } | {
            reopen: components["schemas"]["Reopen"];
        } | {
            open_silence: components["schemas"]["OpenSilence"];
        } | {
            extend_silence: components["schemas"]["ExtendSilence"];
        } | {
            lapse_silence: components["schemas"]["LapseSilence"];
        } | {
            seal_version: components["schemas"]["SealVersion"];
        } | {
            statement: components["schemas"]["Statement"];
        } | {
            mark_translation: components["schemas"]["MarkTranslation"];
        } | {
            recover: components["schemas"]["Recover"];
        } | {
            register_key: components["schemas"]["RegisterKey"];
        } | {
            revoke_key: components["schemas"]["RevokeKey"];
        } | {
            close: components["schemas"]["Close"];
        };
        /** @description The chair adopts the text: it is sealed as a version, and nothing but statements is entered any more. */
        Adopt: {
            heads?: components["schemas"]["Heads"] | null;
            /** @description The name of the version, unique in the draft, for example "Declaration of Valsoire". */
            name: components["schemas"]["Name"];
            /** @description The delegations in the room when the question was put on the whole. */
            present: components["schemas"]["DelegationId"][];
        };
        /** @description The adoption of the text. */
        Adoption: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description The version that was adopted. */
            name: components["schemas"]["Name"];
            /** @description Who was in the room. */
            present: components["schemas"]["DelegationId"][];
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        };
        /** @description The facilitator declares a clause agreed: its exact text is locked. */
        Agree: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description The exact text in every authentic language that has one; completed with the present texts if left out. */
            digests?: {
                [key: string]: components["schemas"]["Digest"];
            };
        };
        /** @description The facilitator declares a clause agreed ad referendum: locked, and subject to confirmation by those who must ask at home. */
        AgreeAdRef: {
            /** @description The delegations whose confirmation is awaited. */
            awaiting: components["schemas"]["DelegationId"][];
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description The exact text in every authentic language that has one; completed with the present texts if left out. */
            digests?: {
                [key: string]: components["schemas"]["Digest"];
            };
        };
        /** @description One of several wordings for one place. */
        Alternative: {
            /** @description The proposals that would have it; none for the words that stand. */
            proposals: components["schemas"]["ProposalId"][];
            /** @description Its words; none if the place would be empty. Those that stand may hold alternatives of their own. */
            spans: components["schemas"]["Span"][];
            /** @description Whether these are the words that stand. */
            stands: boolean;
            /** @description Who wants it: sponsors, or for the words that stand, who objects to a change. */
            who: components["schemas"]["Attribution"][];
        };
        /** @description What a proposal wants done. */
        Amendment: {
            /** @description Other words for a clause. */
            replace: {
                /** @description The clause. */
                clause: components["schemas"]["ClauseId"];
            };
        } | {
            /** @description A new clause. */
            insert_after: {
                clause?: components["schemas"]["ClauseId"] | null;
                /** @description What kind of clause it is. */
                kind: components["schemas"]["Kind"];
                /**
                 * Format: int32
                 * @description Its depth: 1 for a paragraph, 2 for its sub-paragraphs, and so on.
                 */
                level?: number;
                new?: components["schemas"]["ClauseId"] | null;
            };
        } | {
            /** @description Away with a clause. */
            delete: {
                /** @description The clause. */
                clause: components["schemas"]["ClauseId"];
            };
        } | {
            /** @description A clause elsewhere, with the sub-paragraphs that stand under it. */
            move: {
                after?: components["schemas"]["ClauseId"] | null;
                /** @description The clause. */
                clause: components["schemas"]["ClauseId"];
            };
        };
        /** @description An entry with an act, by number and hash. */
        Answers: {
            /** @description Its hash. */
            hash: components["schemas"]["Hash"];
            /** @description Its number. */
            seq: components["schemas"]["Seq"];
        };
        /** @description One wording that was set aside. */
        Attempt: {
            /** @description The agreed text that it was typed against. */
            base: components["schemas"]["Base"];
            /** @description The agreed clause that it was typed into. */
            clause: components["schemas"]["ClauseId"];
            /** @description The language. */
            language: components["schemas"]["Language"];
            /** @description The proposal that keeps it. */
            proposal: components["schemas"]["ProposalId"];
        };
        /** @description A name behind words. */
        Attribution: components["schemas"]["GroupId"] | components["schemas"]["DelegationId"];
        /** @description Who is awaited. */
        Awaited: {
            /** @description The clauses on which somebody is, in order. */
            clauses: components["schemas"]["AwaitedOn"][];
            /** @description The delegations that are, in the order of their codes; only those that the reader may see sums of. */
            delegations: components["schemas"]["AwaitedFrom"][];
        };
        /** @description What awaits a delegation. */
        AwaitedFrom: {
            /** @description The clauses on which it has said nothing yet, or spoken on an earlier text. */
            clauses: components["schemas"]["ClauseId"][];
            /** @description The clauses whose agreement ad referendum it is to confirm. */
            confirmations: components["schemas"]["ClauseId"][];
            /** @description The delegation. */
            delegation: components["schemas"]["DelegationId"];
            /** @description The same, said to it: "7 clauses await you: OP1, …" */
            sentence: string;
        };
        /** @description A clause that awaits somebody's word. */
        AwaitedOn: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description Who is to confirm what was agreed ad referendum. */
            confirmations: components["schemas"]["DelegationId"][];
            /** @description Its number. */
            label: string;
            /** @description The same as a sentence: "OP3 awaits Averland and Group ISL." */
            sentence: string;
            /** @description Who has said nothing on it. */
            silent: components["schemas"]["DelegationId"][];
            /** @description Who has spoken on an earlier text. */
            stale: components["schemas"]["DelegationId"][];
        };
        /**
         * @description The text a proposal was written against: the proposal is a set of changes to it, so that taking it in later does not
         *     undo what was changed in between.
         */
        Base: {
            /** @description The clause's digest at that moment, in the language negotiated in. */
            digest: components["schemas"]["Digest"];
            /** @description The moment in the text's history. */
            heads: components["schemas"]["Heads"];
        };
        /** @description Whose each word of a clause is. */
        Blame: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description Its number; none if it has none at that moment. */
            label?: string | null;
            /** @description The language. */
            language: components["schemas"]["Language"];
            /** @description Where they came from, in the order in which they are first met. */
            origins: components["schemas"]["Origin"][];
            /** @description Its words; joined, they are the wording. */
            spans: components["schemas"]["BlameSpan"][];
        };
        /** @description Words with one origin. */
        BlameSpan: {
            /** @description Who had begun it, where a word was only gone on with (`report`, `reported`): that wrote its first half, or more. */
            begun?: number | null;
            /** @description Whose they are: a place in [`Blame::origins`]. Of a word by several hands, that of the last. */
            origin: number;
            /** @description The words. */
            text: string;
        };
        /** @description A step of the road by which letters came. */
        BlameStep: {
            /** @description The act of the entry, by its name; none if it was typing. */
            act?: string | null;
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description By whom. */
            by: components["schemas"]["By"];
            /** @description How. */
            means: components["schemas"]["Means"];
            proposal?: components["schemas"]["ProposalId"] | null;
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        };
        /** @description Who submitted an entry, as authenticated by the server. */
        By: "server" | "secretariat" | {
            /** @description A person of a delegation. */
            seat: {
                /** @description The delegation that acts. */
                delegation: components["schemas"]["DelegationId"];
                /** @description The role in which it acts. */
                role: components["schemas"]["Role"];
                /** @description The person's seat. */
                seat: components["schemas"]["SeatId"];
            };
        };
        /** @description The gavel: the chair puts the question on a clause ("I hear no objection"), and records who is present. */
        Call: {
            /** @description The clause the question is put on. */
            clause: components["schemas"]["ClauseId"];
            digest?: components["schemas"]["Digest"] | null;
            /** @description The delegations in the room. */
            present: components["schemas"]["DelegationId"][];
        };
        /** @description A delegation votes, by name. Until the close it may vote otherwise; the last counts. */
        CastVote: {
            /** @description How. */
            choice: components["schemas"]["Choice"];
            salt?: components["schemas"]["Hash"] | null;
            /** @description The vote. */
            vote: components["schemas"]["VoteId"];
        };
        /** @description Where one delegation stands on one clause. */
        Cell: {
            /** @description Whether it has left what its groups say of this clause. */
            dissociated?: boolean;
            /** @description Whether it objected after a silence had agreed the clause: without effect unless the chair grants it. */
            late?: boolean;
            /** @description Whether what it said is on an earlier text: an objection stands all the same, anything else counts for nothing. */
            stale?: boolean;
            stance?: components["schemas"]["Stance"] | null;
            through?: components["schemas"]["GroupId"] | null;
        };
        /**
         * @description What became of a clause's words and standing.
         * @enum {string}
         */
        Change: "unchanged" | "changed" | "added" | "removed";
        /** @description The checkpoints that the server keeps: one of each sealed version, of the adoption, and of every thousandth entry. */
        Checkpoints: {
            /** @description Each as a signed note, the shortest record first. */
            items: string[];
        };
        /**
         * @description How a delegation votes.
         * @enum {string}
         */
        Choice: "for" | "against" | "abstain";
        /** @description A clause that is circulated. */
        Circulated: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description The exact text in every authentic language that has one; completed with the present texts if left out. */
            digests?: {
                [key: string]: components["schemas"]["Digest"];
            };
        };
        /** @description What became of a clause. */
        ClauseChange: {
            /** @description What became of it. */
            change: components["schemas"]["Change"];
            /** @description Of three texts, whether two have changed the same words in different ways. */
            conflict?: boolean;
            /** @description The clauses from which most of the words of a new one have come: it was split from them, or takes their place. */
            from?: components["schemas"]["ClauseId"][];
            /** @description Of three texts, whose change it is that it came, went or moved: a place in [`Redline::hands`]. */
            hand?: number | null;
            /** @description The clause. */
            id: components["schemas"]["ClauseId"];
            /**
             * @description The clauses to which most of the words of one that is gone have gone: it was merged into them, or they take its
             *     place.
             */
            into?: components["schemas"]["ClauseId"][];
            /** @description What kind of clause it is, or was. */
            kind: components["schemas"]["Kind"];
            /**
             * Format: int32
             * @description Its depth.
             */
            level: number;
            /** @description Whether it stands elsewhere among the others than before. It may be changed besides. */
            moved: boolean;
            /** @description Its number after; none if it is gone. */
            new_label?: string | null;
            old_kind?: components["schemas"]["Kind"] | null;
            /** @description Its number before; none if it was not there. */
            old_label?: string | null;
            /**
             * Format: int32
             * @description Its depth, if it is another now.
             */
            old_level?: number | null;
            /** @description Its words. */
            segments: components["schemas"]["Segment"][];
        };
        /** @description A clause, for ever: numbers on paper change, this never does. */
        ClauseId: string;
        /**
         * @description The status of a clause: computed, never set.
         * @enum {string}
         */
        ClauseStatus: "open" | "bracketed" | "in-silence" | "ripe" | "agreed-ad-ref" | "agreed" | "adopted" | "deleted";
        /** @description A clause with its words. */
        ClauseText: {
            /** @description The digest of each wording. */
            digests: {
                [key: string]: components["schemas"]["Digest"];
            };
            /** @description Its id. */
            id: components["schemas"]["ClauseId"];
            /** @description What kind of clause it is. */
            kind: components["schemas"]["Kind"];
            /** @description Its number on paper: `PP3`, `OP12`, `OP12(b)`; computed from its place. */
            label: string;
            /**
             * Format: int32
             * @description Its depth.
             */
            level: number;
            status?: components["schemas"]["ClauseStatus"] | null;
            /** @description Its wording per language. */
            text: {
                [key: string]: string;
            };
        };
        /** @description A clause as the status list shows it. */
        ClauseView: {
            agreed?: components["schemas"]["Seq"] | null;
            agreed_how?: components["schemas"]["How"] | null;
            /** @description Whose confirmation an agreement ad referendum awaits. */
            awaiting?: components["schemas"]["DelegationId"][];
            /** @description The exact text all this is about, by its digest in the language negotiated in. */
            digest: components["schemas"]["Digest"];
            /** @description Who is heard through no group here. */
            dissociated?: components["schemas"]["DelegationId"][];
            /** @description The latest position of each group, which is counted for its members. */
            group_positions?: {
                [key: string]: components["schemas"]["Position"];
            };
            /** @description Its id. */
            id: components["schemas"]["ClauseId"];
            /** @description What kind of clause it is. */
            kind: components["schemas"]["Kind"];
            /** @description Its number on paper. */
            label: string;
            /** @description Objections that came after the silence had agreed it: without effect unless the chair grants them. */
            late_objections?: components["schemas"]["LateObjection"][];
            package?: components["schemas"]["Name"] | null;
            /** @description The latest position of each delegation; those on earlier texts among them. */
            positions: {
                [key: string]: components["schemas"]["Position"];
            };
            /** @description The live proposals on it. */
            proposals: components["schemas"]["ProposalId"][];
            question?: components["schemas"]["Question"] | null;
            /** @description Reservations on its present text. */
            reservations: number;
            silence?: components["schemas"]["UnderSilence"] | null;
            /** @description Positions on earlier texts. */
            stale: number;
            /** @description Its status. */
            status: components["schemas"]["ClauseStatus"];
            /** @description How it stands under the draft's rule, and why in words. */
            tally: components["schemas"]["Tally"];
            /** @description How its wording in each language stands to the one negotiated in. The status does not depend on it. */
            translations?: {
                [key: string]: components["schemas"]["Translation"];
            };
        };
        /** @description The draft is closed: nothing more is entered. */
        Close: {
            reason?: components["schemas"]["Prose"] | null;
        };
        /** @description A vote is closed, by the facilitator or at its end by the clock: it is counted, and what it carries is done. */
        CloseVote: {
            heads?: components["schemas"]["Heads"] | null;
            result?: components["schemas"]["VoteResult"] | null;
            /** @description The vote. */
            vote: components["schemas"]["VoteId"];
        };
        /** @description A delegation. */
        Column: {
            /** @description Its code. */
            delegation: components["schemas"]["DelegationId"];
            /** @description Whether no group speaks for it on anything. */
            dissociated: boolean;
            /** @description Whether its positions count. If not, what it says is shown and counted nowhere. */
            entitled: boolean;
            /** @description The groups that it belongs to. */
            groups: components["schemas"]["GroupId"][];
            /** @description Its name. */
            name: components["schemas"]["Name"];
            totals?: components["schemas"]["Totals"] | null;
        };
        /** @description A delegation confirms what was agreed ad referendum. When all who are awaited have, the clause is agreed. */
        Confirm: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            digest?: components["schemas"]["Digest"] | null;
        };
        /** @description The proof that a record is the beginning of a longer one. */
        ConsistencyProof: {
            /**
             * Format: int64
             * @description The size of the shorter one.
             */
            from: number;
            /** @description The hashes, as in RFC 6962, section 2.1.2. */
            path: components["schemas"]["Hash"][];
            /**
             * Format: int64
             * @description The size of the longer one.
             */
            size: number;
        };
        /** @description The first entry of every log: the draft exists, in these languages and under these rules. Carries the first text. */
        Convene: {
            /** @description Languages whose text is equally authoritative; the first is the one negotiated in. */
            authentic: components["schemas"]["Language"][];
            /** @description The draft that this log is of; binds the log to its name. */
            draft: components["schemas"]["DraftId"];
            /** @description Who may type into clauses. */
            mode?: components["schemas"]["Mode"];
            paper?: components["schemas"]["Paper"] | null;
            /** @description The rule of decision. */
            rule?: components["schemas"]["Rule"];
            /** @description The draft's title in the list of drafts (the text has its own). */
            title: components["schemas"]["Name"];
            /** @description Languages of working translations. */
            working?: components["schemas"]["Language"][];
        };
        /** @description A delegation joins the sponsors of a proposal, and may write its wording from then on. */
        Cosponsor: {
            as_group?: components["schemas"]["GroupId"] | null;
            /** @description The proposal joined. */
            proposal: components["schemas"]["ProposalId"];
        };
        /** @description How much is different. */
        Counts: {
            /** @description New clauses. */
            added: number;
            /** @description Clauses with other words. */
            changed: number;
            /** @description Of three texts, clauses of which two have changed the same words in different ways. */
            conflicts?: number;
            /** @description Clauses that are gone and whose words are in others now. */
            merged?: number;
            /** @description Clauses that stand elsewhere. */
            moved: number;
            /** @description Clauses that are gone. */
            removed: number;
            /** @description Clauses with another number than before. */
            renumbered?: number;
            /** @description Clauses of which a part is a clause of its own now. */
            split?: number;
            /** @description Clauses as they were; moved ones among them. */
            unchanged: number;
        };
        /** @description The kinds of decision rule; one file each in `rules/`. */
        Decision: "consensus" | {
            /**
             * Format: int32
             * @description The same, but so many may object.
             */
            consensus_minus: number;
        } | {
            /** @description The same, but those named as concerned may object. */
            consensus_minus_concerned: components["schemas"]["DelegationId"][];
        } | "consent" | "unanimity" | {
            /** @description So many are in favour, of those present and voting or of all. */
            majority: components["schemas"]["Majority"];
        } | {
            /** @description So many delegations are in favour, with so much weight. */
            double_majority: components["schemas"]["DoubleMajority"];
        };
        /** @description The facilitator sets a proposal aside, with a reason. */
        Decline: {
            /** @description The proposal declined. */
            proposal: components["schemas"]["ProposalId"];
            /** @description Why. */
            reason: components["schemas"]["Prose"];
        };
        /** @description A delegation in the roster. */
        Delegation: {
            /** @description Whether its positions count in decisions. */
            entitled: boolean;
            /** @description Its languages, first choice first. */
            languages: components["schemas"]["Language"][];
            /** @description Set once it has left: its record stays, its positions no longer count. */
            left: boolean;
            /** @description Its full name. */
            name: components["schemas"]["Name"];
            /** @description The most that its people may do. */
            role: components["schemas"]["Role"];
            /**
             * Format: int32
             * @description Its weight under rules that weigh.
             */
            weight: number;
        };
        /** @description A delegation's code within a draft's roster, for example `AVR`. */
        DelegationId: string;
        /** @description What an exact wording is known by: SHA-256 of its NFC text in UTF-8. */
        Digest: string;
        /**
         * @description A delegation is no longer heard through its groups: on one clause, on one proposal, or on everything. It takes no
         *     position by that; its own, if it has one, stands.
         */
        Dissociate: {
            on?: components["schemas"]["Target"] | null;
        };
        /** @description The facilitator dissolves a package: each of its clauses stands by itself again. */
        DissolvePackage: {
            /** @description The package. */
            name: components["schemas"]["Name"];
        };
        /** @description Two majorities at once: of the delegations that may decide, and of their weights. */
        DoubleMajority: {
            /** @description Which share of the delegations must be in favour. */
            delegations: number[];
            /** @description Which share of the weight of all of them must be in favour. */
            weight: number[];
        };
        /**
         * @description A draft: sixteen bytes, written as automerge-repo writes its document ids (Base58Check), so that a stock client
         *     opens the draft by the same name.
         */
        DraftId: string;
        /** @description A draft in the list of drafts. */
        DraftSummary: {
            adopted?: components["schemas"]["Adoption"] | null;
            /** @description When it was entered. */
            at: components["schemas"]["Timestamp"];
            /** @description Authentic languages; the first is negotiated in. */
            authentic: components["schemas"]["Language"][];
            /** @description Whether it is closed. */
            closed: boolean;
            /** @description Clauses per status. */
            counts: {
                [key: string]: number;
            };
            /** @description Set if the log is damaged and the draft therefore read-only: what is wrong, and where. */
            damaged?: string | null;
            /** @description The URL by which a stock automerge-repo client opens it: `automerge:<id>`. */
            document: string;
            /** @description The hash of the last entry: the head of the chain. */
            head: components["schemas"]["Hash"];
            /** @description The present moment of the text. */
            heads: components["schemas"]["Heads"];
            /** @description Its id; also the automerge-repo document id. */
            id: components["schemas"]["DraftId"];
            /** @description Who may type into clauses. */
            mode: components["schemas"]["Mode"];
            paper?: components["schemas"]["Paper"] | null;
            /** @description How it decides. */
            rule: components["schemas"]["Rule"];
            /** @description The last entry. */
            seq: components["schemas"]["Seq"];
            /** @description Its title. */
            title: components["schemas"]["Name"];
            /** @description Working languages. */
            working: components["schemas"]["Language"][];
        };
        /**
         * @description Of whom a majority is counted.
         * @enum {string}
         */
        Electorate: "present" | "members";
        /** @description An entry, for people and programs that do not read CBOR. */
        EntryView: {
            act?: components["schemas"]["Act"] | null;
            /** @description When it was entered. */
            at: components["schemas"]["Timestamp"];
            /** @description Who submitted it. */
            by: components["schemas"]["By"];
            /** @description The entry's own bytes, in hexadecimal; only if asked for with `?bytes=true`. */
            bytes?: string | null;
            /** @description How many changes to the text it holds. */
            changes: number;
            /** @description Its hash. */
            hash: components["schemas"]["Hash"];
            /** @description The hash of the entry before. */
            previous: components["schemas"]["Hash"];
            /** @description What happened, as one sentence. */
            sentence: string;
            /** @description Its number. */
            seq: components["schemas"]["Seq"];
            signed?: components["schemas"]["SignedAct"] | null;
            /** @description The wordings it settles. */
            touched: components["schemas"]["Touched"][];
            /** @description Whether the act, and the bytes with it, are withheld for now: a vote that is not shown yet. */
            withheld?: boolean;
        };
        /** @description What a reader's event stream carries: the news of one entry, or of a run of entries. */
        Event: {
            /** @description The entry before the first that this tells of. */
            after: components["schemas"]["Seq"];
            /** @description Clauses whose words or particulars are new. */
            clauses: components["schemas"]["ClauseText"][];
            /** @description The entries with an act, without the bytes of their changes. */
            entries: components["schemas"]["EntryView"][];
            /** @description The moment of the text after it: what an edit of the words that it brings is made against. */
            heads: components["schemas"]["Heads"];
            /** @description Proposals that are new, or whose words or state are. */
            proposals: components["schemas"]["ProposalView"][];
            /** @description The last entry this tells of; the event's id. */
            seq: components["schemas"]["Seq"];
            /** @description Clauses whose status or tally is new. */
            status: components["schemas"]["ClauseView"][];
            /** @description The other entries, which are typing, added up for each who typed. */
            typed?: components["schemas"]["Typed"][];
            /** @description Votes that were opened or closed, or in which votes were cast. */
            votes?: components["schemas"]["VoteView"][];
        };
        /** @description Which vote a statement explains. */
        Explains: {
            /** @description The vote. */
            vote: components["schemas"]["VoteId"];
            /** @description Whether it was open or closed when the statement was made. */
            when: components["schemas"]["When"];
        };
        /** @description The facilitator gives a running silence procedure more time. */
        ExtendSilence: {
            /** @description Which. */
            silence: components["schemas"]["SilenceId"];
            /** @description The new deadline: later than the present one (R-S5). */
            until: components["schemas"]["Timestamp"];
        };
        /** @description What has become of a clause under silence. */
        Fate: {
            /** @enum {string} */
            is: "running";
        } | {
            /** @description Which. */
            by: components["schemas"]["DelegationId"];
            /** @enum {string} */
            is: "broken";
            /** @description To which clause: another one, if they were circulated as a whole. */
            on: components["schemas"]["ClauseId"];
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        } | {
            /** @enum {string} */
            is: "voided";
            /** @description Through which clause: another one, if they were circulated as a whole. */
            on: components["schemas"]["ClauseId"];
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
            /** @description Why. */
            why: components["schemas"]["Voided"];
        } | {
            /** @enum {string} */
            is: "agreed";
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        } | {
            /** @enum {string} */
            is: "not-agreed";
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        } | {
            /** @enum {string} */
            is: "revoked";
            /** @description To which clause: another one, if they were circulated as a whole. */
            on: components["schemas"]["ClauseId"];
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        };
        /** @description A group of delegations is known to the draft by a code and its members; again with the same code, the members change. */
        FormGroup: {
            /** @description The group's code, for example `ISL`. */
            group: components["schemas"]["GroupId"];
            /** @description Codes of delegations and of other groups. */
            members: string[];
            /** @description Its full name. */
            name: components["schemas"]["Name"];
            spokesperson?: components["schemas"]["DelegationId"] | null;
        };
        /**
         * @description The facilitator grants the late objections to a clause: the agreement is revoked, and they stand as if made in time.
         *
         *     All that there are on the clause: once it is open again, whoever objected late would be heard in any case.
         */
        GrantLateObjection: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description Why the delay is excused. */
            reason: components["schemas"]["Prose"];
        };
        /** @description A group of delegations. */
        Group: {
            /** @description Codes of delegations and of other groups. */
            members: string[];
            /** @description Its full name. */
            name: components["schemas"]["Name"];
            spokesperson?: components["schemas"]["DelegationId"] | null;
        };
        /** @description A group's code within a draft's roster. */
        GroupId: string;
        /** @description Who changed something, and when. */
        Hand: {
            at?: components["schemas"]["Timestamp"] | null;
            delegation?: components["schemas"]["DelegationId"] | null;
            proposal?: components["schemas"]["ProposalId"] | null;
            seq?: components["schemas"]["Seq"] | null;
            side?: components["schemas"]["Side"] | null;
        };
        /** @description The hash of an entry (an RFC 6962 leaf hash) or of a change to the text. */
        Hash: string;
        /** @description A moment in the history of a text: the hashes of its latest changes, sorted. */
        Heads: string[];
        /** @description How the server is. */
        Health: {
            /** @description `up`, or `ready`. */
            status: string;
        };
        /** @description How an agreement was reached. */
        How: "declared" | {
            /** @description Nobody objected until the deadline of this silence procedure. */
            silence: components["schemas"]["SilenceId"];
        } | {
            /** @description This recorded vote carried it. */
            vote: components["schemas"]["VoteId"];
        };
        /** @description The proof that an entry is in the record of that many entries. */
        InclusionProof: {
            /** @description The entry's hash. */
            leaf: components["schemas"]["Hash"];
            /** @description The hashes beside the way up from it, as in RFC 6962, section 2.1.1. */
            path: components["schemas"]["Hash"][];
            /** @description The hash over all of the record. */
            root: components["schemas"]["Hash"];
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
            /**
             * Format: int64
             * @description The size of the record.
             */
            size: number;
        };
        /** @description The pen-holder takes a proposal into the text: its changes are merged into the clause as it now stands. */
        Incorporate: {
            digest?: components["schemas"]["Digest"] | null;
            /** @description The proposal taken in. */
            proposal: components["schemas"]["ProposalId"];
        };
        /** @description An invitation: the only time the token is shown. */
        Invitation: {
            /** @description A link to hand over. The token stands after `#`, which browsers never send to a server. */
            link: string;
            /** @description The seat. */
            seat: components["schemas"]["SeatView"];
            /** @description The token: who holds it, sits there. */
            token: string;
        };
        /**
         * @description What kind of clause it is; numbering and layout follow from it.
         * @enum {string}
         */
        Kind: "title" | "heading" | "preambular" | "operative" | "paragraph" | "annex";
        /**
         * @description What is missing where nobody blocks.
         * @enum {string}
         */
        Lack: "room" | "question" | "quorum" | "round" | "favour";
        /** @description A language of a text as a BCP 47 tag, for example `en` or `zh-Hans`. */
        Language: string;
        /**
         * @description The deadline of a silence procedure has passed: whatever was not broken and satisfies the rule is agreed.
         *
         *     Only the server enters it, by its clock, before anything else that comes after the deadline.
         */
        LapseSilence: {
            /**
             * @description The clauses that are thereby agreed, each with its text in every authentic language that has one; completed by
             *     the server.
             */
            agreed?: {
                [key: string]: {
                    [key: string]: components["schemas"]["Digest"];
                };
            } | null;
            /** @description Which. */
            silence: components["schemas"]["SilenceId"];
        };
        /** @description An objection that came after the deadline of a silence. */
        LateObjection: {
            as_group?: components["schemas"]["GroupId"] | null;
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description The delegation that made it. */
            by: components["schemas"]["DelegationId"];
            /** @description The exact text, by its digest in the language negotiated in. */
            digest: components["schemas"]["Digest"];
            /** @description Why. */
            reason: components["schemas"]["Prose"];
            /** @description The entry that says so. */
            seq: components["schemas"]["Seq"];
            /** @description Whether the delegation has signed it itself. */
            signed?: boolean;
        };
        /** @description A delegation no longer objects. */
        LiftObjection: {
            as_group?: components["schemas"]["GroupId"] | null;
            /** @description What it had objected to. */
            on: components["schemas"]["Target"];
        };
        /** @description A majority: so many of those who count must be in favour, and more in favour than against. */
        Majority: {
            /** @description Of whom it is counted. */
            of: components["schemas"]["Electorate"];
            /** @description Which share of them must be in favour; `[1, 2]` is more than half. */
            share: number[];
        };
        /**
         * @description A wording is said to render another: the translation of a clause matches, until one of the two changes.
         *
         *     The mark may bring the words themselves. That is how a translation is corrected after the adoption, in one entry, and
         *     how somebody who does not type into the text hands one in.
         */
        MarkTranslation: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            digest?: components["schemas"]["Digest"] | null;
            /** @description The language of the translation. */
            language: components["schemas"]["Language"];
            of?: components["schemas"]["Digest"] | null;
            source?: components["schemas"]["Language"] | null;
            text?: components["schemas"]["Prose"] | null;
        };
        /** @description Clauses by delegations. */
        Matrix: {
            /** @description The delegations that negotiate, in the order of their codes. */
            columns: components["schemas"]["Column"][];
            /** @description The draft. */
            draft: components["schemas"]["DraftId"];
            /** @description The clauses that are not deleted, in order. */
            rows: components["schemas"]["Row"][];
            /** @description The last entry that counts in it. */
            seq: components["schemas"]["Seq"];
        };
        /** @description Who the caller is. */
        Me: {
            seat?: components["schemas"]["SeatView"] | null;
            /** @description True for the conference secretariat. */
            secretariat: boolean;
        };
        /**
         * @description How letters came to a place.
         * @enum {string}
         */
        Means: "begun" | "typed" | "proposed" | "recovered" | "incorporated" | "entered";
        /** @description What negotiators count. */
        Measures: {
            /** @description Live proposals and live objections. */
            brackets: number;
            /** @description Clauses that are not deleted. */
            clauses: number;
            /** @description Those of them that are agreed ad referendum. */
            clauses_ad_ref: number;
            /** @description Those of them that are agreed; ad referendum is not yet. */
            clauses_agreed: number;
            /**
             * @description Places at which the rolling text has alternatives: shown beside the brackets, since one bracket around a whole
             *     clause is cheap.
             */
            issues: number;
            /** @description Delegations that object to something. How many, never which. */
            objecting: number;
            /** @description Words, in the language negotiated in. */
            words: number;
            /** @description Words of agreed clauses. */
            words_agreed: number;
        };
        /** @description A line of the ledger: one proposal that is to become part of another. */
        Merge: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description The sponsors that this line, and nothing else, has brought to the one that remains. */
            brought: components["schemas"]["DelegationId"][];
            /** @description Who has merged them. */
            by: components["schemas"]["DelegationId"];
            /** @description The one that remains. */
            into: components["schemas"]["ProposalId"];
            /** @description What becomes of the words. */
            kind: components["schemas"]["MergeKind"];
            /** @description The sponsors of the source when the line was written, or when it was merged. */
            parties: components["schemas"]["DelegationId"][];
            /** @description Why they are one. */
            rationale: components["schemas"]["Prose"];
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
            /** @description The proposal that is to go. */
            source: components["schemas"]["ProposalId"];
            /** @description How far it is. */
            state: components["schemas"]["MergeState"];
        };
        /** @description Two proposals at one place that could be one. */
        Mergeable: {
            clause?: components["schemas"]["ClauseId"] | null;
            /** @description Whether they ask for exactly the same, in every language. */
            identical: boolean;
            /** @description The proposals, the earlier one first. */
            proposals: components["schemas"]["ProposalId"][];
            /**
             * @description How much of what they say is the same, in the language negotiated in, as a fraction of two whole numbers: twice the
             *     words in common, of the words of both. `[6, 6]` is everything.
             */
            same: number[];
            /** @description The same as a sentence. */
            sentence: string;
            /** @description Who would have to agree: the sponsors of both, in the order of their codes. */
            sponsors: components["schemas"]["DelegationId"][];
        };
        /**
         * @description What becomes of the words of a proposal that is merged.
         * @enum {string}
         */
        MergeKind: "drop-duplicate" | "reword";
        /**
         * @description The pen-holder makes several proposals one: those that say the same, or that one other wording could stand for.
         *
         *     In the same words it is done at once, and the sponsors are sponsors of the one that remains. In other words each sponsor
         *     has to join that one first; until all of a proposal's sponsors have, it stays on the floor.
         */
        MergeProposals: {
            /** @description The exact wordings of all of them, by digest; completed with the present ones if left out. */
            digests?: {
                [key: string]: components["schemas"]["Digest"];
            };
            /** @description The one that remains: one of the same, or a proposal made for it at the same place. */
            into: components["schemas"]["ProposalId"];
            /** @description The proposals that are to go. */
            proposals: components["schemas"]["ProposalId"][];
            /** @description Why they are one. */
            rationale: components["schemas"]["Prose"];
        };
        /** @description How far a merging is. */
        MergeState: {
            /** @enum {string} */
            is: "awaiting";
        } | {
            /** @enum {string} */
            is: "merged";
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        } | {
            /** @description Which. */
            by: components["schemas"]["DelegationId"];
            /** @enum {string} */
            is: "undone";
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        };
        /** @description A line of the ledger of merged proposals. */
        MergeView: components["schemas"]["Merge"] & {
            /** @description Who has still to join the one that remains. */
            awaiting?: components["schemas"]["DelegationId"][];
            /** @description The line in words. */
            told: string;
        };
        /**
         * @description Who may type into the clauses themselves.
         * @enum {string}
         */
        Mode: "proposals" | "open";
        /** @description What is put to a vote. */
        Motion: {
            /** @description That the clause be agreed as it stands. */
            clause: components["schemas"]["ClauseId"];
        } | {
            /** @description That the proposal be taken into the text. */
            proposal: components["schemas"]["ProposalId"];
        } | {
            /** @description That the agreed or deleted clause be opened again. */
            reopen: components["schemas"]["ClauseId"];
        } | {
            /** @description That the text be adopted, under this name. */
            adopt: components["schemas"]["Name"];
        };
        /**
         * @description One line of plain text from a person: a title, a name. At most 300 characters, no control characters and none that
         *     change the direction of what stands around it.
         */
        Name: string;
        /** @description A checkpoint of the server that somebody else has signed too. */
        NewCosignature: {
            /** @description The checkpoint with the witness's signature (C2SP `tlog-cosignature`). */
            checkpoint: string;
            /** @description The witness's public key. */
            key: string;
        };
        /** @description A new draft. */
        NewDraft: {
            /** @description Authentic languages; the first is negotiated in. */
            authentic: components["schemas"]["Language"][];
            /** @description Groups: entered as `form_group` acts after that. */
            groups?: components["schemas"]["FormGroup"][];
            /** @description The first text, as Markdown. */
            markdown?: string | null;
            /** @description Who may type into clauses. */
            mode?: components["schemas"]["Mode"];
            /** @description How it decides. */
            rule?: components["schemas"]["Rule"];
            /** @description Who sits in it: entered as `seat` acts right after the convening. */
            seats?: components["schemas"]["Seat"][];
            /** @description Its title. */
            title: components["schemas"]["Name"];
            /** @description Working languages. */
            working?: components["schemas"]["Language"][];
        };
        /** @description A new working paper. */
        NewPaper: {
            /** @description Its first text, as Markdown. */
            markdown?: string | null;
            of?: components["schemas"]["Party"] | null;
            /** @description Its title. */
            title: components["schemas"]["Name"];
        };
        /** @description A seat to be given. */
        NewSeat: {
            /** @description The delegation it acts for. */
            delegation: components["schemas"]["DelegationId"];
            /** @description The drafts it is for. */
            drafts: components["schemas"]["DraftId"][];
            /**
             * Format: int64
             * @description Seconds for which it is good; thirty days if left out.
             */
            expires_in?: number | null;
            label?: components["schemas"]["Name"] | null;
            /** @description What it may do. */
            role: components["schemas"]["Role"];
        };
        /** @description A whole new wording of a clause or a proposal. */
        NewWording: {
            /**
             * @description The moment at which the words were read that were then edited: the heads that came with them. What others have
             *     written since is merged with it.
             */
            base: components["schemas"]["Heads"];
            /** @description Only say how it would come out; nothing is entered. */
            preview?: boolean;
            /** @description The words. */
            text: components["schemas"]["Prose"];
        };
        /** @description What to do next, and what it follows from. */
        Next: {
            /** @description Who is awaited. */
            awaited: components["schemas"]["Awaited"];
            /** @description The draft. */
            draft: components["schemas"]["DraftId"];
            /** @description The moment at which it was asked for: deadlines are told from there. */
            now: components["schemas"]["Timestamp"];
            /** @description Where opposition concentrates. */
            opposition: components["schemas"]["Opposition"];
            /** @description The clauses that may be declared agreed, in order. */
            ripe: components["schemas"]["ClauseId"][];
            /** @description The last entry that counts in it. */
            seq: components["schemas"]["Seq"];
            /** @description The steps, best first. */
            steps: components["schemas"]["Step"][];
        };
        /** @description A delegation was too late to break a silence: its objection is on record, and has no effect unless the chair grants it. */
        ObjectLate: {
            as_group?: components["schemas"]["GroupId"] | null;
            /** @description The clause, agreed by a silence that has lapsed. */
            clause: components["schemas"]["ClauseId"];
            digest?: components["schemas"]["Digest"] | null;
            /** @description Why. */
            reason: components["schemas"]["Prose"];
        };
        /**
         * @description What became of a stretch of words.
         * @enum {string}
         */
        Op: "same" | "del" | "ins";
        /** @description The facilitator circulates exact texts with a deadline: who does not object until then has consented. */
        OpenSilence: {
            /**
             * @description Whose confirmation is awaited for what the silence agrees: it is then agreed ad referendum. Agreed outright if
             *     nobody is named.
             */
            awaiting?: components["schemas"]["DelegationId"][];
            silence?: components["schemas"]["SilenceId"] | null;
            /** @description The clauses; with `whole`, all that are still to be settled if left out. */
            targets?: components["schemas"]["Circulated"][];
            /** @description The deadline, by the server's clock. An objection at exactly this moment is in time. */
            until: components["schemas"]["Timestamp"];
            /**
             * @description Whether the clauses are circulated as a whole: an objection to one breaks the silence on all, and they become
             *     agreed together or not at all.
             */
            whole?: boolean;
        };
        /** @description The facilitator puts something to a recorded vote: a clause, a proposal, a reopening, the adoption. */
        OpenVote: {
            by?: components["schemas"]["Decision"] | null;
            /** @description The exact text in every authentic language that has one; completed with the present texts if left out. */
            digests?: {
                [key: string]: components["schemas"]["Digest"];
            };
            /** @description What is voted on. */
            on: components["schemas"]["Motion"];
            /**
             * Format: int32
             * @description How many votes must be cast, abstentions among them; the draft's quorum if left out.
             */
            quorum?: number | null;
            reason?: components["schemas"]["Prose"] | null;
            until?: components["schemas"]["Timestamp"] | null;
            vote?: components["schemas"]["VoteId"] | null;
        };
        /** @description A clause that somebody objects to. */
        Opposed: {
            /** @description Who objects, in the order of their codes. */
            by: components["schemas"]["DelegationId"][];
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description Its number. */
            label: string;
            /** @description How it stands, in a sentence. */
            why: string;
        };
        /** @description A delegation that objects to something. */
        Opposing: {
            /** @description The unsettled clauses that it objects to, in order. */
            clauses: components["schemas"]["ClauseId"][];
            /** @description The delegation. */
            delegation: components["schemas"]["DelegationId"];
            /** @description The live proposals that it objects to. */
            proposals: components["schemas"]["ProposalId"][];
        };
        /** @description Where opposition concentrates. */
        Opposition: {
            /** @description Unsettled clauses that somebody objects to, those with most objections first. */
            clauses: components["schemas"]["Opposed"][];
            /**
             * @description Delegations that object to anything on the floor, those that object to most first; only those that the reader may
             *     see sums of.
             */
            delegations: components["schemas"]["Opposing"][];
        };
        /** @description Whose letters they are, and how they came. */
        Origin: {
            delegation?: components["schemas"]["DelegationId"] | null;
            /** @description From their coming into the clause back to their first writing. */
            road: components["schemas"]["BlameStep"][];
        };
        /** @description What the rule says of the present text. */
        Outcome: "reached" | {
            /** @description Somebody blocks. */
            blocked: {
                /** @description Who, in the order of their codes. */
                by: components["schemas"]["DelegationId"][];
            };
        } | {
            /** @description Nobody blocks, but something is missing. */
            short: {
                /** @description What kind of thing. */
                lack: components["schemas"]["Lack"];
                /** @description What, as a sentence. */
                missing: string;
            };
        };
        /** @description The facilitator ties clauses into a package: they are agreed together or not at all. */
        Package: {
            /** @description Its clauses; two at least. */
            clauses: components["schemas"]["ClauseId"][];
            /** @description What it is called, for example "Finance". */
            name: components["schemas"]["Name"];
        };
        /** @description Clauses that are agreed together or not at all. */
        PackageView: {
            /** @description Its clauses. */
            clauses: components["schemas"]["ClauseId"][];
            /** @description What it is called. */
            name: components["schemas"]["Name"];
            /** @description Whether some clause of it is still to be agreed. */
            open: boolean;
            /** @description The entry that formed it. */
            seq: components["schemas"]["Seq"];
        };
        /** @description A page of a list. */
        Page_DraftSummary: {
            /** @description The items of this page. */
            items: {
                adopted?: components["schemas"]["Adoption"] | null;
                /** @description When it was entered. */
                at: components["schemas"]["Timestamp"];
                /** @description Authentic languages; the first is negotiated in. */
                authentic: components["schemas"]["Language"][];
                /** @description Whether it is closed. */
                closed: boolean;
                /** @description Clauses per status. */
                counts: {
                    [key: string]: number;
                };
                /** @description Set if the log is damaged and the draft therefore read-only: what is wrong, and where. */
                damaged?: string | null;
                /** @description The URL by which a stock automerge-repo client opens it: `automerge:<id>`. */
                document: string;
                /** @description The hash of the last entry: the head of the chain. */
                head: components["schemas"]["Hash"];
                /** @description The present moment of the text. */
                heads: components["schemas"]["Heads"];
                /** @description Its id; also the automerge-repo document id. */
                id: components["schemas"]["DraftId"];
                /** @description Who may type into clauses. */
                mode: components["schemas"]["Mode"];
                paper?: components["schemas"]["Paper"] | null;
                /** @description How it decides. */
                rule: components["schemas"]["Rule"];
                /** @description The last entry. */
                seq: components["schemas"]["Seq"];
                /** @description Its title. */
                title: components["schemas"]["Name"];
                /** @description Working languages. */
                working: components["schemas"]["Language"][];
            }[];
            /** @description The address of the next page; none if this is the last. */
            next?: string | null;
        };
        /** @description A page of a list. */
        Page_EntryView: {
            /** @description The items of this page. */
            items: {
                act?: components["schemas"]["Act"] | null;
                /** @description When it was entered. */
                at: components["schemas"]["Timestamp"];
                /** @description Who submitted it. */
                by: components["schemas"]["By"];
                /** @description The entry's own bytes, in hexadecimal; only if asked for with `?bytes=true`. */
                bytes?: string | null;
                /** @description How many changes to the text it holds. */
                changes: number;
                /** @description Its hash. */
                hash: components["schemas"]["Hash"];
                /** @description The hash of the entry before. */
                previous: components["schemas"]["Hash"];
                /** @description What happened, as one sentence. */
                sentence: string;
                /** @description Its number. */
                seq: components["schemas"]["Seq"];
                signed?: components["schemas"]["SignedAct"] | null;
                /** @description The wordings it settles. */
                touched: components["schemas"]["Touched"][];
                /** @description Whether the act, and the bytes with it, are withheld for now: a vote that is not shown yet. */
                withheld?: boolean;
            }[];
            /** @description The address of the next page; none if this is the last. */
            next?: string | null;
        };
        /** @description A page of a list. */
        Page_Mergeable: {
            /** @description The items of this page. */
            items: {
                clause?: components["schemas"]["ClauseId"] | null;
                /** @description Whether they ask for exactly the same, in every language. */
                identical: boolean;
                /** @description The proposals, the earlier one first. */
                proposals: components["schemas"]["ProposalId"][];
                /**
                 * @description How much of what they say is the same, in the language negotiated in, as a fraction of two whole numbers: twice the
                 *     words in common, of the words of both. `[6, 6]` is everything.
                 */
                same: number[];
                /** @description The same as a sentence. */
                sentence: string;
                /** @description Who would have to agree: the sponsors of both, in the order of their codes. */
                sponsors: components["schemas"]["DelegationId"][];
            }[];
            /** @description The address of the next page; none if this is the last. */
            next?: string | null;
        };
        /** @description A page of a list. */
        Page_MergeView: {
            /** @description The items of this page. */
            items: (components["schemas"]["Merge"] & {
                /** @description Who has still to join the one that remains. */
                awaiting?: components["schemas"]["DelegationId"][];
                /** @description The line in words. */
                told: string;
            })[];
            /** @description The address of the next page; none if this is the last. */
            next?: string | null;
        };
        /** @description A page of a list. */
        Page_ProposalView: {
            /** @description The items of this page. */
            items: {
                /** @description What it wants done. */
                amendment: components["schemas"]["Amendment"];
                /** @description When it was made. */
                at: components["schemas"]["Timestamp"];
                /** @description The main sponsor. */
                by: components["schemas"]["DelegationId"];
                /** @description Groups that have joined it; their members are among those who have. */
                cosponsor_groups?: components["schemas"]["GroupId"][];
                /** @description Who has joined it. */
                cosponsors: components["schemas"]["DelegationId"][];
                declined_because?: components["schemas"]["Prose"] | null;
                /** @description Its digest in the language negotiated in. */
                digest: components["schemas"]["Digest"];
                /** @description Who is heard through no group here. */
                dissociated?: components["schemas"]["DelegationId"][];
                from?: components["schemas"]["Source"] | null;
                /** @description The latest position of each group, which is counted for its members. */
                group_positions?: {
                    [key: string]: components["schemas"]["Position"];
                };
                /** @description Its id. */
                id: components["schemas"]["ProposalId"];
                /** @description Its label on paper: `OP3 alt 1`, `OP3 bis`. */
                label: string;
                merged_into?: components["schemas"]["ProposalId"] | null;
                /** @description Whether the clause has changed since it was made. */
                outdated: boolean;
                /** @description The latest position of each delegation. */
                positions: {
                    [key: string]: components["schemas"]["Position"];
                };
                rationale?: components["schemas"]["Prose"] | null;
                /** @description Kept by the server from an edit of an agreed clause. */
                recovered: boolean;
                /** @description The entry that made it. */
                seq: components["schemas"]["Seq"];
                /** @description What has become of it. */
                state: components["schemas"]["ProposalState"];
                /** @description How it stands. */
                tally: components["schemas"]["Tally"];
                /** @description Its wording per language. */
                text: {
                    [key: string]: string;
                };
            }[];
            /** @description The address of the next page; none if this is the last. */
            next?: string | null;
        };
        /** @description A page of a list. */
        Page_SeatView: {
            /** @description The items of this page. */
            items: {
                /** @description The delegation it acts for. */
                delegation: components["schemas"]["DelegationId"];
                /** @description The drafts it is for. */
                drafts: components["schemas"]["DraftId"][];
                /** @description Until when it is good. */
                expires: components["schemas"]["Timestamp"];
                /** @description When it was given. */
                given: components["schemas"]["Timestamp"];
                label?: components["schemas"]["Name"] | null;
                /** @description Set once it was taken back. */
                revoked: boolean;
                /** @description What it may do. */
                role: components["schemas"]["Role"];
                /** @description The seat's id. */
                seat: components["schemas"]["SeatId"];
            }[];
            /** @description The address of the next page; none if this is the last. */
            next?: string | null;
        };
        /** @description A page of a list. */
        Page_SilenceView: {
            /** @description The items of this page. */
            items: {
                /** @description Whose confirmation is awaited for what it agrees. */
                awaiting?: components["schemas"]["DelegationId"][];
                /** @description What has become of each clause. */
                clauses: {
                    [key: string]: components["schemas"]["Fate"];
                };
                /** @description When it was opened. */
                opened: components["schemas"]["Timestamp"];
                /** @description Whether anything in it still waits for the deadline. */
                running: boolean;
                /** @description Its id. */
                silence: components["schemas"]["SilenceId"];
                /** @description Its deadline. */
                until: components["schemas"]["Timestamp"];
                /** @description Whether its clauses stand and fall together. */
                whole: boolean;
            }[];
            /** @description The address of the next page; none if this is the last. */
            next?: string | null;
        };
        /** @description What makes a draft a working paper. It stands in its convening, so that the paper's log tells by itself who is in it. */
        Paper: {
            /** @description Who sits in it, by code: the party's delegations of that day. Each holds the pen, and nobody presides. */
            members: {
                [key: string]: components["schemas"]["Name"];
            };
            /** @description Whose it is. */
            of: components["schemas"]["Party"];
            /** @description The draft that it is meant for. */
            parent: components["schemas"]["DraftId"];
        };
        /** @description A delegation, or a group. */
        Party: {
            /** @description A delegation. */
            delegation: components["schemas"]["DelegationId"];
        } | {
            /** @description A group. */
            group: components["schemas"]["GroupId"];
        };
        /** @description Where in the text. */
        Place: {
            /** @description A clause. */
            clause: components["schemas"]["ClauseId"];
        } | {
            /** @description A proposal's own wording. */
            proposal: components["schemas"]["ProposalId"];
        };
        /** @description A moment with its measures. */
        Point: components["schemas"]["Measures"] & {
            /** @description When it was made. */
            at: components["schemas"]["Timestamp"];
            /** @description The last entry of that moment. */
            seq: components["schemas"]["Seq"];
            version?: components["schemas"]["Name"] | null;
        };
        /** @description Where the chair points: what the projector shows. It is in no record. */
        Pointer: {
            clause?: components["schemas"]["ClauseId"] | null;
        };
        /** @description One delegation's latest position on a clause or a proposal. */
        Position: {
            alternative?: components["schemas"]["ProposalId"] | null;
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description The exact text, by its digest in the language negotiated in. */
            digest: components["schemas"]["Digest"];
            note?: components["schemas"]["Prose"] | null;
            /** @description The entry that says so. */
            seq: components["schemas"]["Seq"];
            set_aside?: components["schemas"]["Prose"] | null;
            /** @description Whether the delegation has signed it itself. */
            signed?: boolean;
            /** @description Where it stands. */
            stance: components["schemas"]["Stance"];
        };
        /** @description A problem as RFC 9457 has it. */
        Problem: {
            /**
             * @description What a refusal speaks of, by name, so that a client can phrase it in another language: ids (`clause`, `proposal`,
             *     `delegation`, `group`; in the plural several), a moment (`until`), a number (`hours`), a `name`.
             */
            about?: {
                [key: string]: components["schemas"]["Told"];
            };
            /**
             * @description The stable code.
             * @enum {string}
             */
            code: "actor-forked" | "alone" | "already-convened" | "already-dissociated" | "already-sponsor" | "already-there" | "answers-unknown" | "awaited-without-voice" | "bad-level" | "busy" | "changes-of-one-text" | "clause-agreed" | "clause-deleted" | "clause-packaged" | "confirmation-awaited" | "damaged" | "damaged-change" | "deadline-needed" | "deadline-not-later" | "disk-full" | "does-not-follow" | "draft-adopted" | "draft-closed" | "draft-damaged" | "forged-actor" | "group-empty" | "group-in-itself" | "id-taken" | "in-silence" | "internal" | "key-not-registered" | "key-registered" | "key-reused" | "key-unusable" | "language-missing" | "language-twice" | "limit-reached" | "majority-fixed" | "malformed" | "malformed-field" | "malformed-lifetime" | "malformed-markdown" | "member-twice" | "merge-pending" | "merge-sealed" | "method-not-allowed" | "name-ambiguous" | "name-taken" | "named-twice" | "no-deletion" | "no-font" | "no-late-objection" | "no-objection" | "no-press" | "no-quorum" | "no-table" | "no-token" | "no-votes" | "nobody-awaited" | "not-a-source" | "not-a-sponsor" | "not-a-translation" | "not-adopted" | "not-agreed" | "not-all-agreed" | "not-awaited" | "not-convened" | "not-cosigned" | "not-entitled" | "not-entitled-role" | "not-for-this-draft" | "not-in-a-group" | "not-json" | "not-late" | "not-merged" | "not-of-party" | "not-seated" | "not-spokesperson" | "not-text" | "not-under-this-rule" | "not-yours" | "not-yours-to-sign" | "not-yours-to-submit" | "note-needed" | "nothing-proposed" | "nothing-to-adopt" | "nothing-to-circulate" | "nothing-to-merge" | "only-to-read" | "other-place" | "other-words" | "own-proposal" | "package-of-one" | "paper-of-paper" | "press-busy" | "proposal-not-live" | "proposals-mode" | "proposals-on-the-floor" | "proposals-pending" | "quorum-of-none" | "reason-needed" | "role-not-covered" | "rule-not-satisfied" | "seat-expired" | "seat-revoked" | "signature-missing" | "signature-wrong" | "signed-before" | "signed-for-another" | "signed-otherwise" | "signed-out" | "silence-lapsed" | "silence-over" | "silence-running" | "silence-too-short" | "stale-text" | "statement-malformed" | "stopping" | "storage-failed" | "structure-is-the-pen-holders" | "text-needed" | "text-too-long" | "text-with-deletion" | "text-with-move" | "too-large" | "too-long" | "too-many-connections" | "too-many-drafts" | "too-many-streams" | "too-slow" | "translation-unmarked" | "unknown-address" | "unknown-base" | "unknown-clause" | "unknown-delegation" | "unknown-draft" | "unknown-format" | "unknown-group" | "unknown-language" | "unknown-member" | "unknown-moment" | "unknown-package" | "unknown-paper" | "unknown-place" | "unknown-proposal" | "unknown-seat" | "unknown-silence" | "unknown-ticket" | "unknown-token" | "unknown-vote" | "use-object" | "vote-closed" | "vote-ended" | "vote-needed" | "vote-running" | "withheld" | "wrong-draft" | "wrong-origin";
            /** @description What is the matter, as one sentence. */
            detail: string;
            /** @description What to do next, as one sentence. */
            hint: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The HTTP status in words. */
            title: string;
            /** @description `about:blank`, or an address that tells of the code. */
            type: string;
        };
        /** @description How a procedural question is decided: whether a clause is reopened, whether the text is adopted. */
        Procedural: "chair" | "consensus" | {
            /** @description By a recorded vote with such a majority. */
            majority: components["schemas"]["Majority"];
        };
        /** @description The rules in force, in words. */
        Procedure: {
            /** @description The draft. */
            draft: components["schemas"]["DraftId"];
            /** @description Its parts. */
            sections: components["schemas"]["Section"][];
            /** @description The last entry that counts in it. */
            seq: components["schemas"]["Seq"];
        };
        /** @description Progress over time. */
        Progress: {
            /** @description The draft. */
            draft: components["schemas"]["DraftId"];
            /** @description Earlier moments that are left out because there are too many. */
            left_out?: number;
            /** @description The moments, oldest first; the last is the present. */
            points: components["schemas"]["Point"][];
            /** @description The last entry. */
            seq: components["schemas"]["Seq"];
        };
        /** @description A proposal within one draft. */
        ProposalId: string;
        /**
         * @description What has become of a proposal.
         * @enum {string}
         */
        ProposalState: "made" | "incorporated" | "withdrawn" | "declined" | "superseded";
        /** @description A proposal with its words. */
        ProposalView: {
            /** @description What it wants done. */
            amendment: components["schemas"]["Amendment"];
            /** @description When it was made. */
            at: components["schemas"]["Timestamp"];
            /** @description The main sponsor. */
            by: components["schemas"]["DelegationId"];
            /** @description Groups that have joined it; their members are among those who have. */
            cosponsor_groups?: components["schemas"]["GroupId"][];
            /** @description Who has joined it. */
            cosponsors: components["schemas"]["DelegationId"][];
            declined_because?: components["schemas"]["Prose"] | null;
            /** @description Its digest in the language negotiated in. */
            digest: components["schemas"]["Digest"];
            /** @description Who is heard through no group here. */
            dissociated?: components["schemas"]["DelegationId"][];
            from?: components["schemas"]["Source"] | null;
            /** @description The latest position of each group, which is counted for its members. */
            group_positions?: {
                [key: string]: components["schemas"]["Position"];
            };
            /** @description Its id. */
            id: components["schemas"]["ProposalId"];
            /** @description Its label on paper: `OP3 alt 1`, `OP3 bis`. */
            label: string;
            merged_into?: components["schemas"]["ProposalId"] | null;
            /** @description Whether the clause has changed since it was made. */
            outdated: boolean;
            /** @description The latest position of each delegation. */
            positions: {
                [key: string]: components["schemas"]["Position"];
            };
            rationale?: components["schemas"]["Prose"] | null;
            /** @description Kept by the server from an edit of an agreed clause. */
            recovered: boolean;
            /** @description The entry that made it. */
            seq: components["schemas"]["Seq"];
            /** @description What has become of it. */
            state: components["schemas"]["ProposalState"];
            /** @description How it stands. */
            tally: components["schemas"]["Tally"];
            /** @description Its wording per language. */
            text: {
                [key: string]: string;
            };
        };
        /** @description A delegation proposes other words, a new clause, or that a clause be deleted. */
        Propose: {
            /** @description What is to be done. */
            amendment: components["schemas"]["Amendment"];
            base?: components["schemas"]["Base"] | null;
            from?: components["schemas"]["Source"] | null;
            proposal?: components["schemas"]["ProposalId"] | null;
            rationale?: components["schemas"]["Prose"] | null;
            /** @description The wording per language; empty for a deletion. Sponsors may go on writing it together in the text. */
            text?: {
                [key: string]: components["schemas"]["Prose"];
            };
        };
        /**
         * @description Several lines of plain text from a person: a reason, a statement, a wording. At most 20,000 characters; line breaks
         *     and tabs are allowed, other control characters and direction overrides are not.
         */
        Prose: string;
        /** @description An Ed25519 public key (RFC 8032). */
        PublicKey: string;
        /** @description The question, put by the chair on an exact text. */
        Question: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description The exact text. */
            digest: components["schemas"]["Digest"];
            /** @description Who was in the room. */
            present: components["schemas"]["DelegationId"][];
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
        };
        /** @description The server keeps what a delegation typed into an agreed clause before it could know of the agreement: the agreed text stands, the attempt becomes a proposal of that delegation. */
        Recover: {
            /** @description Each wording that was set aside. */
            attempts: components["schemas"]["Attempt"][];
        };
        /** @description The difference between two moments of a text in one language. */
        Redline: {
            /** @description The clauses in their new order; those that are gone follow what they followed before. */
            clauses: components["schemas"]["ClauseChange"][];
            /** @description How much is different. */
            counts: components["schemas"]["Counts"];
            /** @description By whose hands it is different, if that was asked. */
            hands?: components["schemas"]["Hand"][];
            /** @description The language. */
            language: components["schemas"]["Language"];
        };
        /** @description A key that a delegation has registered. */
        Registered: {
            /** @description The last entry that it has signed, or that first one. */
            last: components["schemas"]["Seq"];
            revoked?: components["schemas"]["Seq"] | null;
            /** @description The entry by which. */
            since: components["schemas"]["Seq"];
        };
        /** @description A delegation registers a key with which it signs its acts. From then on what it submits unsigned is refused. */
        RegisterKey: {
            /** @description The public key, Ed25519. */
            key: components["schemas"]["PublicKey"];
        };
        /** @description The facilitator opens an agreed or deleted clause again. Every earlier decision on that text ends. */
        Reopen: {
            /** @description The clause. */
            clause: components["schemas"]["ClauseId"];
            /** @description Why. */
            reason: components["schemas"]["Prose"];
        };
        /** @description A delegation revokes one of its keys. If it was the last one, the delegation's acts are unsigned again. */
        RevokeKey: {
            /** @description The key. */
            key: components["schemas"]["PublicKey"];
            reason?: components["schemas"]["Prose"] | null;
        };
        /** @description What became of a new wording. */
        Reworded: {
            /** @description Their digest. */
            digest: components["schemas"]["Digest"];
            /** @description The present moment of the text. */
            heads: components["schemas"]["Heads"];
            /** @description In one word. */
            outcome: components["schemas"]["RewordOutcome"];
            proposal?: components["schemas"]["ProposalId"] | null;
            /** @description The last entry. */
            seq: components["schemas"]["Seq"];
            /** @description The words that stand there now; of a preview, those that would. */
            text: string;
        };
        /**
         * @description What became of a new wording, in one word.
         * @enum {string}
         */
        RewordOutcome: "unchanged" | "entered" | "merged" | "kept";
        /**
         * @description What a seat may do, from least to most.
         * @enum {string}
         */
        Role: "observer" | "archivist" | "delegate" | "pen-holder" | "facilitator";
        /** @description A clause of the rolling text. */
        RollingClause: {
            clause?: components["schemas"]["ClauseId"] | null;
            /** @description Who wants the whole clause deleted. */
            delete: components["schemas"]["Attribution"][];
            /** @description The proposals that the whole clause be deleted. */
            deletions: components["schemas"]["ProposalId"][];
            /** @description Who objects to that. */
            keep: components["schemas"]["Attribution"][];
            /** @description What kind of clause it is. */
            kind: components["schemas"]["Kind"];
            /** @description Its number on paper; `OP3 bis` for one that is only proposed. */
            label: string;
            /**
             * Format: int32
             * @description Its depth.
             */
            level: number;
            proposal?: components["schemas"]["ProposalId"] | null;
            /** @description Its words. */
            spans: components["schemas"]["Span"][];
        };
        /** @description The rolling text, as far as anything in it is still to be settled. */
        RollingView: {
            /**
             * @description The clauses on which something is proposed, in order, and those that are only proposed. The others read as they
             *     stand.
             */
            clauses: components["schemas"]["RollingClause"][];
            /** @description The language. */
            language: components["schemas"]["Language"];
            /** @description The last entry that is in it. */
            seq: components["schemas"]["Seq"];
        };
        /** @description Who sits in a draft. */
        Roster: {
            /** @description Delegations by code. */
            delegations: {
                [key: string]: components["schemas"]["Delegation"];
            };
            /** @description Delegations that no group speaks for, on anything. */
            dissociated?: components["schemas"]["DelegationId"][];
            /** @description Groups by code. */
            groups: {
                [key: string]: components["schemas"]["Group"];
            };
            /** @description The keys with which delegations sign their acts, of those that do. */
            keys?: {
                [key: string]: {
                    [key: string]: components["schemas"]["Registered"];
                };
            };
        };
        /** @description A clause. */
        Row: {
            /** @description Where the delegations stand; those of which nothing is to be said are left out. */
            cells: {
                [key: string]: components["schemas"]["Cell"];
            };
            /** @description Its id. */
            clause: components["schemas"]["ClauseId"];
            /** @description What kind of clause it is. */
            kind: components["schemas"]["Kind"];
            /** @description Its number on paper. */
            label: string;
            /** @description How it stands. */
            status: components["schemas"]["ClauseStatus"];
            /** @description The sums of its cells. */
            totals: components["schemas"]["Totals"];
            /** @description Why, in a sentence. */
            why: string;
        };
        /** @description How the draft decides. */
        Rule: {
            /** @description How the text is adopted once everything is agreed; by the chair, with a quorum in the room, if left out. */
            adopt?: components["schemas"]["Procedural"];
            /** @description The kind of rule. */
            decision?: components["schemas"]["Decision"];
            /** @description Nothing is agreed until everything is agreed: every agreement is ad referendum until the text is adopted. */
            nothing_agreed?: boolean;
            /**
             * Format: int32
             * @description How many entitled delegations must be present when the question is put; more than half of them if left out.
             */
            quorum?: number | null;
            /** @description How an agreed or deleted clause is opened again; by two thirds of those present and voting if left out. */
            reopen?: components["schemas"]["Procedural"];
            /** @description When it is seen how each delegation has voted. */
            show_votes?: components["schemas"]["Shown"];
            /**
             * Format: int32
             * @description How many hours a silence procedure lasts at least; [`Rule::SILENCE_HOURS`] if left out.
             */
            silence_hours?: number | null;
            /** @description Whether clauses and proposals are put to a recorded vote, and by which majority. */
            vote?: components["schemas"]["Voting"];
        };
        /** @description A statement for the record. */
        Said: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description Who. */
            by: components["schemas"]["By"];
            explains?: components["schemas"]["Explains"] | null;
            on?: components["schemas"]["Target"] | null;
            /** @description The entry. */
            seq: components["schemas"]["Seq"];
            /** @description The statement. */
            text: components["schemas"]["Prose"];
        };
        /** @description All that a screen shows of a draft at one moment. A client shows it, and goes on with the events after its `text.seq`. */
        Screen: {
            /** @description The draft. */
            draft: components["schemas"]["DraftSummary"];
            /** @description Who reads. */
            me: components["schemas"]["Me"];
            /** @description The moment, by the server's clock: deadlines are counted from here, whatever the reader's clock says. */
            now: components["schemas"]["Timestamp"];
            /** @description The rolling text of the clauses on which something is proposed, in the language asked for. */
            rolling: components["schemas"]["RollingView"];
            /** @description Who sits in it. */
            roster: components["schemas"]["Roster"];
            /** @description How it stands. */
            status: components["schemas"]["StatusView"];
            /** @description The words, in the languages asked for and the one negotiated in. */
            text: components["schemas"]["TextView"];
        };
        /** @description The text of this moment gets a name by which it can be read, compared and cited for ever. */
        SealVersion: {
            heads?: components["schemas"]["Heads"] | null;
            /** @description The version's name, unique in the draft, for example "Rev.1". */
            name: components["schemas"]["Name"];
        };
        /** @description A delegation takes its place in the draft; again with the same code, its particulars change. */
        Seat: {
            /** @description The delegation's code, for example `AVR`. */
            delegation: components["schemas"]["DelegationId"];
            /** @description Whether its positions count in decisions; a chair's, an observer's and an archivist's never do. */
            entitled?: boolean;
            /** @description Languages it works in, first choice first. */
            languages?: components["schemas"]["Language"][];
            /** @description Its full name. */
            name: components["schemas"]["Name"];
            /** @description The most that a person of this delegation may do. */
            role?: components["schemas"]["Role"];
            /**
             * Format: int32
             * @description Its weight under rules that weigh; a whole number.
             */
            weight?: number;
        };
        /** @description One person's seat: what a token stands for. */
        SeatId: string;
        /** @description A seat: what an invitation is for. Never the token itself. */
        SeatView: {
            /** @description The delegation it acts for. */
            delegation: components["schemas"]["DelegationId"];
            /** @description The drafts it is for. */
            drafts: components["schemas"]["DraftId"][];
            /** @description Until when it is good. */
            expires: components["schemas"]["Timestamp"];
            /** @description When it was given. */
            given: components["schemas"]["Timestamp"];
            label?: components["schemas"]["Name"] | null;
            /** @description Set once it was taken back. */
            revoked: boolean;
            /** @description What it may do. */
            role: components["schemas"]["Role"];
            /** @description The seat's id. */
            seat: components["schemas"]["SeatId"];
        };
        /** @description A part, with its heading. */
        Section: {
            /** @description What it is about. */
            heading: string;
            /** @description What is to be said, one thing a sentence or two. */
            sentences: string[];
        };
        /** @description A stretch of words and what became of it. */
        Segment: {
            /** @description By whose hand: a place in [`Redline::hands`]. None if that was not asked, or could not be told. */
            hand?: number | null;
            /** @description What became of it. */
            op: components["schemas"]["Op"];
            /** @description The words. */
            text: string;
            with?: components["schemas"]["ClauseId"] | null;
        };
        /**
         * Format: int64
         * @description The number of an entry in its draft's log; the first is 1, and 0 stands before it.
         */
        Seq: number;
        /** @description The key with which a server signs its checkpoints. */
        ServerKey: {
            /**
             * @description The key as C2SP `signed-note` writes it: the server's name, an id, and the key. For a draft it signs under the
             *     name and the draft's id.
             */
            key: string;
        };
        /** @description Under consent, the facilitator finds that an objection does not hold: it stays on record, and blocks no more. */
        SetAside: {
            /** @description What was objected to. */
            on: components["schemas"]["Target"];
            /** @description Why it does not hold. */
            reason: components["schemas"]["Prose"];
            /** @description Whose objection: a delegation's, or one that a group made for its members. */
            whose: components["schemas"]["Party"];
        };
        /** @description Who may type into the clauses themselves. */
        SetMode: {
            /** @description `proposals` or `open`. */
            mode: components["schemas"]["Mode"];
        };
        /** @description The draft decides by this rule from now on. */
        SetRule: {
            /** @description The rule of decision. */
            rule: components["schemas"]["Rule"];
        };
        /**
         * @description When it is seen how each delegation has voted. Who has voted is always seen.
         * @enum {string}
         */
        Shown: "at-once" | "at-close" | "last-minutes";
        /**
         * @description Of two texts that are compared with a third, whose change it is.
         * @enum {string}
         */
        Side: "mine" | "theirs" | "both";
        /** @description An Ed25519 signature (RFC 8032); in JSON as 128 hexadecimal digits. */
        Signature: string;
        /** @description What a delegation has signed, as an entry keeps it. */
        SignedAct: {
            /** @description With which of its keys. */
            key: components["schemas"]["PublicKey"];
            /** @description The signature of their bytes. */
            signature: components["schemas"]["Signature"];
            /** @description The five lines; no line break after the last. */
            statement: string;
        };
        /** @description What somebody needs who signs an act. */
        SigningView: {
            /** @description The last act, which a signature answers to. */
            answers: components["schemas"]["Answers"];
            delegation?: components["schemas"]["DelegationId"] | null;
            /** @description The draft. */
            draft: components["schemas"]["DraftId"];
            /** @description The delegation's keys, revoked ones among them. */
            keys: {
                [key: string]: components["schemas"]["Registered"];
            };
        };
        /** @description A silence procedure within one draft. */
        SilenceId: string;
        /** @description A silence procedure, and what has become of the clauses in it. */
        SilenceView: {
            /** @description Whose confirmation is awaited for what it agrees. */
            awaiting?: components["schemas"]["DelegationId"][];
            /** @description What has become of each clause. */
            clauses: {
                [key: string]: components["schemas"]["Fate"];
            };
            /** @description When it was opened. */
            opened: components["schemas"]["Timestamp"];
            /** @description Whether anything in it still waits for the deadline. */
            running: boolean;
            /** @description Its id. */
            silence: components["schemas"]["SilenceId"];
            /** @description Its deadline. */
            until: components["schemas"]["Timestamp"];
            /** @description Whether its clauses stand and fall together. */
            whole: boolean;
        };
        /**
         * @description Where a proposal comes from: a clause of a working paper.
         *
         *     Who sits in the paper finds the words there by the digest. To everybody else it says whose paper it was, and nothing
         *     more of it.
         */
        Source: {
            /** @description The clause in it. */
            clause: components["schemas"]["ClauseId"];
            digest?: components["schemas"]["Digest"] | null;
            of?: components["schemas"]["Party"] | null;
            /** @description The paper. */
            paper: components["schemas"]["DraftId"];
        };
        /** @description A stretch of a rolling text. */
        Span: {
            /** @description Words that no proposal would change. */
            plain: string;
        } | {
            /** @description Words that one would, and what it would have instead. The words that stand come first. */
            alternatives: components["schemas"]["Alternative"][];
        };
        /**
         * @description Where a delegation stands on an exact text.
         * @enum {string}
         */
        Stance: "support" | "accept" | "reserve" | "abstain" | "object";
        /** @description A delegation says something for the record: an explanation of position, an interpretation. */
        Statement: {
            on?: components["schemas"]["Target"] | null;
            /** @description The statement. */
            text: components["schemas"]["Prose"];
            vote?: components["schemas"]["VoteId"] | null;
        };
        /** @description What statements were made, on what. */
        Statements: {
            /** @description Oldest first. */
            items: components["schemas"]["Said"][];
        };
        /** @description How a draft stands: the measures that negotiators use. */
        StatusView: {
            /** @description Brackets: live proposals and live objections. */
            brackets: number;
            /** @description Every clause in order; deleted ones at their place. */
            clauses: components["schemas"]["ClauseView"][];
            /** @description Clauses per status. */
            counts: {
                [key: string]: number;
            };
            /** @description The draft. */
            draft: components["schemas"]["DraftId"];
            /** @description Issues: places at which the rolling text has alternatives. One bracket around a whole article is one of each. */
            issues: number;
            /** @description Entitled delegations with a live objection anywhere. */
            objecting: components["schemas"]["DelegationId"][];
            /** @description The packages. */
            packages?: components["schemas"]["PackageView"][];
            /** @description The live proposals, in the order of their clauses. */
            proposals: components["schemas"]["ProposalView"][];
            /** @description The last entry counted. */
            seq: components["schemas"]["Seq"];
            /** @description The silence procedures, running and past, oldest first. */
            silences?: components["schemas"]["SilenceView"][];
            /** @description The recorded votes, in the order in which they were opened. */
            votes?: components["schemas"]["VoteView"][];
            /** @description Words of all clauses, in the language negotiated in. */
            words: number;
            /** @description Words of agreed clauses, in the language negotiated in. */
            words_agreed: number;
        };
        /** @description One thing that can be done, or is to be waited for. */
        Step: {
            /** @description Which of the sentences that there are for this kind: what it says is then told by the other fields. */
            case: components["schemas"]["StepCase"];
            /** @description The clauses that it concerns. */
            clauses?: components["schemas"]["ClauseId"][];
            /** @description How many: those who may vote and have not, or who are in favour. */
            count?: number | null;
            /** @description The delegations that it concerns. */
            delegations?: components["schemas"]["DelegationId"][];
            /** @description What kind of step. */
            kind: components["schemas"]["StepKind"];
            /** @description The languages that do not render the present words. */
            languages?: components["schemas"]["Language"][];
            name?: components["schemas"]["Name"] | null;
            /** @description The proposals that it concerns. */
            proposals?: components["schemas"]["ProposalId"][];
            /** @description The step in words. */
            sentence: string;
            until?: components["schemas"]["Timestamp"] | null;
            vote?: components["schemas"]["VoteId"] | null;
        };
        /**
         * @description What exactly a step says.
         * @enum {string}
         */
        StepCase: "closed" | "adopted" | "running" | "run-out" | "vote-open" | "voted" | "unvoted" | "ripe" | "unrendered" | "adoptable" | "adoption-vote" | "late" | "late-own" | "confirm" | "confirm-own" | "lacking" | "unopposed" | "opposed" | "rivals" | "outdated" | "identical" | "alike" | "blocked" | "objecting" | "objected-before" | "question" | "silent" | "most-silent" | "awaited-own";
        /**
         * @description The kinds of step.
         * @enum {string}
         */
        StepKind: "over" | "silence" | "vote" | "ripe" | "translate" | "adopt" | "late-objection" | "confirm" | "package" | "take-in" | "merge" | "objection" | "question" | "proposals" | "await";
        /** @description A delegation says where it stands on an exact text, short of objecting. */
        TakePosition: {
            as_group?: components["schemas"]["GroupId"] | null;
            digest?: components["schemas"]["Digest"] | null;
            note?: components["schemas"]["Prose"] | null;
            /** @description The clause or proposal. */
            on: components["schemas"]["Target"];
            /** @description Where it stands; an objection is an act of its own. */
            stance: components["schemas"]["Stance"];
        };
        /** @description The count of positions on a text. Delegations are counted once each, in the order of their codes. */
        Tally: {
            /** @description Who stands aside. */
            abstain: components["schemas"]["DelegationId"][];
            /** @description Who can live with it. */
            accept: components["schemas"]["DelegationId"][];
            /** @description Who objects; objections outlive changes of the wording until they are lifted. */
            object: components["schemas"]["DelegationId"][];
            /** @description What the rule says. */
            outcome: components["schemas"]["Outcome"];
            /** @description Who joins with a reservation. */
            reserve: components["schemas"]["DelegationId"][];
            /** @description Who has said nothing on this text. */
            silent: components["schemas"]["DelegationId"][];
            /** @description Whose position is on an earlier text, and counts for nothing. */
            stale: components["schemas"]["DelegationId"][];
            /** @description Who supports it. */
            support: components["schemas"]["DelegationId"][];
            /**
             * @description Who is counted by what a group said for it, and which group. Under rules that count votes, only what a
             *     delegation says itself is one.
             */
            through?: {
                [key: string]: components["schemas"]["GroupId"];
            };
            /** @description All that in one sentence. */
            why: string;
        };
        /** @description What a position, an objection or a statement speaks of. */
        Target: {
            /** @description A clause as it stands. */
            clause: components["schemas"]["ClauseId"];
        } | {
            /** @description A proposal. */
            proposal: components["schemas"]["ProposalId"];
        };
        /** @description The text of a draft at one moment. */
        TextView: {
            /** @description The clauses in order; deleted ones are left out. */
            clauses: components["schemas"]["ClauseText"][];
            /** @description A digest over all clauses in order: equal texts have equal digests. */
            digest: components["schemas"]["Digest"];
            /** @description The draft. */
            draft: components["schemas"]["DraftId"];
            /** @description The moment in the text's history. */
            heads: components["schemas"]["Heads"];
            /** @description The last entry that is in it. */
            seq: components["schemas"]["Seq"];
        };
        /** @description A ticket for one websocket. */
        Ticket: {
            /** @description Until when; it is good once. */
            expires: components["schemas"]["Timestamp"];
            /** @description To be put into the address: `/sync?ticket=…`. */
            ticket: string;
        };
        /**
         * Format: date-time
         * @description A moment by the server's clock: milliseconds since 1970-01-01T00:00:00Z. RFC 3339 in UTC where people read it, an
         *     integer in the log.
         */
        Timestamp: string;
        /** @description One thing that a refusal speaks of. */
        Told: number | string | string[];
        /** @description How often each stance is taken. */
        Totals: {
            /** @description Standing aside. */
            abstain: number;
            /** @description Acceptance. */
            accept: number;
            /** @description Objections. */
            object: number;
            /** @description Reservations. */
            reserve: number;
            /** @description Nothing said. */
            silent: number;
            /** @description Something said on an earlier text, which counts for nothing. */
            stale: number;
            /** @description Support. */
            support: number;
        };
        /**
         * @description What wording an entry leaves behind. Noted at admission, so that the fold of acts never reads the text.
         *
         *     A run of entries of text that is committed together settles each wording once: at the last entry of the run that
         *     touches it. An act never stands inside a run.
         */
        Touched: {
            digest?: components["schemas"]["Digest"] | null;
            language?: components["schemas"]["Language"] | null;
            /** @description The clause or proposal. */
            place: components["schemas"]["Place"];
        };
        /** @description How a clause's wording in a language stands to the one negotiated in. */
        Translation: {
            /** @enum {string} */
            is: "missing";
        } | {
            /** @enum {string} */
            is: "unmarked";
        } | {
            /** @description The words it renders, which are no longer those that stand there. */
            from: components["schemas"]["Digest"];
            /** @enum {string} */
            is: "behind";
            /** @description The language it renders. */
            source: components["schemas"]["Language"];
        } | {
            /** @enum {string} */
            is: "matching";
            /** @description The language it renders. */
            source: components["schemas"]["Language"];
        };
        /** @description What one has typed in a run of entries. Each entry by itself is in the log. */
        Typed: {
            /** @description When the last of it was entered. */
            at: components["schemas"]["Timestamp"];
            /** @description Who. */
            by: components["schemas"]["By"];
            /** @description How many changes to the text it was. */
            changes: number;
            /** @description What happened, as one sentence. */
            sentence: string;
            /** @description The last wording of each that it settles. */
            touched: components["schemas"]["Touched"][];
        };
        /** @description The silence procedure that a clause is under. */
        UnderSilence: {
            /** @description Which. */
            silence: components["schemas"]["SilenceId"];
            /** @description Its deadline: an objection at exactly this moment is in time. */
            until: components["schemas"]["Timestamp"];
            /** @description Whether an objection to another clause of it would end it for this one too. */
            whole: boolean;
        };
        /** @description A sponsor of a merged proposal takes it back: it stands on the floor by itself again. */
        UndoMerge: {
            /** @description The proposal that was merged, or was to be. */
            proposal: components["schemas"]["ProposalId"];
        };
        /** @description A delegation leaves the draft. Its record stays; its positions no longer count. */
        Unseat: {
            /** @description Who leaves. */
            delegation: components["schemas"]["DelegationId"];
        };
        /** @description A named moment of the text. */
        Version: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description Who sealed it. */
            by: components["schemas"]["By"];
            /** @description The moment in the text's history. */
            heads: components["schemas"]["Heads"];
            /** @description Its name, unique in the draft. */
            name: components["schemas"]["Name"];
            /** @description The entry that sealed it. */
            seq: components["schemas"]["Seq"];
        };
        /** @description The sealed versions. */
        Versions: {
            /** @description Oldest first. */
            items: components["schemas"]["Version"][];
        };
        /**
         * @description Why a silence is void.
         * @enum {string}
         */
        Voided: "text-changed" | "proposal-made" | "settled" | "draft-closed";
        /** @description A recorded vote. */
        Vote: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description What must be reached. */
            by: components["schemas"]["Decision"];
            /**
             * @description The exact text voted on, in every authentic language that has one; of an adoption none, as nothing can change
             *     while everything is agreed.
             */
            digests: {
                [key: string]: components["schemas"]["Digest"];
            };
            /** @description What is voted on. */
            on: components["schemas"]["Motion"];
            /**
             * Format: int32
             * @description How many votes must be cast, abstentions among them.
             */
            quorum: number;
            reason?: components["schemas"]["Prose"] | null;
            result?: components["schemas"]["VoteResult"] | null;
            /** @description The roll: who voted how, in the order of their codes. */
            roll: {
                [key: string]: components["schemas"]["Choice"];
            };
            /** @description The entry that opened it. */
            seq: components["schemas"]["Seq"];
            /** @description When it is seen how each delegation has voted: what the rule said when the vote was opened. */
            shown: components["schemas"]["Shown"];
            /** @description Who else has voted, where the reader may not see yet how ([`crate::withheld`]); nobody in the record itself. */
            unseen?: components["schemas"]["DelegationId"][];
            until?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A recorded vote within one draft. */
        VoteId: string;
        /**
         * @description What came of a vote.
         * @enum {string}
         */
        VoteResult: "carried" | "not-carried" | "no-quorum" | "void";
        /** @description A recorded vote with its roll. */
        VoteView: components["schemas"]["Vote"] & {
            /** @description Its id. */
            id: components["schemas"]["VoteId"];
            /** @description The roll in words. */
            told: string;
        };
        /** @description Whether clauses and proposals are put to a recorded vote, and by which majority. */
        Voting: "named" | "never" | {
            /** @description They are, by this majority and no other. */
            majority: components["schemas"]["Majority"];
        };
        /**
         * @description When a vote is explained.
         * @enum {string}
         */
        When: "before" | "after";
        /** @description The main sponsor takes the proposal back. */
        Withdraw: {
            /** @description The proposal withdrawn. */
            proposal: components["schemas"]["ProposalId"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    drafts: {
        parameters: {
            query?: {
                /** @description The last draft of the page before */
                after?: string;
                /** @description At most 500, 100 if left out */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_DraftSummary"];
                };
            };
        };
    };
    convene: {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 128 printable ASCII characters */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDraft"];
            };
        };
        responses: {
            /** @description The draft's address is in Location */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftSummary"];
                };
            };
        };
    };
    one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftSummary"];
                };
            };
        };
    };
    submit: {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 128 printable ASCII characters */
                "Idempotency-Key"?: string | null;
            };
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Act"];
            };
        };
        responses: {
            /** @description It had been made before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acknowledged"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acknowledged"];
                };
            };
        };
    };
    checkpoint: {
        parameters: {
            query?: {
                /** @description The first so many entries; all if left out */
                size?: number;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    checkpoints: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoints"];
                };
            };
        };
    };
    clause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clause: string;
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClauseView"];
                };
            };
        };
    };
    blame: {
        parameters: {
            query?: {
                /** @description The number of an entry or the name of a version; now if left out */
                at?: string;
                /** @description The language negotiated in if left out */
                language?: string;
            };
            header?: never;
            path: {
                clause: string;
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Blame"];
                };
            };
        };
    };
    reword_clause: {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 128 printable ASCII characters */
                "Idempotency-Key"?: string | null;
            };
            path: {
                clause: string;
                draft: string;
                language: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWording"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reworded"];
                };
            };
        };
    };
    cosign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCosignature"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoints"];
                };
            };
        };
    };
    entries: {
        parameters: {
            query?: {
                /** @description The number of the last entry that is known already */
                after?: number;
                /** @description With the entries' own bytes, in hexadecimal */
                bytes?: boolean;
                /** @description At most 500, 100 if left out */
                limit?: number;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_EntryView"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: {
                /** @description The number of the last entry that is known already */
                after?: number;
            };
            header?: {
                /** @description The same, as browsers send it; wins */
                "Last-Event-ID"?: number | null;
            };
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `event: entries` with an Event as data, or `event: reset`, `event: reminder` with a Reminder, or `event: pointer` with a Pointer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
        };
    };
    export: {
        parameters: {
            query?: {
                /** @description docx, akn, pdf, pack: the item of the agenda */
                agenda?: string;
                /** @description The number of an entry or the name of a version; now if left out */
                at?: string;
                /** @description html, docx, pdf: a second language side by side */
                beside?: string;
                /** @description docx, akn, pdf, pack: the body and its session */
                body?: string;
                /** @description csv, json: with the edits of the text between the acts */
                edits?: boolean;
                /** @description docx, akn, pdf, pack: the earlier moment, for tracked changes; of a pack, the last sealed version if left out */
                from?: string;
                /** @description One language; all if left out; docx has one */
                language?: string;
                /** @description A rolling text as this delegation would have it */
                of?: string;
                /** @description A rolling text as `attributed`, `bracketed` without names, or `if-agreed`: with the first proposal at every place taken in */
                rendering?: string;
                /** @description With what is proposed, in brackets */
                rolling?: boolean;
                /** @description With the status of each clause and, once the text is adopted, the annex of reservations, votes and statements */
                statuses?: boolean;
                /** @description docx, akn, pdf, pack: the symbol of the document, A/CONF.1/L.2 */
                symbol?: string;
                /** @description `clean`, `brackets`, `rolling` (the compilation, with who wants what), or `adopted`, with an annex of reservations, dissociations, explanations and statements */
                text?: string;
            };
            header?: never;
            path: {
                draft: string;
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the format's media type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
        };
    };
    ledger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_MergeView"];
                };
            };
        };
    };
    log: {
        parameters: {
            query?: {
                /** @description The number of the last entry that is known already */
                after?: number;
                /** @description The last entry wanted; the last there is if left out */
                until?: number;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    matrix: {
        parameters: {
            query?: {
                /** @description `json` or `csv`; left out, as `Accept` says, or else JSON */
                format?: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matrix"];
                    "text/csv": string;
                };
            };
        };
    };
    mergeable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Mergeable"];
                };
            };
        };
    };
    next: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Next"];
                };
            };
        };
    };
    begin: {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 128 printable ASCII characters */
                "Idempotency-Key"?: string | null;
            };
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPaper"];
            };
        };
        responses: {
            /** @description The paper's address is in Location */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftSummary"];
                };
            };
        };
    };
    pointer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pointer"];
                };
            };
        };
    };
    point: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pointer"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    procedure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
        };
    };
    progress: {
        parameters: {
            query?: {
                /** @description `day` (and every version, if left out) or `version` */
                per?: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Progress"];
                };
            };
        };
    };
    consistency: {
        parameters: {
            query: {
                /** @description Entries of the earlier one */
                from: number;
                /** @description Entries of the later one; all if left out */
                size?: number;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsistencyProof"];
                };
            };
        };
    };
    inclusion: {
        parameters: {
            query: {
                /** @description The entry */
                seq: number;
                /** @description Among the first so many; all if left out */
                size?: number;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InclusionProof"];
                };
            };
        };
    };
    proposals: {
        parameters: {
            query?: {
                /** @description The last proposal of the page before */
                after?: string;
                /** @description At most 500, 100 if left out */
                limit?: number;
                /** @description `made` (those on the floor, if left out) or `all` */
                state?: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ProposalView"];
                };
            };
        };
    };
    reword_proposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 128 printable ASCII characters */
                "Idempotency-Key"?: string | null;
            };
            path: {
                draft: string;
                language: string;
                proposal: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWording"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reworded"];
                };
            };
        };
    };
    redline: {
        parameters: {
            query: {
                /** @description The number of an entry, the name of a version, or a time */
                from: string;
                /** @description The language negotiated in if left out */
                language?: string;
                /** @description Say by whose hand words came and went: that of the delegation whose words they were first, and of the sponsor of the proposal by which they went */
                signed?: boolean;
                /** @description The same; now if left out */
                to?: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Redline"];
                };
            };
        };
    };
    rolling: {
        parameters: {
            query?: {
                /** @description The language; the one negotiated in if left out */
                language?: string;
                /** @description Ids of clauses and of proposed clauses, with commas between: what an event has told of. One that is not in the answer has nothing proposed on it any more */
                only?: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollingView"];
                };
            };
        };
    };
    roster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roster"];
                };
            };
        };
    };
    screen: {
        parameters: {
            query?: {
                /** @description Another language to have at hand */
                beside?: string;
                /** @description The language to read in; the one negotiated in if left out */
                language?: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Screen"];
                };
            };
        };
    };
    submit_signed: {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 128 printable ASCII characters */
                "Idempotency-Key"?: string | null;
            };
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignedAct"];
            };
        };
        responses: {
            /** @description It had been made before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acknowledged"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acknowledged"];
                };
            };
        };
    };
    signing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningView"];
                };
            };
        };
    };
    silences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SilenceView"];
                };
            };
        };
    };
    letter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
                silence: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
        };
    };
    statements: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statements"];
                };
            };
        };
    };
    whole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
        };
    };
    text: {
        parameters: {
            query?: {
                /** @description The number of an entry or the name of a version; now if left out */
                at?: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextView"];
                };
            };
        };
    };
    versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Versions"];
                };
            };
        };
    };
    key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerKey"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    seats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SeatView"];
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSeat"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                seat: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    open: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cookie is in Set-Cookie */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    close: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Not now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
