/** Made by `npm run console:api` from /transfer/openapi.json; do not edit. */
export interface paths {
    "/transfer/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One application: the bar, every leg, the history */
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                            placeOfReceipt: {
                                province: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            /** @description query of GET /national/persons/{key}/explain: its answers legs.{province}.months, .account_fen, .pooled_fen, .bases_fen, placeOfReceipt.* are the planned numbers */
                            explainedBy: {
                                question: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                ruleDate: string;
                                /** Format: date-time */
                                knownAt: string;
                            } | null;
                            completedOn: string | null;
                            returned: {
                                reason: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            legs: {
                                from: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                /** @description what the leg waits for; null when it is over */
                                step: ("letter" | "statement" | "money" | "booking") | null;
                                stepWords: {
                                    zh: string;
                                    en: string;
                                } | null;
                                done: number;
                                /** @description who holds it */
                                holder: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                } | null;
                                due: string | null;
                                /** @description negative: days late */
                                workingDaysLeft: number | null;
                                overdue: boolean;
                                reminded: boolean;
                                escalated: boolean;
                                /** @description why it waits */
                                waiting: {
                                    zh: string;
                                    en: string;
                                } | null;
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                letterNo: string | null;
                                planned: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                };
                                statement: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                } | null;
                                received: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    account_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    pooled_fen: number;
                                    remittances: number;
                                };
                                mismatch: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    stated_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    received_fen: number;
                                } | null;
                                disputed: string | null;
                                /** @enum {string} */
                                outcome: "open" | "booked" | "failed";
                                failure: string | null;
                            }[];
                            history: {
                                /** @description ms since 1970 */
                                at: number;
                                type: string;
                                leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                words: {
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transfer/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an agency has to do next */
        get: {
            parameters: {
                query: {
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                    role?: "origin" | "receiver";
                    task?: "send_statement" | "send_money" | "record_money" | "settle_dispute" | "correct_money";
                    overdue?: string;
                    /** @description true: of the page, only what may be accepted in a batch */
                    clean?: string;
                    offset?: number;
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
                            tasks: {
                                transferId: string;
                                /** @description keyed hash of the citizen ID number */
                                person: string;
                                /**
                                 * @description AAE140 险种类型
                                 * @enum {string}
                                 */
                                scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                                leg: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                to: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                /**
                                 * @description what the province is in this leg: the former place or the new one
                                 * @enum {string}
                                 */
                                role: "origin" | "receiver";
                                /** @enum {string} */
                                task: "send_statement" | "send_money" | "record_money" | "settle_dispute" | "correct_money";
                                taskWords: {
                                    zh: string;
                                    en: string;
                                };
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                due: string;
                                workingDaysLeft: number;
                                overdue: boolean;
                                escalated: boolean;
                                letterNo: string | null;
                                /** @description money in fen (1/100 yuan), a whole number */
                                expected_fen: number;
                                /** @description of the statement, or of the plan before it */
                                months: number;
                                /** @description what was said last about the leg */
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                /** @description may be accepted in a batch: `POST /transfer/{id}/legs/{province}/accept` */
                                clean: boolean;
                                /** @description why it needs a closer look; empty when it is clean */
                                whyNot: {
                                    zh: string;
                                    en: string;
                                }[];
                            }[];
                            /** @description that match, on all pages */
                            total: number;
                            overdue: number;
                            /** @description of all tasks of the province, whatever was asked for */
                            counts: {
                                [key: string]: number;
                            };
                            /** @description `offset` of the next page */
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
    "/transfer/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Applications with state, clock and fen in transit */
        get: {
            parameters: {
                query?: {
                    state?: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                    /** @description receiving or former province */
                    province?: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                    overdue?: string;
                    escalated?: string;
                    order?: "newest" | "urgent";
                    cursor?: string;
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
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            today: string;
                            transfers: {
                                transferId: string;
                                /** @description keyed hash of the citizen ID number */
                                person: string;
                                /**
                                 * @description AAE140 险种类型
                                 * @enum {string}
                                 */
                                scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                                to: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                /** @enum {string} */
                                state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                                stateWords: {
                                    zh: string;
                                    en: string;
                                };
                                headline: {
                                    zh: string;
                                    en: string;
                                };
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                requestedOn: string;
                                progress: {
                                    done: number;
                                    of: number;
                                    percent: number;
                                };
                                /** @description months under way or moved */
                                months: number;
                                /** @description account and pooled money of the legs that did not fail */
                                amount_fen: number;
                                /** @description money in fen (1/100 yuan), a whole number */
                                inTransit_fen: number;
                                overdue: boolean;
                                escalated: boolean;
                                nextDue: string | null;
                                legs: {
                                    from: {
                                        /**
                                         * @description GB/T 2260 two-digit province code
                                         * @enum {string}
                                         */
                                        code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                        zh: string;
                                        en: string;
                                    };
                                    temporary: boolean;
                                    /** @description what the leg waits for; null when it is over */
                                    step: ("letter" | "statement" | "money" | "booking") | null;
                                    stepWords: {
                                        zh: string;
                                        en: string;
                                    } | null;
                                    done: number;
                                    /** @description who holds it */
                                    holder: {
                                        /**
                                         * @description GB/T 2260 two-digit province code
                                         * @enum {string}
                                         */
                                        code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                        zh: string;
                                        en: string;
                                    } | null;
                                    due: string | null;
                                    /** @description negative: days late */
                                    workingDaysLeft: number | null;
                                    overdue: boolean;
                                    reminded: boolean;
                                    escalated: boolean;
                                    /** @description why it waits */
                                    waiting: {
                                        zh: string;
                                        en: string;
                                    } | null;
                                    lastMessage: {
                                        /** @description ms since 1970 */
                                        at: number;
                                        type: string;
                                        leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                        words: {
                                            zh: string;
                                            en: string;
                                        };
                                    } | null;
                                    letterNo: string | null;
                                    planned: {
                                        months: {
                                            /** @description 费款所属期 month, YYYY-MM */
                                            from: string;
                                            /** @description 费款所属期 month, YYYY-MM */
                                            to: string;
                                        }[];
                                        /** @description money in fen, not negative */
                                        account_fen: number;
                                        /** @description money in fen, not negative */
                                        pooled_fen: number;
                                        /** @description money in fen, not negative */
                                        bases_fen: number;
                                    };
                                    statement: {
                                        months: {
                                            /** @description 费款所属期 month, YYYY-MM */
                                            from: string;
                                            /** @description 费款所属期 month, YYYY-MM */
                                            to: string;
                                        }[];
                                        /** @description money in fen, not negative */
                                        account_fen: number;
                                        /** @description money in fen, not negative */
                                        pooled_fen: number;
                                        /** @description money in fen, not negative */
                                        bases_fen: number;
                                    } | null;
                                    received: {
                                        /** @description money in fen (1/100 yuan), a whole number */
                                        account_fen: number;
                                        /** @description money in fen (1/100 yuan), a whole number */
                                        pooled_fen: number;
                                        remittances: number;
                                    };
                                    mismatch: {
                                        /** @description money in fen (1/100 yuan), a whole number */
                                        stated_fen: number;
                                        /** @description money in fen (1/100 yuan), a whole number */
                                        received_fen: number;
                                    } | null;
                                    disputed: string | null;
                                    /** @enum {string} */
                                    outcome: "open" | "booked" | "failed";
                                    failure: string | null;
                                }[];
                                completedOn: string | null;
                                returned: {
                                    reason: string;
                                    /**
                                     * Format: date
                                     * @description date YYYY-MM-DD in China (+08:00)
                                     */
                                    on: string;
                                } | null;
                            }[];
                            /** @description that match, on all pages */
                            total: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            counts: {
                                [key: string]: number;
                            };
                            /** @description cursor of the next page */
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
    "/transfer/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The way of the legs: how many took each step and in how many working days; former by new province */
        get: {
            parameters: {
                query?: {
                    /** @description receiving or former province */
                    province?: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
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
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            today: string;
                            /** @description time of the newest event of these applications */
                            dataOf: string | null;
                            /** @description all in the index: those open, and the last 50,000 finished */
                            applications: number;
                            /** @description their legs, one per former province */
                            legs: number;
                            /** @description in their order; days are those since the step before */
                            steps: {
                                median_wd: number | null;
                                p95_wd: number | null;
                                /** @enum {string} */
                                step: "requested" | "letter" | "statement" | "money" | "booking";
                                /** @description legs that have taken this step */
                                reached: number;
                                /** @description open legs that wait for this step */
                                waiting: number;
                                /** @description of those waiting, past their due date */
                                overdue: number;
                                /** @description legs that ended without it */
                                failed: number;
                            }[];
                            whole: {
                                median_wd: number | null;
                                p95_wd: number | null;
                                completed: number;
                            };
                            pairs: {
                                median_wd: number | null;
                                p95_wd: number | null;
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                from: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                to: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                legs: number;
                                open: number;
                                overdue: number;
                                /** @description the days are theirs: from the application to the booking */
                                booked: number;
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
    "/transfer/{id}/legs/{province}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Draft of the statement 信息表 from the origin's ledger */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
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
                            moved: {
                                months: {
                                    /** @description 费款所属期 month, YYYY-MM */
                                    from: string;
                                    /** @description 费款所属期 month, YYYY-MM */
                                    to: string;
                                }[];
                                /** @description money in fen (1/100 yuan), a whole number */
                                account_fen: number;
                                /** @description money in fen (1/100 yuan), a whole number */
                                pooled_fen: number;
                                /** @description money in fen (1/100 yuan), a whole number */
                                bases_fen: number;
                            };
                            form: {
                                /** @description 在本地缴费起始时间 */
                                AAE030: string | null;
                                /** @description 在本地缴费终止时间 */
                                AAE031: string | null;
                                /** @description 在本地实际缴费月数 */
                                AAE201: number;
                                /**
                                 * Format: date
                                 * @description 转移时间
                                 */
                                AAE035: string;
                                /** @description 1998年1月1日前账户中个人缴费累计储存额 */
                                AIC093: number;
                                /** @description 1998年1月1日至调转上年末个人账户累计储存额 */
                                AIC089: number;
                                /** @description 调转当年记入个人账户本金金额 */
                                AIC082: number;
                                /** @description 个人账户基金转移额 */
                                AIC083: number;
                                /** @description 统筹基金转移额 */
                                AIC084: number;
                                /** @description 转移基金总额 */
                                AIC102: number;
                                /**
                                 * @description 是否临时账户
                                 * @enum {string}
                                 */
                                AAE473: "0" | "1";
                            };
                            years: {
                                AAB299: string;
                                AAB300: string;
                                AAE001: number;
                                AAE041: string;
                                AAE042: string;
                                AAE202: number;
                                /** @description money in fen (1/100 yuan), a whole number */
                                AAE180: number;
                                /** @description money in fen (1/100 yuan), a whole number */
                                AAE381: number;
                            }[];
                            controlSums: {
                                rule: string;
                                left: number;
                                right: number;
                                holds: boolean;
                            }[];
                            citation: {
                                rule: string;
                                version: string;
                                article: string;
                                source: string;
                                confidence: string;
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
    "/transfer/{id}/legs/{province}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Origin: send the statement and end the relation */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        months?: {
                            /** @description 费款所属期 month, YYYY-MM */
                            from: string;
                            /** @description 费款所属期 month, YYYY-MM */
                            to: string;
                        }[];
                        /** @description money in fen, not negative */
                        account_fen?: number;
                        /** @description money in fen, not negative */
                        pooled_fen?: number;
                        /** @description money in fen, not negative */
                        bases_fen?: number;
                    } | null;
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                            placeOfReceipt: {
                                province: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            completedOn: string | null;
                            returned: {
                                reason: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            legs: {
                                from: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                /** @description what the leg waits for; null when it is over */
                                step: ("letter" | "statement" | "money" | "booking") | null;
                                stepWords: {
                                    zh: string;
                                    en: string;
                                } | null;
                                done: number;
                                /** @description who holds it */
                                holder: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                } | null;
                                due: string | null;
                                /** @description negative: days late */
                                workingDaysLeft: number | null;
                                overdue: boolean;
                                reminded: boolean;
                                escalated: boolean;
                                /** @description why it waits */
                                waiting: {
                                    zh: string;
                                    en: string;
                                } | null;
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                letterNo: string | null;
                                planned: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                };
                                statement: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                } | null;
                                received: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    account_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    pooled_fen: number;
                                    remittances: number;
                                };
                                mismatch: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    stated_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    received_fen: number;
                                } | null;
                                disputed: string | null;
                                /** @enum {string} */
                                outcome: "open" | "booked" | "failed";
                                failure: string | null;
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
    "/transfer/{id}/legs/{province}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Origin: send a clean statement as the letter expected it; refused with its reasons when it is not clean */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                            placeOfReceipt: {
                                province: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            completedOn: string | null;
                            returned: {
                                reason: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            legs: {
                                from: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                /** @description what the leg waits for; null when it is over */
                                step: ("letter" | "statement" | "money" | "booking") | null;
                                stepWords: {
                                    zh: string;
                                    en: string;
                                } | null;
                                done: number;
                                /** @description who holds it */
                                holder: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                } | null;
                                due: string | null;
                                /** @description negative: days late */
                                workingDaysLeft: number | null;
                                overdue: boolean;
                                reminded: boolean;
                                escalated: boolean;
                                /** @description why it waits */
                                waiting: {
                                    zh: string;
                                    en: string;
                                } | null;
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                letterNo: string | null;
                                planned: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                };
                                statement: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                } | null;
                                received: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    account_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    pooled_fen: number;
                                    remittances: number;
                                };
                                mismatch: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    stated_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    received_fen: number;
                                } | null;
                                disputed: string | null;
                                /** @enum {string} */
                                outcome: "open" | "booked" | "failed";
                                failure: string | null;
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
    "/transfer/{id}/legs/{province}/money": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Receiver: record money that arrived */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description 汇款单号 */
                        remittance: string;
                        /** @description money in fen, not negative */
                        account_fen: number;
                        /** @description money in fen, not negative */
                        pooled_fen: number;
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                            placeOfReceipt: {
                                province: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            completedOn: string | null;
                            returned: {
                                reason: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            legs: {
                                from: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                /** @description what the leg waits for; null when it is over */
                                step: ("letter" | "statement" | "money" | "booking") | null;
                                stepWords: {
                                    zh: string;
                                    en: string;
                                } | null;
                                done: number;
                                /** @description who holds it */
                                holder: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                } | null;
                                due: string | null;
                                /** @description negative: days late */
                                workingDaysLeft: number | null;
                                overdue: boolean;
                                reminded: boolean;
                                escalated: boolean;
                                /** @description why it waits */
                                waiting: {
                                    zh: string;
                                    en: string;
                                } | null;
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                letterNo: string | null;
                                planned: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                };
                                statement: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                } | null;
                                received: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    account_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    pooled_fen: number;
                                    remittances: number;
                                };
                                mismatch: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    stated_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    received_fen: number;
                                } | null;
                                disputed: string | null;
                                /** @enum {string} */
                                outcome: "open" | "booked" | "failed";
                                failure: string | null;
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
    "/transfer/{id}/legs/{province}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Dispute the leg */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                            placeOfReceipt: {
                                province: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            completedOn: string | null;
                            returned: {
                                reason: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            legs: {
                                from: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                /** @description what the leg waits for; null when it is over */
                                step: ("letter" | "statement" | "money" | "booking") | null;
                                stepWords: {
                                    zh: string;
                                    en: string;
                                } | null;
                                done: number;
                                /** @description who holds it */
                                holder: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                } | null;
                                due: string | null;
                                /** @description negative: days late */
                                workingDaysLeft: number | null;
                                overdue: boolean;
                                reminded: boolean;
                                escalated: boolean;
                                /** @description why it waits */
                                waiting: {
                                    zh: string;
                                    en: string;
                                } | null;
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                letterNo: string | null;
                                planned: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                };
                                statement: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                } | null;
                                received: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    account_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    pooled_fen: number;
                                    remittances: number;
                                };
                                mismatch: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    stated_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    received_fen: number;
                                } | null;
                                disputed: string | null;
                                /** @enum {string} */
                                outcome: "open" | "booked" | "failed";
                                failure: string | null;
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
    "/transfer/{id}/legs/{province}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settle the dispute */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        note: string;
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                            placeOfReceipt: {
                                province: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            completedOn: string | null;
                            returned: {
                                reason: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            legs: {
                                from: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                /** @description what the leg waits for; null when it is over */
                                step: ("letter" | "statement" | "money" | "booking") | null;
                                stepWords: {
                                    zh: string;
                                    en: string;
                                } | null;
                                done: number;
                                /** @description who holds it */
                                holder: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                } | null;
                                due: string | null;
                                /** @description negative: days late */
                                workingDaysLeft: number | null;
                                overdue: boolean;
                                reminded: boolean;
                                escalated: boolean;
                                /** @description why it waits */
                                waiting: {
                                    zh: string;
                                    en: string;
                                } | null;
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                letterNo: string | null;
                                planned: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                };
                                statement: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                } | null;
                                received: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    account_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    pooled_fen: number;
                                    remittances: number;
                                };
                                mismatch: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    stated_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    received_fen: number;
                                } | null;
                                disputed: string | null;
                                /** @enum {string} */
                                outcome: "open" | "booked" | "failed";
                                failure: string | null;
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
    "/transfer/{id}/legs/{province}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Origin: the leg cannot be transferred; it ends alone */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description GB/T 2260 two-digit province code */
                    province: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                            placeOfReceipt: {
                                province: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            completedOn: string | null;
                            returned: {
                                reason: string;
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            legs: {
                                from: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                /** @description what the leg waits for; null when it is over */
                                step: ("letter" | "statement" | "money" | "booking") | null;
                                stepWords: {
                                    zh: string;
                                    en: string;
                                } | null;
                                done: number;
                                /** @description who holds it */
                                holder: {
                                    /**
                                     * @description GB/T 2260 two-digit province code
                                     * @enum {string}
                                     */
                                    code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                    zh: string;
                                    en: string;
                                } | null;
                                due: string | null;
                                /** @description negative: days late */
                                workingDaysLeft: number | null;
                                overdue: boolean;
                                reminded: boolean;
                                escalated: boolean;
                                /** @description why it waits */
                                waiting: {
                                    zh: string;
                                    en: string;
                                } | null;
                                lastMessage: {
                                    /** @description ms since 1970 */
                                    at: number;
                                    type: string;
                                    leg: ("11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66") | null;
                                    words: {
                                        zh: string;
                                        en: string;
                                    };
                                } | null;
                                letterNo: string | null;
                                planned: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                };
                                statement: {
                                    months: {
                                        /** @description 费款所属期 month, YYYY-MM */
                                        from: string;
                                        /** @description 费款所属期 month, YYYY-MM */
                                        to: string;
                                    }[];
                                    /** @description money in fen, not negative */
                                    account_fen: number;
                                    /** @description money in fen, not negative */
                                    pooled_fen: number;
                                    /** @description money in fen, not negative */
                                    bases_fen: number;
                                } | null;
                                received: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    account_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    pooled_fen: number;
                                    remittances: number;
                                };
                                mismatch: {
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    stated_fen: number;
                                    /** @description money in fen (1/100 yuan), a whole number */
                                    received_fen: number;
                                } | null;
                                disputed: string | null;
                                /** @enum {string} */
                                outcome: "open" | "booked" | "failed";
                                failure: string | null;
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
    "/transfer/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply for a transfer (N 到 1)
         * @description By the person, the agency of the receiving province or the center. One open application per person.
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
                        /** @description 公民身份号码; 18 or 15 characters */
                        citizenId?: string;
                        /** @description instead of the ID number; a person may leave both out */
                        person?: string;
                        /**
                         * @description 转入地
                         * @enum {string}
                         */
                        to: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                        /**
                         * @default 110
                         * @enum {string}
                         */
                        scheme?: "110" | "120";
                        /** @description sent again with the same id: the same application */
                        commandId?: string;
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
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            transferId: string;
                            /** @description keyed hash of the citizen ID number */
                            person: string;
                            /**
                             * @description AAE140 险种类型
                             * @enum {string}
                             */
                            scheme: "110" | "120" | "170" | "210" | "310" | "390" | "410" | "510";
                            to: {
                                /**
                                 * @description GB/T 2260 two-digit province code
                                 * @enum {string}
                                 */
                                code: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                                zh: string;
                                en: string;
                            };
                            /** @enum {string} */
                            state: "accepted" | "in_process" | "needs_correction" | "completed" | "returned";
                            stateWords: {
                                zh: string;
                                en: string;
                            };
                            headline: {
                                zh: string;
                                en: string;
                            };
                            /**
                             * Format: date
                             * @description date YYYY-MM-DD in China (+08:00)
                             */
                            requestedOn: string;
                            progress: {
                                done: number;
                                of: number;
                                percent: number;
                            };
                            /** @description months under way or moved */
                            months: number;
                            /** @description account and pooled money of the legs that did not fail */
                            amount_fen: number;
                            /** @description money in fen (1/100 yuan), a whole number */
                            inTransit_fen: number;
                            overdue: boolean;
                            escalated: boolean;
                            nextDue: string | null;
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
    "/transfer/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an application would move, and what would refuse it; nothing is written
         * @description For the person; for the agency of the receiving province and the center with `person`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description 转入地; the place proposed when left out */
                    to?: "11" | "12" | "13" | "14" | "15" | "21" | "22" | "23" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "43" | "44" | "45" | "46" | "50" | "51" | "52" | "53" | "54" | "61" | "62" | "63" | "64" | "65" | "66";
                    scheme?: "110" | "120";
                    /** @description a person may leave it out */
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
                            person: string;
                            scheme: string;
                            proposed: {
                                code: string;
                                zh: string;
                                en: string;
                                why: {
                                    zh: string;
                                    en: string;
                                };
                                article: string;
                            } | null;
                            to: {
                                code: string;
                                zh: string;
                                en: string;
                            } | null;
                            choices: {
                                code: string;
                                zh: string;
                                en: string;
                            }[];
                            /** @description empty: an application would be taken */
                            refusals: {
                                rule: string;
                                hint_zh: string;
                                hint_en: string;
                                article: string | null;
                            }[];
                            running: string | null;
                            legs: {
                                from: {
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                temporary: boolean;
                                months: {
                                    from: string;
                                    to: string;
                                }[];
                                months_total: number;
                                account_fen: number;
                                pooled_fen: number;
                            }[];
                            stays: {
                                province: {
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                zh: string;
                                en: string;
                            }[];
                            months_total: number;
                            amount_fen: number;
                            /** @description months that two places hold: moved first, cleared after */
                            overlapping: number;
                            placeOfReceipt: {
                                province: {
                                    code: string;
                                    zh: string;
                                    en: string;
                                };
                                rule: string;
                            } | null;
                            latest: {
                                letter: string;
                                statement: string;
                                booked: string;
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
    "/transfer/stopped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Persons whose facts wait because one could not be handled, longest first */
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
                            stopped: {
                                /** @description person key; the province for facts about no person */
                                key: string;
                                cause: string;
                                /** @description ms since 1970 */
                                since: number;
                                attempts: number;
                                /** @description parked: the one that failed and those behind it */
                                messages: number;
                                /** @description id of the fact that failed */
                                event: string | null;
                                type: string | null;
                                stream: string | null;
                                revision: number | null;
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
    "/transfer/stopped/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand the parked facts over again, in order; who fails again stops again */
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
                        /** @description one person; absent: all */
                        key?: string;
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
                            messages: number;
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
