/** Made by `npm run console:api` from /audit/openapi.json; do not edit. */
export interface paths {
    "/audit/persons/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Step by step: what each fact changed */
        get: {
            parameters: {
                query?: {
                    /** @description log position, inclusive */
                    upTo?: string;
                    /** @description only what the ledger knew at this moment */
                    knownAt?: string;
                    /** @description show name and ID number in full; needs the purpose audit */
                    reveal?: "true" | "false";
                    /** @description only facts that hold in this month */
                    validAt?: string;
                    /** @description this step only, counted from 1 */
                    at?: number;
                    /** @description first step shown */
                    from?: number;
                    /** @description last step shown */
                    to?: number;
                    /** @description also which months each fact changed */
                    months?: "true" | "false";
                };
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            person: string;
                            steps: {
                                n: number;
                                event: {
                                    id: string;
                                    type: string;
                                    stream: string;
                                    revision: number;
                                    position: string;
                                    recordedAt: string;
                                    data: {
                                        [key: string]: unknown;
                                    } | null;
                                    identity?: {
                                        /** @enum {string} */
                                        state: "masked" | "revealed" | "erased" | "unreadable";
                                        name: string | null;
                                        citizenId: string | null;
                                    };
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                    /** @description who, why and under which rule */
                                    deed: {
                                        who: {
                                            zh: string;
                                            en: string;
                                        };
                                        why: {
                                            zh: string;
                                            en: string;
                                        };
                                        rule: string | null;
                                        words: {
                                            zh: string;
                                            en: string;
                                        };
                                    } | null;
                                    /** @description actor, channel, purpose, commandId, causationId, source {feedId, row, fileHash}, ruleVersion … */
                                    metadata: {
                                        [key: string]: unknown;
                                    } | null;
                                };
                                readonly changes: {
                                    about: string;
                                    what: string;
                                    before: number | string | null;
                                    after: number | string | null;
                                    /** @enum {string} */
                                    unit: "fen" | "months" | "text";
                                    /** @description what changed, without its values */
                                    label: {
                                        zh: string;
                                        en: string;
                                    };
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                }[];
                                problem: string | null;
                                /** @description months that stand otherwise after this fact */
                                readonly months?: {
                                    /** @enum {string} */
                                    family: "pension" | "medical" | "unemployment" | "injury" | "maternity";
                                    month: string;
                                    before: {
                                        /** @enum {string} */
                                        kind: "none";
                                    } | {
                                        province: string;
                                        scheme: string;
                                        capacity: ("employee" | "flexible" | "resident") | null;
                                        /** @enum {string} */
                                        kind: "counted";
                                    } | {
                                        province: string;
                                        scheme: string;
                                        capacity: ("employee" | "flexible" | "resident") | null;
                                        /** @enum {string} */
                                        kind: "transferred";
                                        paidIn: string;
                                    } | {
                                        /** @enum {string} */
                                        kind: "in_transit";
                                        from: string;
                                        to: string;
                                        scheme: string;
                                    } | {
                                        /** @enum {string} */
                                        kind: "overlap";
                                        parties: {
                                            province: string;
                                            scheme: string;
                                            capacity: ("employee" | "flexible" | "resident") | null;
                                        }[];
                                    };
                                    after: {
                                        /** @enum {string} */
                                        kind: "none";
                                    } | {
                                        province: string;
                                        scheme: string;
                                        capacity: ("employee" | "flexible" | "resident") | null;
                                        /** @enum {string} */
                                        kind: "counted";
                                    } | {
                                        province: string;
                                        scheme: string;
                                        capacity: ("employee" | "flexible" | "resident") | null;
                                        /** @enum {string} */
                                        kind: "transferred";
                                        paidIn: string;
                                    } | {
                                        /** @enum {string} */
                                        kind: "in_transit";
                                        from: string;
                                        to: string;
                                        scheme: string;
                                    } | {
                                        /** @enum {string} */
                                        kind: "overlap";
                                        parties: {
                                            province: string;
                                            scheme: string;
                                            capacity: ("employee" | "flexible" | "resident") | null;
                                        }[];
                                    };
                                }[];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who read whose record, over everybody: by reader, purpose and hour */
        get: {
            parameters: {
                query?: {
                    /** @description first day, of China */
                    from?: string;
                    /** @description last day, of China */
                    to?: string;
                    kind?: "agency" | "center" | "auditor" | "person" | "platform";
                    /** @description the reader's id, exactly */
                    reader?: string;
                    purpose?: string;
                    /** @description only reads outside office hours or on days off */
                    outOfHours?: "true" | "false";
                    /** @description only reads that showed the full identity */
                    revealed?: "true" | "false";
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            officeHours: {
                                from: string;
                                to: string;
                            };
                            /** @description that fit the question */
                            reads: number;
                            /** @description all reads of the days asked for */
                            total: number;
                            /** @description who read most first */
                            readers: {
                                reader: {
                                    kind: string;
                                    id: string;
                                    province: string | null;
                                };
                                reads: number;
                                persons: number;
                                outOfHours: number;
                                revealed: number;
                            }[];
                            /** @description newest first */
                            lines: {
                                event: string;
                                position: string;
                                /** Format: date-time */
                                at: string;
                                person: string;
                                reader: {
                                    kind: string;
                                    id: string;
                                    province: string | null;
                                };
                                purpose: string;
                                what: string;
                                outOfHours: boolean;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Trial balance: every money event as balanced entries, as known at a position or date */
        get: {
            parameters: {
                query?: {
                    /** @description log position (inclusive), moment with offset, or date (its end in China); absent: everything */
                    knownAt?: string;
                    /** @description GB/T 2260 two-digit province code */
                    province?: string;
                    /** @description walk from the first fact, taking nothing from what is kept */
                    recount?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly rows: {
                                account: string;
                                province: string;
                                scheme: string | null;
                                payer: string;
                                debit_fen: number;
                                credit_fen: number;
                                /** @description debit - credit */
                                balance_fen: number;
                            }[];
                            debit_fen: number;
                            credit_fen: number;
                            /** @description events that moved money */
                            posted: number;
                            /** @description events that could not be posted, or whose entries do not sum to zero */
                            readonly unposted: {
                                stream: string;
                                revision: number;
                                cause: string;
                            }[];
                            province: string | null;
                            position: string | null;
                            events: number;
                            ok: boolean;
                            /** @enum {string} */
                            record: "compared" | "not at this position";
                            readonly differences: {
                                what: string;
                                books_fen: number;
                                other_fen: number;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/books/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events behind one account of the trial balance, newest first */
        get: {
            parameters: {
                query: {
                    account: "employer_contributions" | "personal_contributions" | "subsidies" | "interest" | "person_account" | "pooled_fund" | "in_transit_account" | "in_transit_pooled" | "received_account" | "received_pooled" | "refunds_payable" | "refunds_paid" | "benefits_paid" | "benefit_outlay" | "recoveries_due";
                    /** @description GB/T 2260 two-digit province code */
                    province?: string;
                    scheme?: string;
                    payer?: string;
                    /** @description log position (inclusive), moment with offset, or date (its end in China); absent: everything */
                    knownAt?: string;
                    /** @description newest events shown; the sums are of all */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description that touch the account */
                            events: number;
                            debit_fen: number;
                            credit_fen: number;
                            /** @description last fact taken in */
                            position: string | null;
                            readonly shown: {
                                event: string;
                                type: string;
                                stream: string;
                                revision: number;
                                position: string;
                                /** Format: date-time */
                                recordedAt: string;
                                person: string | null;
                                /** @description all entries of the event: they sum to zero */
                                readonly entries: {
                                    account: string;
                                    province: string;
                                    scheme: string | null;
                                    payer: string;
                                    /** @description debit positive, credit negative */
                                    amount_fen: number;
                                }[];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/fsck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rebuild every hash from the events, fold everybody again, compare with the published log and the record: a job */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description only these, e.g. 31, or others (nobody's province); absent: the whole ledger in one scan */
                        provinces?: string[];
                        /**
                         * @description all provinces, two at a time: can be resumed
                         * @default false
                         */
                        byProvince?: boolean;
                        /**
                         * @description go on where the last run by province was broken off
                         * @default false
                         */
                        resume?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            owner: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            done: number;
                            total: number | null;
                            rate_per_second: number;
                            eta_seconds: number | null;
                            /** @description ms since 1970 */
                            queuedAt: number;
                            startedAt: number | null;
                            endedAt: number | null;
                            error?: string;
                            result?: unknown;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Long work in progress */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            owner: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            done: number;
                            total: number | null;
                            rate_per_second: number;
                            eta_seconds: number | null;
                            /** @description ms since 1970 */
                            queuedAt: number;
                            startedAt: number | null;
                            endedAt: number | null;
                            error?: string;
                            result?: unknown;
                        }[];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Progress of one job */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            owner: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            done: number;
                            total: number | null;
                            rate_per_second: number;
                            eta_seconds: number | null;
                            /** @description ms since 1970 */
                            queuedAt: number;
                            startedAt: number | null;
                            endedAt: number | null;
                            error?: string;
                            result?: unknown;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Cancel a job */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            owner: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            done: number;
                            total: number | null;
                            rate_per_second: number;
                            eta_seconds: number | null;
                            /** @description ms since 1970 */
                            queuedAt: number;
                            startedAt: number | null;
                            endedAt: number | null;
                            error?: string;
                            result?: unknown;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proof/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Days with a checkpoint kept */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly days: string[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proof/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** RFC 6962 proof that the log of one size begins with the log of an earlier one */
        get: {
            parameters: {
                query: {
                    from: number;
                    to?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            from: number;
                            to: number;
                            rootFrom: string;
                            rootTo: string;
                            proof: string[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proof/cosign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the witnesses now, not in a minute */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            signed: string[];
                            readonly refused: {
                                witness: string;
                                status: number | null;
                                what: string;
                            }[];
                            checkpoint: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proof/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receipt of one event, by its id */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            event: string;
                            index: number;
                            size: number;
                            /** @description c2sp.org/tlog-proof, checked offline by verify.html or `tongzhang proof verify` */
                            receipt: string;
                            /** @description the receipt in texts for QR codes, which verify.html joins in any order */
                            qr: string[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proof/streams/{stream}/{revision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receipt of one event, by its place in its stream */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    stream: string;
                    revision: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            event: string;
                            index: number;
                            size: number;
                            /** @description c2sp.org/tlog-proof, checked offline by verify.html or `tongzhang proof verify` */
                            receipt: string;
                            /** @description the receipt in texts for QR codes, which verify.html joins in any order */
                            qr: string[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proof/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the log is, its key, how far it is, who witnesses it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            origin: string;
                            vkey: string;
                            size: number;
                            root: string;
                            witnesses: string[];
                            /** Format: date-time */
                            publishedAt: string;
                            /** @description how long the ledger has been ahead of the log */
                            lag_seconds: number;
                            /** @description the last time the witnesses were asked; null: not yet, or there are none */
                            round: {
                                /** Format: date-time */
                                at: string;
                                readonly signed: string[];
                                readonly refused: {
                                    witness: string;
                                    status: number | null;
                                    what: string;
                                }[];
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Draw a reproducible sample of money facts */
        get: {
            parameters: {
                query: {
                    /** @description same seed, same position: the same sample, for everybody */
                    seed: string;
                    size?: number;
                    /** @description monetary: the chance of a fact is its amount */
                    method?: "stratified" | "monetary";
                    /** @description log position, inclusive; left out: the newest, which the answer names */
                    upTo?: string;
                    /** @description facts of this province's relations only */
                    province?: string;
                    scheme?: string;
                    /** @description only what the ledger was told on this day of China or later */
                    recordedFrom?: string;
                    /** @description or on this day or earlier */
                    recordedTo?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            seed: string;
                            method: string;
                            size: number;
                            upTo: string | null;
                            facts: number;
                            amount_fen: number;
                            readonly strata: {
                                stratum: string;
                                facts: number;
                                amount_fen: number;
                                drawn: number;
                            }[];
                            readonly items: {
                                event: string;
                                type: string;
                                stream: string;
                                revision: number;
                                position: string;
                                province: string;
                                scheme: string;
                                amount_fen: number;
                                stratum: string;
                                hits: number;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fold the whole log again and compare: a job; the report is its result */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            owner: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            done: number;
                            total: number | null;
                            rate_per_second: number;
                            eta_seconds: number | null;
                            /** @description ms since 1970 */
                            queuedAt: number;
                            startedAt: number | null;
                            endedAt: number | null;
                            error?: string;
                            result?: unknown;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Engagements, newest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagements: {
                                engagement: string;
                                title: string;
                                scope: string;
                                province: string | null;
                                scheme: string | null;
                                from: string;
                                to: string;
                                auditor: string;
                                /** @enum {string} */
                                status: "open" | "closed";
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                samples: number;
                                items: number;
                                tested: number;
                                notes: number;
                                findings: number;
                                findings_open: number;
                                /** @description at stake in findings that were not withdrawn */
                                amount_fen: number;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Open an engagement; the same again changes nothing */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                        engagement: string;
                        title: string;
                        scope: string;
                        /**
                         * @description null: all of them
                         * @default null
                         */
                        province?: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                        /** @default null */
                        scheme?: ("110" | "120" | "170" | "210" | "310" | "390" | "410" | "510") | null;
                        /**
                         * Format: date
                         * @description first day of the period that is audited
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description date YYYY-MM-DD in China (+08:00)
                         */
                        to: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One engagement: samples, notes, findings, checks, reviews, each with who and when */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draw a sample into the paper: the draw is a fact, so that every draw is seen
         * @description The same draw again answers the one that stands; the whole paper is answered.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description same seed, same position: the same sample, for everybody */
                        seed: string;
                        /** @default 25 */
                        size?: number;
                        /**
                         * @default stratified
                         * @enum {string}
                         */
                        method?: "stratified" | "monetary";
                        /** @description log position, inclusive; absent: the newest, or that of the same draw before */
                        upTo?: string;
                        /** @description absent: the engagement's */
                        province?: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                        scheme?: ("110" | "120" | "170" | "210" | "310" | "390" | "410" | "510") | null;
                        /**
                         * @description only what the ledger was told on these days of China; null: whenever
                         * @default null
                         */
                        recorded?: {
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            to: string;
                        } | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/samples/{sample}/redraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Draw the sample again from the ledger: equal, or the first difference */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                    sample: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sample: string;
                            equal: boolean;
                            /** @description the first difference */
                            first: string | null;
                            facts: number;
                            amount_fen: number;
                            items: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note on a drawn item, a fact, a finding, or free */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @default {
                         *       "kind": "free"
                         *     }
                         */
                        about?: {
                            /** @enum {string} */
                            kind: "item";
                            sample: string;
                            /** Format: uuid */
                            event: string;
                        } | {
                            /** @enum {string} */
                            kind: "event";
                            /** @description event id, or STREAM@REVISION */
                            event: string;
                        } | {
                            /** @enum {string} */
                            kind: "finding";
                            finding: string;
                        } | {
                            /** @enum {string} */
                            kind: "free";
                        };
                        /** @default null */
                        result?: ("agreed" | "exception") | null;
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Raise a finding, with events as its evidence */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        severity: "major" | "moderate" | "minor";
                        title: string;
                        /** @description rule or article that is broken */
                        rule: string;
                        evidence: string[];
                        /**
                         * @description money at stake
                         * @default 0
                         */
                        amount_fen?: number;
                        recommendation: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/findings/{finding}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was found has been put right */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                    finding: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/findings/{finding}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It was no finding; it stays in the report as withdrawn */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                    finding: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter what a finished fsck or verify job of yours has said */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description id of a finished fsck or verify job */
                        job: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/workpapers/{engagement}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Conclude: nothing is taken in afterwards, and the report can be signed */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 审计项目编号 engagement, e.g. AUD2026.01 */
                    engagement: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        conclusion: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            engagement: string;
                            title: string;
                            scope: string;
                            province: string | null;
                            scheme: string | null;
                            from: string;
                            to: string;
                            auditor: string;
                            /** @enum {string} */
                            status: "open" | "closed";
                            stamp: {
                                by: string;
                                at: string;
                                event: string;
                                revision: number;
                                position: string;
                            };
                            readonly samples: {
                                sample: string;
                                seed: string;
                                /** @enum {string} */
                                method: "stratified" | "monetary";
                                size: number;
                                upTo: string;
                                province: string | null;
                                scheme: string | null;
                                recorded: {
                                    from: string;
                                    to: string;
                                } | null;
                                facts: number;
                                amount_fen: number;
                                tested: number;
                                exceptions: number;
                                readonly items: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    type: string;
                                    position: string;
                                    amount_fen: number;
                                    stratum: string;
                                    hits: number;
                                    result: ("agreed" | "exception") | null;
                                }[];
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly notes: {
                                note: string;
                                about: {
                                    /** @enum {string} */
                                    kind: "item";
                                    sample: string;
                                    event: string;
                                } | {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                    /** @enum {string} */
                                    kind: "event";
                                } | {
                                    /** @enum {string} */
                                    kind: "finding";
                                    finding: string;
                                } | {
                                    /** @enum {string} */
                                    kind: "free";
                                };
                                result: ("agreed" | "exception") | null;
                                text: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly findings: {
                                finding: string;
                                /** @enum {string} */
                                severity: "major" | "moderate" | "minor";
                                title: string;
                                rule: string;
                                readonly evidence: {
                                    event: string;
                                    stream: string;
                                    revision: number;
                                }[];
                                amount_fen: number;
                                recommendation: string;
                                /** @enum {string} */
                                status: "open" | "resolved" | "withdrawn";
                                reason: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                                settled: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                } | null;
                            }[];
                            readonly checks: {
                                /** @enum {string} */
                                check: "fsck" | "verify";
                                ok: boolean;
                                upTo: string | null;
                                events: number;
                                persons: number;
                                first: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            readonly reviews: {
                                opinion: string;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            }[];
                            closing: {
                                conclusion: string;
                                position: string;
                                checkpoint: string | null;
                                stamp: {
                                    by: string;
                                    at: string;
                                    event: string;
                                    revision: number;
                                    position: string;
                                };
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
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
        /** @description Why a request was refused, and the way out */
        Problem: {
            /** @description urn:tongzhang:problem:{rule} */
            type: string;
            title: string;
            status: number;
            /** @description Stable code of the rule that refused, e.g. FORBIDDEN_PROVINCE */
            rule: string;
            /** @description Path of the field, e.g. months[3].amount_fen */
            field?: string;
            /** @description Row of the file, 1 = first row under the header */
            row?: number;
            detail?: string;
            hint_zh: string;
            hint_en: string;
            /** @description Article of the law behind the rule */
            article?: string;
            /** @description Also sent as retry-after: come back then */
            retry_after_seconds?: number;
            /** @description urn:tongzhang:request:{x-request-id} */
            instance?: string;
            /** @description All fields that were wrong, when more than one was */
            errors?: {
                field: string;
                detail: string;
                hint_zh: string;
                hint_en: string;
            }[];
        };
    };
    responses: {
        /** @description Refused: why, and the way out */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
