/** Made by `npm run console:api` from /national/openapi.json; do not edit. */
export interface paths {
    "/national/persons/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Person key by ID number or exact name */
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
                        citizenId?: string;
                        name?: string;
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
                            /**
                             * @description matched: this number; possible: the name alone, or number and name of different persons
                             * @enum {string}
                             */
                            state: "matched" | "possible" | "none";
                            matches: {
                                /** @enum {string} */
                                state: "matched" | "possible";
                                person: string;
                                sex: string | null;
                                birthMonth: string | null;
                                identity: {
                                    /**
                                     * @description erased: the person's key was destroyed; unknown: nobody has registered them yet
                                     * @enum {string}
                                     */
                                    state: "masked" | "revealed" | "erased" | "unreadable" | "unknown";
                                    name: string | null;
                                    citizenId: string | null;
                                };
                            }[];
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
    "/national/persons/{key}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Unified record across provinces, as valid and as known */
        get: {
            parameters: {
                query?: {
                    /** @description the record as it held in this month: months, amounts, statuses, benefits */
                    validAt?: string;
                    /** @description YYYY-MM-DD (end of that day, +08:00), an ISO moment with offset, or a log position */
                    knownAt?: string;
                    /** @description wait until the record holds this position (read your own write) */
                    minPosition?: string;
                    /** @description name and ID number in full */
                    reveal?: "true" | "false";
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
                            record: {
                                person: {
                                    key: string;
                                    registered: boolean;
                                    sex: ("male" | "female") | null;
                                    birthMonth: string | null;
                                    hukou: string | null;
                                    diedOn: string | null;
                                    merged: string[];
                                };
                                asOf: {
                                    validAt: string | null;
                                    events: number;
                                    position: string | null;
                                    recordedAt: number;
                                };
                                relations: {
                                    province: string;
                                    scheme: string;
                                    /** @enum {string} */
                                    family: "pension" | "medical" | "unemployment" | "injury" | "maternity";
                                    /** @enum {string} */
                                    status: "none" | "open" | "suspended" | "closed" | "moved";
                                    capacity: ("employee" | "flexible" | "resident") | null;
                                    employer: string | null;
                                    temporary: boolean;
                                    from: string | null;
                                    to: string | null;
                                    months_paid: number;
                                    months_standing: number;
                                    ranges: {
                                        from: string;
                                        to: string;
                                    }[];
                                    account_fen: number;
                                    pooled_fen: number;
                                    bases_fen: number;
                                    interest_fen: number;
                                    subsidy_fen: number;
                                    transferredIn: {
                                        transferId: string;
                                        province: string;
                                        months: number;
                                        ranges: {
                                            from: string;
                                            to: string;
                                        }[];
                                        account_fen: number;
                                        pooled_fen: number;
                                        bases_fen: number;
                                    }[];
                                    transferredOut: {
                                        transferId: string;
                                        province: string;
                                        months: number;
                                        ranges: {
                                            from: string;
                                            to: string;
                                        }[];
                                        account_fen: number;
                                        pooled_fen: number;
                                        bases_fen: number;
                                    }[];
                                    lastLine: {
                                        line: string;
                                        from: string;
                                        to: string;
                                        base_fen: number;
                                        paidOn: string;
                                    } | null;
                                }[];
                                months: {
                                    [key: string]: {
                                        [key: string]: ({
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
                                        })[];
                                    };
                                };
                                segments: {
                                    /** @enum {string} */
                                    family: "pension" | "medical" | "unemployment" | "injury" | "maternity";
                                    province: string;
                                    scheme: string;
                                    capacity: ("employee" | "flexible" | "resident") | null;
                                    employer: string | null;
                                    from: string;
                                    to: string;
                                    months: number;
                                    paidIn: string | null;
                                }[];
                                gaps: {
                                    /** @enum {string} */
                                    family: "pension" | "medical" | "unemployment" | "injury" | "maternity";
                                    from: string;
                                    to: string;
                                    months: number;
                                    /** @enum {string} */
                                    why: "NOT_PAID" | "SUSPENDED" | "CLOSED" | "REFUNDED" | "IN_TRANSIT" | "NOT_ENROLLED";
                                    zh: string;
                                    en: string;
                                    province: string | null;
                                    since: string;
                                    reason: string | null;
                                }[];
                                totals: {
                                    families: {
                                        /** @enum {string} */
                                        family: "pension" | "medical" | "unemployment" | "injury" | "maternity";
                                        months_total: number;
                                        months_by_scheme: {
                                            [key: string]: number;
                                        };
                                        months_overlapping: number;
                                        months_in_transit: number;
                                        account_fen: number;
                                        pooled_fen: number;
                                        bases_fen: number;
                                    }[];
                                    account_fen: number;
                                    pooled_fen: number;
                                };
                                cases: {
                                    transfers: {
                                        transferId: string;
                                        scheme: string;
                                        to: string;
                                        /** @enum {string} */
                                        status: "none" | "requested" | "planned" | "completed" | "returned";
                                        open: boolean;
                                        requestedOn: string | null;
                                        endedOn: string | null;
                                        returned: string | null;
                                        placeOfReceipt: {
                                            province: string;
                                            rule: string;
                                        } | null;
                                        legs: {
                                            from: string;
                                            /** @enum {string} */
                                            outcome: "open" | "booked" | "failed";
                                            waitsFor: ("letter" | "statement" | "money" | "booking") | null;
                                            due: string;
                                            escalated: boolean;
                                            letterNo: string | null;
                                            months: number;
                                            account_fen: number;
                                            pooled_fen: number;
                                            received_fen: number;
                                            mismatch_fen: number | null;
                                            disputed: string | null;
                                            failure: string | null;
                                            lettered: string | null;
                                            stated: string | null;
                                            received: string | null;
                                            reconciled: string | null;
                                            booked: string | null;
                                        }[];
                                    }[];
                                    overlaps: {
                                        case: string;
                                        family: string;
                                        kind: string;
                                        /** @enum {string} */
                                        status: "open" | "decided" | "cleared" | "dismissed" | "dissolved";
                                        open: boolean;
                                        sides: string[];
                                        months: number;
                                        ranges: {
                                            from: string;
                                            to: string;
                                        }[];
                                        recommended: string | null;
                                        options: {
                                            keep: string;
                                            drop: string;
                                            months: {
                                                from: string;
                                                to: string;
                                            }[];
                                            refund_fen: number;
                                            legal: string;
                                        }[];
                                        keep: string | null;
                                        refunded_fen: number | null;
                                    }[];
                                    holds: {
                                        scheme: string;
                                        claim: string;
                                        province: string;
                                        reason: string;
                                        other: string | null;
                                    }[];
                                };
                                benefits: {
                                    scheme: string;
                                    claim: string;
                                    province: string;
                                    /** @enum {string} */
                                    status: "claimed" | "awarded" | "ended";
                                    held: ("SECOND_BENEFIT" | "DEATH_REPORTED" | "UNDER_REVIEW") | null;
                                    heldFor: string | null;
                                    from: string;
                                    to: string | null;
                                    monthly_fen: number | null;
                                    basic_fen: number | null;
                                    account_fen: number | null;
                                    transitional_fen: number | null;
                                    months_paid: number;
                                    paid_fen: number;
                                    overpaid_fen: number;
                                    recovered_fen: number;
                                }[];
                                indicators: {
                                    /** @enum {string} */
                                    code: "LATE_PAYMENT" | "GAP" | "OVERLAP" | "LOW_BASE" | "TEMPORARY_ACCOUNT" | "TRANSFER_OPEN" | "TRANSFER_ESCALATED" | "BENEFIT_HELD" | "DECEASED_STILL_ENROLLED" | "NOT_REGISTERED";
                                    zh: string;
                                    en: string;
                                    subject: string | null;
                                    months: number | null;
                                }[];
                            };
                            identity: {
                                /**
                                 * @description erased: the person's key was destroyed; unknown: nobody has registered them yet
                                 * @enum {string}
                                 */
                                state: "masked" | "revealed" | "erased" | "unreadable" | "unknown";
                                name: string | null;
                                citizenId: string | null;
                            };
                            /** @description of the provinces that hold something of this person */
                            freshness: {
                                province: string;
                                zh: string;
                                en: string;
                                /** @enum {string} */
                                state: "fresh" | "stale" | "never";
                                lastHeard: string | null;
                                days: number | null;
                                feeds: number;
                                rows: number;
                            }[];
                            asKnown: {
                                knownAt: string | null;
                                problem: {
                                    stream: string;
                                    revision: number;
                                    cause: string;
                                } | null;
                            };
                            /** @description not null: a fact could not be folded, and the record stands before it */
                            quarantine: {
                                stream: string;
                                revision: number;
                                cause: string;
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
    "/national/persons/{key}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A question answered with its reasons; or a number taken apart into the facts behind it */
        get: {
            parameters: {
                query?: {
                    /** @description record, months, account[:44_110], bases[:…], interest[:…], place, transfer:44, retirement, pension, benefits, overlap:{case} */
                    question?: string;
                    /** @description day whose law is applied; today when left out */
                    ruleDate?: string;
                    /** @description a woman's post decides her retirement age; no fact holds it */
                    post?: "female55" | "female50";
                    /** @description month in which the pension is to start; the statutory one when left out */
                    retirement?: string;
                    /** @description city with a pension base of its own */
                    region?: string;
                    /** @description with the events, so that the document can be checked alone */
                    evidence?: "true" | "false";
                    /** @description without a question: province and scheme, e.g. 44_110 */
                    relation?: string;
                    number?: "account_fen" | "pooled_fen" | "bases_fen" | "months_standing" | "interest_fen" | "subsidy_fen";
                    /** @description YYYY-MM-DD (end of that day, +08:00), an ISO moment with offset, or a log position */
                    knownAt?: string;
                    /** @description the number as it held in this month, as the record of that month shows it */
                    validAt?: string;
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
                            /** @enum {string} */
                            format: "tongzhang-explanation/1";
                            person: string;
                            question: string;
                            ruleDate: string;
                            /** @description month the numbers are about; absent: everything known */
                            validAt?: string;
                            /** @description everything that was put in */
                            given: unknown[];
                            /** @description number -> its tree of rules, parameters and events */
                            answers: {
                                [key: string]: unknown;
                            };
                            events?: unknown[];
                        } | {
                            person: string;
                            relation: string;
                            /** @enum {string} */
                            number: "account_fen" | "pooled_fen" | "bases_fen" | "months_standing" | "interest_fen" | "subsidy_fen";
                            value: number;
                            /** @description their `by` add up to `value` */
                            parts: {
                                eventId: string;
                                type: string;
                                stream: string;
                                revision: number;
                                position: string;
                                /** Format: date-time */
                                recordedAt: string;
                                /** @description how much this fact moved the number */
                                by: number;
                                /** @description the number after it */
                                value: number;
                                months: string | null;
                                line: string | null;
                                ruleVersion: string | null;
                                article: string | null;
                                actor: string | null;
                                source: {
                                    feedId: string;
                                    row: number;
                                    fileHash: string;
                                } | null;
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
    "/national/persons/{key}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has seen this record, when and for what */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    before?: number;
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
                            accesses: {
                                id: number;
                                /** @description the fact in the ledger: /audit/proof gives a receipt for it */
                                event: string;
                                position: string;
                                caller: {
                                    kind: string;
                                    id: string;
                                    province: string | null;
                                };
                                purpose: string;
                                what: string;
                                /** Format: date-time */
                                at: string;
                            }[];
                            next: number | null;
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
    "/national/persons/{key}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between two views, in words: who changed what, when, why, under which rule */
        get: {
            parameters: {
                query?: {
                    /** @description first view: as known then; left out: now */
                    knownAt?: string;
                    /** @description second view: as known then; left out: now */
                    and?: string;
                    /** @description first view: as valid in this month; left out: everything */
                    validAt?: string;
                    /** @description second view: as valid in this month; left out: everything */
                    andValidAt?: string;
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
                            knownAt: string | null;
                            and: string | null;
                            validAt: string | null;
                            andValidAt: string | null;
                            changes: {
                                /** @description person, a relation `44_110`, a family, a transfer, an overlap case or a claim */
                                about: string;
                                what: string;
                                before: string | number | null;
                                after: string | number | null;
                                /** @enum {string} */
                                unit: "fen" | "months" | "text";
                                zh: string;
                                en: string;
                            }[];
                            /** @description facts that one view knows and the other does not */
                            events: {
                                id: string;
                                type: string;
                                stream: string;
                                revision: number;
                                position: string;
                                /** Format: date-time */
                                recordedAt: string;
                                who: {
                                    zh: string;
                                    en: string;
                                };
                                what: {
                                    zh: string;
                                    en: string;
                                };
                                why: {
                                    zh: string;
                                    en: string;
                                };
                                rule: string | null;
                                /** @description who changed what, when, why, under which rule */
                                words: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                            /** @description the comparison in one paragraph */
                            words: {
                                zh: string;
                                en: string;
                            };
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
    "/national/persons/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Masked identities of up to 100 persons, for queues */
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
                        persons: string[];
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
                            /** @description by person key; nobody knows a key that is left out */
                            persons: {
                                [key: string]: {
                                    /**
                                     * @description erased: the person's key was destroyed; unknown: nobody has registered them yet
                                     * @enum {string}
                                     */
                                    state: "masked" | "revealed" | "erased" | "unreadable" | "unknown";
                                    name: string | null;
                                    citizenId: string | null;
                                };
                            };
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
    "/national/persons/{key}/overlaps/{case}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A duplicate enrollment before its decision: keep one side or the other, with months, money and pension */
        get: {
            parameters: {
                query?: {
                    /** @description day whose law is applied; today when left out */
                    ruleDate?: string;
                    post?: "female55" | "female50";
                    /** @description city with a pension base of its own */
                    region?: string;
                    /** @description YYYY-MM-DD (end of that day, +08:00), an ISO moment with offset, or a log position */
                    knownAt?: string;
                    /** @description with the tree of every number and the events */
                    explain?: "true" | "false";
                };
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    key: string;
                    case: string;
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
                            kind: string;
                            options: {
                                keep: string;
                                drop: string;
                                /** @description why no pension is foreseen; null where one is */
                                noPension: string | null;
                                /** @description refund_fen, months_left, account_fen …; {low,middle,high}.monthly_fen going on as now */
                                values: {
                                    [key: string]: number | string | boolean | null | unknown[];
                                };
                            }[];
                            /** @description months, keep (what the rule would keep), agreement_needed */
                            values: {
                                [key: string]: number | string | boolean | null | unknown[];
                            };
                            document?: unknown;
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
    "/national/overlaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Overlap cases by the money at risk */
        get: {
            parameters: {
                query?: {
                    /** @description GB/T 2260 two-digit province code */
                    province?: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                    status?: string;
                    kind?: string;
                    stage?: "before" | "during" | "after";
                    limit?: number;
                    cursor?: string;
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
                            items: {
                                person: string;
                                case: string;
                                family: string;
                                kind: string;
                                status: string;
                                /** @enum {string} */
                                stage: "before" | "during" | "after";
                                stage_zh: string;
                                sides: string[];
                                provinces: string[];
                                months: number;
                                /** @description the largest refund among the options; for benefits, the smaller one for the months, at most a year */
                                atRisk_fen: number;
                                recommended: string | null;
                                keep: string | null;
                                /** Format: date-time */
                                since: string;
                                days_open: number;
                            }[];
                            totals: {
                                kind: string;
                                status: string;
                                /** @enum {string} */
                                stage: "before" | "during" | "after";
                                cases: number;
                                months: number;
                                atRisk_fen: number;
                            }[];
                            next: string | null;
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
    "/national/overlaps/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How good the alarms are: observed precision, cases by month, latency, benefits held */
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
                            dataOf: string | null;
                            all: {
                                /** @description decided to be a duplicate, cleared or not yet */
                                confirmed: number;
                                /** @description decided to be none */
                                dismissed: number;
                                /** @description confirmed / (confirmed + dismissed); null while nothing is decided */
                                precision: number | null;
                                /** @description nobody has decided yet */
                                open: number;
                                /** @description ended by itself: one side took its months back; neither right nor wrong */
                                dissolved: number;
                            };
                            kinds: {
                                /** @description decided to be a duplicate, cleared or not yet */
                                confirmed: number;
                                /** @description decided to be none */
                                dismissed: number;
                                /** @description confirmed / (confirmed + dismissed); null while nothing is decided */
                                precision: number | null;
                                /** @description nobody has decided yet */
                                open: number;
                                /** @description ended by itself: one side took its months back; neither right nor wrong */
                                dissolved: number;
                                kind: string;
                            }[];
                            /** @description opened: by the month of the alarm; the others: by the month of the case's latest act, in China */
                            months: {
                                month: string;
                                opened: number;
                                decided: number;
                                cleared: number;
                                dismissed: number;
                                dissolved: number;
                            }[];
                            /** @description of the newest 100 cases: from the booking of the fact that completed the overlap to the booking of the alarm */
                            alarms: {
                                cases: number;
                                measured: number;
                                median_seconds: number | null;
                                p95_seconds: number | null;
                            };
                            held: {
                                claims: number;
                                /** @description of these, awarded: only they have an amount */
                                withAmount: number;
                                /** @description what the awarded ones would be paid each month */
                                monthly_fen: number;
                                items: {
                                    person: string;
                                    scheme: string;
                                    claim: string;
                                    province: string;
                                    reason: string;
                                    against: string | null;
                                    from: string;
                                    monthly_fen: number | null;
                                    since: string | null;
                                    days: number | null;
                                }[];
                            };
                            /** @description claims held for a benefit case that was then dismissed, and how long until they were released */
                            wronglyHeld: {
                                cases: number;
                                claims: number;
                                days: number | null;
                                median_days: number | null;
                            };
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
    "/national/statistics/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Coverage of one month by province, channel and sex, as known on any day */
        get: {
            parameters: {
                query?: {
                    /** @description left out: the last in which anybody has paid */
                    month?: string;
                    /** @description AAE140 险种类型 */
                    scheme?: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                    /** @description as known at the end of this day; left out: now */
                    knownOn?: string;
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
                            scheme: string;
                            scheme_zh: string;
                            /** @description what was recorded up to the end of this day, in China */
                            knownOn: string;
                            /** @description time of the newest fact folded */
                            dataOf: string | null;
                            definitions: {
                                zh: string;
                                en: string;
                            };
                            /** @description null where nothing is held back */
                            protection: {
                                zh: string;
                                en: string;
                            } | null;
                            /** @description months in which anybody has paid */
                            span: {
                                first: string;
                                last: string;
                            } | null;
                            /** @description null: nothing is known of the scheme */
                            month: string | null;
                            /** @description persons in the ledger now, in any scheme */
                            persons: number;
                            provinces: {
                                province: string;
                                zh: string;
                                en: string;
                                /**
                                 * @description partial: last heard of before the month was over; none: sends data, but none of this scheme; stale, never: silent
                                 * @enum {string}
                                 */
                                state: "fresh" | "partial" | "stale" | "none" | "never";
                                lastHeard: string | null;
                                cells: {
                                    /** @enum {string} */
                                    sex: "male" | "female" | "unregistered";
                                    /** @enum {string} */
                                    channel: "employee" | "flexible" | "resident" | "unstated";
                                    /** @description null: held back, because the cell or a part of it is smaller than 5 */
                                    enrolled: number | null;
                                    /** @description null: held back, because the cell or a part of it is smaller than 5 */
                                    paid: number | null;
                                }[];
                                suppressed: number;
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
    "/national/statistics/coverage/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Coverage of one province, month by month */
        get: {
            parameters: {
                query: {
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                    /** @description AAE140 险种类型 */
                    scheme?: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                    /** @description as known at the end of this day; left out: now */
                    knownOn?: string;
                    months?: number;
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
                            scheme: string;
                            scheme_zh: string;
                            /** @description what was recorded up to the end of this day, in China */
                            knownOn: string;
                            /** @description time of the newest fact folded */
                            dataOf: string | null;
                            definitions: {
                                zh: string;
                                en: string;
                            };
                            /** @description null where nothing is held back */
                            protection: {
                                zh: string;
                                en: string;
                            } | null;
                            /** @description months in which anybody has paid */
                            span: {
                                first: string;
                                last: string;
                            } | null;
                            province: string;
                            months: {
                                month: string;
                                cells: {
                                    /** @enum {string} */
                                    sex: "male" | "female" | "unregistered";
                                    /** @enum {string} */
                                    channel: "employee" | "flexible" | "resident" | "unstated";
                                    /** @description null: held back, because the cell or a part of it is smaller than 5 */
                                    enrolled: number | null;
                                    /** @description null: held back, because the cell or a part of it is smaller than 5 */
                                    paid: number | null;
                                }[];
                                suppressed: number;
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
    "/national/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every rule that explains a number: its title, its operands in words, its versions with articles */
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
                            rules: {
                                id: string;
                                title: {
                                    zh: string;
                                    en: string;
                                };
                                summary: {
                                    zh: string;
                                    en: string;
                                };
                                unit: string;
                                operands: {
                                    [key: string]: {
                                        zh: string;
                                        en: string;
                                    };
                                };
                                versions: {
                                    from: string;
                                    formula: string;
                                    article: string;
                                    source: string;
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
    "/national/persons/{key}/paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Did the employer pay: per payer and month what is known, what is missing, who should act */
        get: {
            parameters: {
                query?: never;
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
                            today: string;
                            /** @description last month that is over */
                            current: string;
                            stages: {
                                /** @enum {string} */
                                stage: "declared" | "withheld" | "remitted" | "credited";
                                known: boolean;
                                zh: string;
                                en: string;
                            }[];
                            alerts: {
                                relation: string;
                                employer: string | null;
                                family: string;
                                /** @enum {string} */
                                state: "missing" | "unreported" | "reversed";
                                from: string;
                                to: string;
                                months: number;
                                zh: string;
                                en: string;
                                /** @description who should act, and by which article */
                                acts: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                            payers: {
                                relation: string;
                                province: {
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                scheme: {
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                family: string;
                                /** @enum {string} */
                                kind: "employer" | "own";
                                /** @description the employer's or platform enterprise's number, as the agency reported it */
                                employer: string | null;
                                open: boolean;
                                months: {
                                    month: string;
                                    /** @enum {string} */
                                    state: "credited" | "late" | "reversed" | "refunded" | "elsewhere" | "missing" | "unreported" | "waiting";
                                    base_fen: number | null;
                                    employer_fen: number | null;
                                    personal_fen: number | null;
                                    subsidy_fen: number | null;
                                    /** @description a line for a whole year or half: the amounts are the line's, divided by this */
                                    months_of_line: number;
                                    /** @description paid, as the agency reported it */
                                    remitted: {
                                        on: string;
                                        by: {
                                            zh: string;
                                            en: string;
                                        };
                                    } | null;
                                    /** @description when the ledger took it, and the fact a receipt can be had for */
                                    credited: {
                                        /** Format: date-time */
                                        at: string;
                                        event: string;
                                        feed: string | null;
                                        row: number | null;
                                    } | null;
                                    /** @description reason of a correction or reversal */
                                    note: string | null;
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
    "/national/persons/{key}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Futures side by side: what a month would pay, cost and gain, as a range with its assumptions */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description going on as now when left out */
                        scenarios?: {
                            /** @description under which the answer stands; the first scenario is what the others are compared with */
                            name: string;
                            /** @description month in which the pension is to start; the statutory one when left out */
                            retire?: string;
                            /** @description what a month is paid on, before its limits; an amount is today's money and grows with wages */
                            base?: ("last" | "floor" | "ceiling") | {
                                amount_fen: number;
                            };
                            /** @enum {string} */
                            channel?: "employee" | "flexible" | "resident";
                            move?: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                to: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                /** @description 费款所属期 month, YYYY-MM */
                                from?: string;
                            };
                            /** @description first month for which nothing is paid any more */
                            stop?: string;
                            /** @description paid a year in the resident scheme; the highest tier known when left out */
                            tier_fen?: number;
                        }[];
                        /**
                         * @description the first scenario as employee, flexible worker and resident
                         * @enum {string}
                         */
                        compare?: "channels";
                        /** @description rates a year; those left out are the program's */
                        assumptions?: {
                            wageGrowth?: {
                                low: string;
                                middle: string;
                                high: string;
                            };
                            pensionBaseGrowth?: {
                                low: string;
                                middle: string;
                                high: string;
                            };
                            accountInterest?: {
                                low: string;
                                middle: string;
                                high: string;
                            };
                            residentBasicGrowth?: {
                                low: string;
                                middle: string;
                                high: string;
                            };
                        };
                        /**
                         * Format: date
                         * @description day whose law is applied and on which the future begins; today when left out
                         */
                        ruleDate?: string;
                        /** @description YYYY-MM-DD (end of that day, +08:00), an ISO moment with offset, or a log position */
                        knownAt?: string;
                        /** @enum {string} */
                        post?: "female55" | "female50";
                        region?: string;
                        /** @description months that count without having been paid 视同缴费; no event holds them */
                        deemed?: {
                            /**
                             * @description GB/T 2260 two-digit province code
                             * @enum {string}
                             */
                            province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                            /** @description 费款所属期 month, YYYY-MM */
                            from: string;
                            /** @description 费款所属期 month, YYYY-MM */
                            to: string;
                            months: number;
                        }[];
                        /**
                         * @description answers to explain, e.g. now.middle.monthly_fen: their trees with the events they were made of
                         * @default []
                         */
                        explain?: string[];
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
                            /** @description SHA-256 of `content`: the same question to the same history has the same id and the same numbers */
                            id: string;
                            content: {
                                /** @enum {string} */
                                format: "tongzhang-simulation/1";
                                person: string;
                                ruleDate: string;
                                events: {
                                    count: number;
                                    digest: string;
                                };
                                post: string | null;
                                region: string | null;
                                deemed: unknown[];
                                scenarios: {
                                    /** @description under which the answer stands; the first scenario is what the others are compared with */
                                    name: string;
                                    /** @description month in which the pension is to start; the statutory one when left out */
                                    retire?: string;
                                    /** @description what a month is paid on, before its limits; an amount is today's money and grows with wages */
                                    base?: ("last" | "floor" | "ceiling") | {
                                        amount_fen: number;
                                    };
                                    /** @enum {string} */
                                    channel?: "employee" | "flexible" | "resident";
                                    move?: {
                                        /**
                                         * @description GB/T 2260 two-digit province code
                                         * @enum {string}
                                         */
                                        to: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from?: string;
                                    };
                                    /** @description first month for which nothing is paid any more */
                                    stop?: string;
                                    /** @description paid a year in the resident scheme; the highest tier known when left out */
                                    tier_fen?: number;
                                }[];
                                assumptions: {
                                    wageGrowth: {
                                        low: string;
                                        middle: string;
                                        high: string;
                                    };
                                    pensionBaseGrowth: {
                                        low: string;
                                        middle: string;
                                        high: string;
                                    };
                                    accountInterest: {
                                        low: string;
                                        middle: string;
                                        high: string;
                                    };
                                    residentBasicGrowth: {
                                        low: string;
                                        middle: string;
                                        high: string;
                                    };
                                };
                                /** @description published numbers that went in */
                                parameters: string[];
                            };
                            /** @description monthly_fen, basic_fen, account_fen, months, place, pension_from, paid_fen …; compared_* against the first scenario */
                            scenarios: {
                                [key: string]: {
                                    low: {
                                        /** @enum {string} */
                                        refused: "no-future" | "never-insured" | "not-registered" | "post-unknown" | "retirement-not-allowed" | "no-base-known" | "no-limits" | "no-rate" | "no-pension-base" | "no-index" | "no-divisor" | "before-the-rules" | "no-resident-basic";
                                        zh: string;
                                        en: string;
                                    } | {
                                        [key: string]: number | string | boolean | null;
                                    };
                                    middle: {
                                        /** @enum {string} */
                                        refused: "no-future" | "never-insured" | "not-registered" | "post-unknown" | "retirement-not-allowed" | "no-base-known" | "no-limits" | "no-rate" | "no-pension-base" | "no-index" | "no-divisor" | "before-the-rules" | "no-resident-basic";
                                        zh: string;
                                        en: string;
                                    } | {
                                        [key: string]: number | string | boolean | null;
                                    };
                                    high: {
                                        /** @enum {string} */
                                        refused: "no-future" | "never-insured" | "not-registered" | "post-unknown" | "retirement-not-allowed" | "no-base-known" | "no-limits" | "no-rate" | "no-pension-base" | "no-index" | "no-divisor" | "before-the-rules" | "no-resident-basic";
                                        zh: string;
                                        en: string;
                                    } | {
                                        [key: string]: number | string | boolean | null;
                                    };
                                };
                            };
                            assumptions: {
                                zh: string;
                                en: string;
                            }[];
                            /** @description the answers to explain, by scenario.variant.name, for verify-explanation */
                            document?: unknown;
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
    "/national/appeals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Appeals: a person's own, those an agency has to answer, all for the center; the most urgent first */
        get: {
            parameters: {
                query?: {
                    state?: "open" | "ended" | "all";
                    /** @description for the center */
                    holder?: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | "CN";
                    /** @description for the center */
                    person?: string;
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
                            today: string;
                            open: number;
                            overdue: number;
                            appeals: {
                                id: string;
                                person: string;
                                /** @enum {string} */
                                status: "open" | "waiting" | "upheld" | "rejected" | "withdrawn";
                                statusWords: {
                                    zh: string;
                                    en: string;
                                };
                                subject: string;
                                about: {
                                    zh: string;
                                    en: string;
                                };
                                /** @description as the person saw it */
                                shown: string;
                                filedOn: string;
                                holder: {
                                    /** @description province code, or CN for the national center */
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                /** @description null while the person is waited for, and once it has ended */
                                due: string | null;
                                /** @description calendar days; negative once the limit has passed */
                                daysLeft: number | null;
                                overdue: boolean;
                                escalated: boolean;
                                /** @description who acts, until when, why */
                                next: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Appeal about a number, by the person
         * @description It goes to the province that reported the number's newest fact, or to the center, with a limit.
         */
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
                        /** @description relation:44_110:account_fen, family:pension:months_standing, paid:44_110:2026-03, gap:…, transfer:…, estimate:… */
                        subject: string;
                        /** @description the value as the page showed it */
                        shown: string;
                        /** @description what is wrong, in the person's own words */
                        text: string;
                        validAt?: string | null;
                        knownAt?: string | null;
                        /** @description sent again with the same id: the same appeal */
                        commandId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            person: string;
                            /** @enum {string} */
                            status: "open" | "waiting" | "upheld" | "rejected" | "withdrawn";
                            statusWords: {
                                zh: string;
                                en: string;
                            };
                            subject: string;
                            about: {
                                zh: string;
                                en: string;
                            };
                            /** @description as the person saw it */
                            shown: string;
                            filedOn: string;
                            holder: {
                                /** @description province code, or CN for the national center */
                                code: string;
                                zh: string;
                                en: string;
                            };
                            /** @description null while the person is waited for, and once it has ended */
                            due: string | null;
                            /** @description calendar days; negative once the limit has passed */
                            daysLeft: number | null;
                            overdue: boolean;
                            escalated: boolean;
                            /** @description who acts, until when, why */
                            next: {
                                zh: string;
                                en: string;
                            };
                            validAt: string | null;
                            knownAt: string | null;
                            position: string | null;
                            /** @description the ledger's own: at the position of the appeal, and today */
                            values: {
                                filed: {
                                    zh: string;
                                    en: string;
                                } | null;
                                today: {
                                    zh: string;
                                    en: string;
                                } | null;
                            };
                            answer: {
                                /** @enum {string} */
                                outcome: "upheld" | "rejected" | "more_needed";
                                by: {
                                    /** @description province code, or CN for the national center */
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                reason: string;
                                article: string | null;
                                correction: string | null;
                                on: string;
                            } | null;
                            /** @description what the person can do against the answer */
                            further: {
                                zh: string;
                                en: string;
                            } | null;
                            limit: {
                                days: number;
                                article: string;
                                confidence: string;
                            };
                            history: {
                                /** Format: date-time */
                                at: string;
                                type: string;
                                words: {
                                    zh: string;
                                    en: string;
                                };
                                /** @description the person's own words, where the line holds any; null once they are erased */
                                text: string | null;
                            }[];
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
    "/national/appeals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One appeal: the person's words, the ledger's values then and now, the answer, the history */
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
                            person: string;
                            /** @enum {string} */
                            status: "open" | "waiting" | "upheld" | "rejected" | "withdrawn";
                            statusWords: {
                                zh: string;
                                en: string;
                            };
                            subject: string;
                            about: {
                                zh: string;
                                en: string;
                            };
                            /** @description as the person saw it */
                            shown: string;
                            filedOn: string;
                            holder: {
                                /** @description province code, or CN for the national center */
                                code: string;
                                zh: string;
                                en: string;
                            };
                            /** @description null while the person is waited for, and once it has ended */
                            due: string | null;
                            /** @description calendar days; negative once the limit has passed */
                            daysLeft: number | null;
                            overdue: boolean;
                            escalated: boolean;
                            /** @description who acts, until when, why */
                            next: {
                                zh: string;
                                en: string;
                            };
                            validAt: string | null;
                            knownAt: string | null;
                            position: string | null;
                            /** @description the ledger's own: at the position of the appeal, and today */
                            values: {
                                filed: {
                                    zh: string;
                                    en: string;
                                } | null;
                                today: {
                                    zh: string;
                                    en: string;
                                } | null;
                            };
                            answer: {
                                /** @enum {string} */
                                outcome: "upheld" | "rejected" | "more_needed";
                                by: {
                                    /** @description province code, or CN for the national center */
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                reason: string;
                                article: string | null;
                                correction: string | null;
                                on: string;
                            } | null;
                            /** @description what the person can do against the answer */
                            further: {
                                zh: string;
                                en: string;
                            } | null;
                            limit: {
                                days: number;
                                article: string;
                                confidence: string;
                            };
                            history: {
                                /** Format: date-time */
                                at: string;
                                type: string;
                                words: {
                                    zh: string;
                                    en: string;
                                };
                                /** @description the person's own words, where the line holds any; null once they are erased */
                                text: string | null;
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
    "/national/appeals/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The answer, by who holds it or the center */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "upheld" | "rejected" | "more_needed";
                        /** @description read by the person; no other person's data */
                        reason: string;
                        /** @description needed for a rejection */
                        article?: string | null;
                        /** @description needed for an upheld appeal: what will be corrected, by whom */
                        correction?: string | null;
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
                            id: string;
                            person: string;
                            /** @enum {string} */
                            status: "open" | "waiting" | "upheld" | "rejected" | "withdrawn";
                            statusWords: {
                                zh: string;
                                en: string;
                            };
                            subject: string;
                            about: {
                                zh: string;
                                en: string;
                            };
                            /** @description as the person saw it */
                            shown: string;
                            filedOn: string;
                            holder: {
                                /** @description province code, or CN for the national center */
                                code: string;
                                zh: string;
                                en: string;
                            };
                            /** @description null while the person is waited for, and once it has ended */
                            due: string | null;
                            /** @description calendar days; negative once the limit has passed */
                            daysLeft: number | null;
                            overdue: boolean;
                            escalated: boolean;
                            /** @description who acts, until when, why */
                            next: {
                                zh: string;
                                en: string;
                            };
                            validAt: string | null;
                            knownAt: string | null;
                            position: string | null;
                            /** @description the ledger's own: at the position of the appeal, and today */
                            values: {
                                filed: {
                                    zh: string;
                                    en: string;
                                } | null;
                                today: {
                                    zh: string;
                                    en: string;
                                } | null;
                            };
                            answer: {
                                /** @enum {string} */
                                outcome: "upheld" | "rejected" | "more_needed";
                                by: {
                                    /** @description province code, or CN for the national center */
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                reason: string;
                                article: string | null;
                                correction: string | null;
                                on: string;
                            } | null;
                            /** @description what the person can do against the answer */
                            further: {
                                zh: string;
                                en: string;
                            } | null;
                            limit: {
                                days: number;
                                article: string;
                                confidence: string;
                            };
                            history: {
                                /** Format: date-time */
                                at: string;
                                type: string;
                                words: {
                                    zh: string;
                                    en: string;
                                };
                                /** @description the person's own words, where the line holds any; null once they are erased */
                                text: string | null;
                            }[];
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
    "/national/appeals/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Passed on to who can answer; the limit stays */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        to: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | "CN";
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
                            id: string;
                            person: string;
                            /** @enum {string} */
                            status: "open" | "waiting" | "upheld" | "rejected" | "withdrawn";
                            statusWords: {
                                zh: string;
                                en: string;
                            };
                            subject: string;
                            about: {
                                zh: string;
                                en: string;
                            };
                            /** @description as the person saw it */
                            shown: string;
                            filedOn: string;
                            holder: {
                                /** @description province code, or CN for the national center */
                                code: string;
                                zh: string;
                                en: string;
                            };
                            /** @description null while the person is waited for, and once it has ended */
                            due: string | null;
                            /** @description calendar days; negative once the limit has passed */
                            daysLeft: number | null;
                            overdue: boolean;
                            escalated: boolean;
                            /** @description who acts, until when, why */
                            next: {
                                zh: string;
                                en: string;
                            };
                            validAt: string | null;
                            knownAt: string | null;
                            position: string | null;
                            /** @description the ledger's own: at the position of the appeal, and today */
                            values: {
                                filed: {
                                    zh: string;
                                    en: string;
                                } | null;
                                today: {
                                    zh: string;
                                    en: string;
                                } | null;
                            };
                            answer: {
                                /** @enum {string} */
                                outcome: "upheld" | "rejected" | "more_needed";
                                by: {
                                    /** @description province code, or CN for the national center */
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                reason: string;
                                article: string | null;
                                correction: string | null;
                                on: string;
                            } | null;
                            /** @description what the person can do against the answer */
                            further: {
                                zh: string;
                                en: string;
                            } | null;
                            limit: {
                                days: number;
                                article: string;
                                confidence: string;
                            };
                            history: {
                                /** Format: date-time */
                                at: string;
                                type: string;
                                words: {
                                    zh: string;
                                    en: string;
                                };
                                /** @description the person's own words, where the line holds any; null once they are erased */
                                text: string | null;
                            }[];
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
    "/national/appeals/{id}/supplement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the person was asked for; the clock starts anew */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
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
                            id: string;
                            person: string;
                            /** @enum {string} */
                            status: "open" | "waiting" | "upheld" | "rejected" | "withdrawn";
                            statusWords: {
                                zh: string;
                                en: string;
                            };
                            subject: string;
                            about: {
                                zh: string;
                                en: string;
                            };
                            /** @description as the person saw it */
                            shown: string;
                            filedOn: string;
                            holder: {
                                /** @description province code, or CN for the national center */
                                code: string;
                                zh: string;
                                en: string;
                            };
                            /** @description null while the person is waited for, and once it has ended */
                            due: string | null;
                            /** @description calendar days; negative once the limit has passed */
                            daysLeft: number | null;
                            overdue: boolean;
                            escalated: boolean;
                            /** @description who acts, until when, why */
                            next: {
                                zh: string;
                                en: string;
                            };
                            validAt: string | null;
                            knownAt: string | null;
                            position: string | null;
                            /** @description the ledger's own: at the position of the appeal, and today */
                            values: {
                                filed: {
                                    zh: string;
                                    en: string;
                                } | null;
                                today: {
                                    zh: string;
                                    en: string;
                                } | null;
                            };
                            answer: {
                                /** @enum {string} */
                                outcome: "upheld" | "rejected" | "more_needed";
                                by: {
                                    /** @description province code, or CN for the national center */
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                reason: string;
                                article: string | null;
                                correction: string | null;
                                on: string;
                            } | null;
                            /** @description what the person can do against the answer */
                            further: {
                                zh: string;
                                en: string;
                            } | null;
                            limit: {
                                days: number;
                                article: string;
                                confidence: string;
                            };
                            history: {
                                /** Format: date-time */
                                at: string;
                                type: string;
                                words: {
                                    zh: string;
                                    en: string;
                                };
                                /** @description the person's own words, where the line holds any; null once they are erased */
                                text: string | null;
                            }[];
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
    "/national/appeals/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdrawn by the person */
        post: {
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
                            person: string;
                            /** @enum {string} */
                            status: "open" | "waiting" | "upheld" | "rejected" | "withdrawn";
                            statusWords: {
                                zh: string;
                                en: string;
                            };
                            subject: string;
                            about: {
                                zh: string;
                                en: string;
                            };
                            /** @description as the person saw it */
                            shown: string;
                            filedOn: string;
                            holder: {
                                /** @description province code, or CN for the national center */
                                code: string;
                                zh: string;
                                en: string;
                            };
                            /** @description null while the person is waited for, and once it has ended */
                            due: string | null;
                            /** @description calendar days; negative once the limit has passed */
                            daysLeft: number | null;
                            overdue: boolean;
                            escalated: boolean;
                            /** @description who acts, until when, why */
                            next: {
                                zh: string;
                                en: string;
                            };
                            validAt: string | null;
                            knownAt: string | null;
                            position: string | null;
                            /** @description the ledger's own: at the position of the appeal, and today */
                            values: {
                                filed: {
                                    zh: string;
                                    en: string;
                                } | null;
                                today: {
                                    zh: string;
                                    en: string;
                                } | null;
                            };
                            answer: {
                                /** @enum {string} */
                                outcome: "upheld" | "rejected" | "more_needed";
                                by: {
                                    /** @description province code, or CN for the national center */
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                reason: string;
                                article: string | null;
                                correction: string | null;
                                on: string;
                            } | null;
                            /** @description what the person can do against the answer */
                            further: {
                                zh: string;
                                en: string;
                            } | null;
                            limit: {
                                days: number;
                                article: string;
                                confidence: string;
                            };
                            history: {
                                /** Format: date-time */
                                at: string;
                                type: string;
                                words: {
                                    zh: string;
                                    en: string;
                                };
                                /** @description the person's own words, where the line holds any; null once they are erased */
                                text: string | null;
                            }[];
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
