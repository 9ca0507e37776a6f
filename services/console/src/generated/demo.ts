/** Made by `npm run console:api` from /demo/openapi.json; do not edit. */
export interface paths {
    "/demo/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger's clock */
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
                            now: string;
                            ahead_days: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Sets the clock ahead by whole days (center only) */
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
                        days: number;
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
                            now: string;
                            ahead_days: number;
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
    "/demo/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A local token for another caller (center only): agency:31, auditor, person:KEY … */
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
                        caller: string;
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
                            token: string;
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
    "/demo/detection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Precision and recall of the duplicates found, by the labels of the nations this ledger was fed with (center, auditor) */
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
                            /** @description false: no nation with labels was fed, so recall cannot be known */
                            labelled: boolean;
                            nations: string[];
                            persons: number;
                            /** @description labelled duplicates found, with exactly their kind and months */
                            truePositive: number;
                            /** @description found, with another kind or other months */
                            inexact: number;
                            /** @description cases of persons or sides that no label names */
                            falsePositive: number;
                            /** @description labelled duplicates not found */
                            falseNegative: number;
                            /** @description labelled near misses that raised no alarm */
                            trueNegative: number;
                            /** @description of all alarms, those that are labelled; null of none */
                            precision: number | null;
                            /** @description of all labels, those that raised an alarm; null of none */
                            recall: number | null;
                            /** @description what went wrong, at most 50, named by key */
                            differences: string[];
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
