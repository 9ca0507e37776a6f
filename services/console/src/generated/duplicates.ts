/** Made by `npm run console:api` from /duplicates/openapi.json; do not edit. */
export interface paths {
    "/duplicates/stopped": {
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
    "/duplicates/stopped/replay": {
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
    "/duplicates/cases/{person}/{family}/{case}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case with its options side by side */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    person: string;
                    family: "pension" | "medical" | "unemployment" | "benefit";
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
                            person: string;
                            family: string;
                            case: string;
                            kind: string;
                            status: string;
                            sides: string[];
                            months: {
                                from: string;
                                to: string;
                            }[];
                            months_total: number;
                            keep: string | null;
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
                            waiting: string | null;
                            /** @description 187号: the person has to agree before anybody decides */
                            agreementNeeded: boolean;
                            /** @description what the person wants */
                            choice: {
                                keep: string;
                                /** @enum {string} */
                                channel: "app" | "counter" | "phone" | "letter";
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            /** @description a decision that waits for a second officer */
                            approval: {
                                /** @description above this refund a second officer decides; null: one is enough */
                                limit_fen: number | null;
                                asked: {
                                    keep: string;
                                    reason: string;
                                    officer: string;
                                } | null;
                            };
                            /** @description the decision may still be withdrawn; nothing is cleared before */
                            undo: {
                                /**
                                 * Format: date-time
                                 * @description moment in UTC, to the millisecond
                                 */
                                until: string;
                                seconds_left: number;
                            } | null;
                            /** @description how long a decision made now may be taken back */
                            undo_seconds: number;
                            /** @description of this case, oldest first */
                            history: {
                                id: string;
                                type: string;
                                /** Format: date-time */
                                at: string;
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
    "/duplicates/cases/{person}/{family}/{case}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides which side is kept; clearing follows by itself once the decision can no longer be withdrawn */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    person: string;
                    family: "pension" | "medical" | "unemployment" | "benefit";
                    case: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        keep: string;
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
                            person: string;
                            family: string;
                            case: string;
                            kind: string;
                            status: string;
                            sides: string[];
                            months: {
                                from: string;
                                to: string;
                            }[];
                            months_total: number;
                            keep: string | null;
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
                            waiting: string | null;
                            /** @description 187号: the person has to agree before anybody decides */
                            agreementNeeded: boolean;
                            /** @description what the person wants */
                            choice: {
                                keep: string;
                                /** @enum {string} */
                                channel: "app" | "counter" | "phone" | "letter";
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            /** @description a decision that waits for a second officer */
                            approval: {
                                /** @description above this refund a second officer decides; null: one is enough */
                                limit_fen: number | null;
                                asked: {
                                    keep: string;
                                    reason: string;
                                    officer: string;
                                } | null;
                            };
                            /** @description the decision may still be withdrawn; nothing is cleared before */
                            undo: {
                                /**
                                 * Format: date-time
                                 * @description moment in UTC, to the millisecond
                                 */
                                until: string;
                                seconds_left: number;
                            } | null;
                            /** @description how long a decision made now may be taken back */
                            undo_seconds: number;
                            /** @description of this case, oldest first */
                            history: {
                                id: string;
                                type: string;
                                /** Format: date-time */
                                at: string;
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
    "/duplicates/cases/{person}/{family}/{case}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the decision back while its window runs; the case is open again */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    person: string;
                    family: "pension" | "medical" | "unemployment" | "benefit";
                    case: string;
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
                            person: string;
                            family: string;
                            case: string;
                            kind: string;
                            status: string;
                            sides: string[];
                            months: {
                                from: string;
                                to: string;
                            }[];
                            months_total: number;
                            keep: string | null;
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
                            waiting: string | null;
                            /** @description 187号: the person has to agree before anybody decides */
                            agreementNeeded: boolean;
                            /** @description what the person wants */
                            choice: {
                                keep: string;
                                /** @enum {string} */
                                channel: "app" | "counter" | "phone" | "letter";
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            /** @description a decision that waits for a second officer */
                            approval: {
                                /** @description above this refund a second officer decides; null: one is enough */
                                limit_fen: number | null;
                                asked: {
                                    keep: string;
                                    reason: string;
                                    officer: string;
                                } | null;
                            };
                            /** @description the decision may still be withdrawn; nothing is cleared before */
                            undo: {
                                /**
                                 * Format: date-time
                                 * @description moment in UTC, to the millisecond
                                 */
                                until: string;
                                seconds_left: number;
                            } | null;
                            /** @description how long a decision made now may be taken back */
                            undo_seconds: number;
                            /** @description of this case, oldest first */
                            history: {
                                id: string;
                                type: string;
                                /** Format: date-time */
                                at: string;
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
    "/duplicates/cases/{person}/{family}/{case}/choice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person says which side to keep; an agency notes what they said at the counter, by telephone or in writing */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    person: string;
                    family: "pension" | "medical" | "unemployment" | "benefit";
                    case: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        keep: string;
                        /**
                         * @description for agencies; a person's own choice comes by app
                         * @enum {string}
                         */
                        channel?: "counter" | "phone" | "letter";
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
                            person: string;
                            family: string;
                            case: string;
                            kind: string;
                            status: string;
                            sides: string[];
                            months: {
                                from: string;
                                to: string;
                            }[];
                            months_total: number;
                            keep: string | null;
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
                            waiting: string | null;
                            /** @description 187号: the person has to agree before anybody decides */
                            agreementNeeded: boolean;
                            /** @description what the person wants */
                            choice: {
                                keep: string;
                                /** @enum {string} */
                                channel: "app" | "counter" | "phone" | "letter";
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            /** @description a decision that waits for a second officer */
                            approval: {
                                /** @description above this refund a second officer decides; null: one is enough */
                                limit_fen: number | null;
                                asked: {
                                    keep: string;
                                    reason: string;
                                    officer: string;
                                } | null;
                            };
                            /** @description the decision may still be withdrawn; nothing is cleared before */
                            undo: {
                                /**
                                 * Format: date-time
                                 * @description moment in UTC, to the millisecond
                                 */
                                until: string;
                                seconds_left: number;
                            } | null;
                            /** @description how long a decision made now may be taken back */
                            undo_seconds: number;
                            /** @description of this case, oldest first */
                            history: {
                                id: string;
                                type: string;
                                /** Format: date-time */
                                at: string;
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
    "/duplicates/cases/{person}/{family}/{case}/dismissal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that exactly these months are no duplicate */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description keyed hash of the citizen ID number */
                    person: string;
                    family: "pension" | "medical" | "unemployment" | "benefit";
                    case: string;
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
                            person: string;
                            family: string;
                            case: string;
                            kind: string;
                            status: string;
                            sides: string[];
                            months: {
                                from: string;
                                to: string;
                            }[];
                            months_total: number;
                            keep: string | null;
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
                            waiting: string | null;
                            /** @description 187号: the person has to agree before anybody decides */
                            agreementNeeded: boolean;
                            /** @description what the person wants */
                            choice: {
                                keep: string;
                                /** @enum {string} */
                                channel: "app" | "counter" | "phone" | "letter";
                                /**
                                 * Format: date
                                 * @description date YYYY-MM-DD in China (+08:00)
                                 */
                                on: string;
                            } | null;
                            /** @description a decision that waits for a second officer */
                            approval: {
                                /** @description above this refund a second officer decides; null: one is enough */
                                limit_fen: number | null;
                                asked: {
                                    keep: string;
                                    reason: string;
                                    officer: string;
                                } | null;
                            };
                            /** @description the decision may still be withdrawn; nothing is cleared before */
                            undo: {
                                /**
                                 * Format: date-time
                                 * @description moment in UTC, to the millisecond
                                 */
                                until: string;
                                seconds_left: number;
                            } | null;
                            /** @description how long a decision made now may be taken back */
                            undo_seconds: number;
                            /** @description of this case, oldest first */
                            history: {
                                id: string;
                                type: string;
                                /** Format: date-time */
                                at: string;
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
