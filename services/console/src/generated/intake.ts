/** Made by `npm run console:api` from /intake/openapi.json; do not edit. */
export interface paths {
    "/intake/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Columns and their names, templates, limits of a file */
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
                            columns: {
                                /** @enum {string} */
                                key: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason";
                                code: string;
                                zh: string;
                                aliases: string[];
                            }[];
                            templates: {
                                id: string;
                                zh: string;
                                en: string;
                            }[];
                            limits: {
                                file_bytes_max: number;
                                xlsx_bytes_max: number;
                                rows_max: number;
                                uploads_kept_ms: number;
                                xlsxResult_rows_max: number;
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
    "/intake/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a file to be looked at: nothing is judged yet */
        post: {
            parameters: {
                query?: {
                    fileName?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            uploadId: string;
                            province: string;
                            fileName: string;
                            fileHash: string;
                            size_bytes: number;
                            lines: number | null;
                            format: string;
                            encoding: string;
                            receivedAt: number;
                            keptUntil: number;
                            /** @description Null for NDJSON, where every line names its own fields */
                            columns: {
                                header: string;
                                /** @description As an assignment names this header */
                                key: string;
                                /**
                                 * @description What it seems to be
                                 * @enum {string}
                                 */
                                column: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                                /**
                                 * @description known: the ledger's name; remembered: assigned by this agency for this header row; seen: for another; similar: a guess
                                 * @enum {string}
                                 */
                                by: "known" | "remembered" | "seen" | "similar" | "nothing";
                                /** @description Of the first rows; ID numbers and names masked */
                                examples: string[];
                            }[] | null;
                            /** @description Columns without which nothing can be read, while the proposals stand as they are */
                            missing: string[];
                            remembered: {
                                by: string;
                                at: number;
                            } | null;
                            /** @description Feeds of this very file */
                            earlier: {
                                feedId: string;
                                receivedAt: number;
                                receiptNo: string | null;
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
    "/intake/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the file's columns seem to be, and whether it was sent before */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    uploadId: string;
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
                            uploadId: string;
                            province: string;
                            fileName: string;
                            fileHash: string;
                            size_bytes: number;
                            lines: number | null;
                            format: string;
                            encoding: string;
                            receivedAt: number;
                            keptUntil: number;
                            /** @description Null for NDJSON, where every line names its own fields */
                            columns: {
                                header: string;
                                /** @description As an assignment names this header */
                                key: string;
                                /**
                                 * @description What it seems to be
                                 * @enum {string}
                                 */
                                column: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                                /**
                                 * @description known: the ledger's name; remembered: assigned by this agency for this header row; seen: for another; similar: a guess
                                 * @enum {string}
                                 */
                                by: "known" | "remembered" | "seen" | "similar" | "nothing";
                                /** @description Of the first rows; ID numbers and names masked */
                                examples: string[];
                            }[] | null;
                            /** @description Columns without which nothing can be read, while the proposals stand as they are */
                            missing: string[];
                            remembered: {
                                by: string;
                                at: number;
                            } | null;
                            /** @description Feeds of this very file */
                            earlier: {
                                feedId: string;
                                receivedAt: number;
                                receiptNo: string | null;
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
    "/intake/uploads/{uploadId}/rehearsal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Dry run of an uploaded file with these columns; the agency remembers them for the same header row */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    uploadId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default {} */
                        columns?: {
                            [key: string]: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                        };
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
                            feedId: string;
                            province: string;
                            fileName: string;
                            fileHash: string;
                            size_bytes: number;
                            format: string;
                            encoding: string;
                            dryRun: boolean;
                            receivedAt: number;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "interrupted";
                            /** @description Columns nobody here knows: kept in the result, otherwise left alone */
                            unknownColumns: string[];
                            /** @description Headers that the agency assigned; the others go by the ledger's names */
                            columns: {
                                [key: string]: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                            };
                            /** @description The file as it was uploaded: its columns, while it is kept */
                            uploadId: string;
                            failure: string | null;
                            /** @description So far, while it is worked on; the last ones else */
                            counts: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                            } | null;
                            result: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                                receiptNo: string | null;
                                /** @description SHA-256 over the rows' outcomes */
                                resultHash: string;
                                /** @description End of the log when the feed was settled */
                                position: string | null;
                                seconds: number;
                            } | null;
                            job: {
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
    "/intake/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Feeds, newest first */
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
                            feedId: string;
                            province: string;
                            fileName: string;
                            fileHash: string;
                            size_bytes: number;
                            format: string;
                            encoding: string;
                            dryRun: boolean;
                            receivedAt: number;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "interrupted";
                            /** @description Columns nobody here knows: kept in the result, otherwise left alone */
                            unknownColumns: string[];
                            /** @description Headers that the agency assigned; the others go by the ledger's names */
                            columns: {
                                [key: string]: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                            };
                            /** @description The file as it was uploaded: its columns, while it is kept */
                            uploadId: string;
                            failure: string | null;
                            /** @description So far, while it is worked on; the last ones else */
                            counts: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                            } | null;
                            result: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                                receiptNo: string | null;
                                /** @description SHA-256 over the rows' outcomes */
                                resultHash: string;
                                /** @description End of the log when the feed was settled */
                                position: string | null;
                                seconds: number;
                            } | null;
                            job: {
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
                            } | null;
                        }[];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Send a file of rows (CSV, XLSX, NDJSON; UTF-8 or GBK)
         * @description As the body or as a multipart file. Answers with a job at once; the same file again is the same feed.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Two-digit code; default the caller's own province */
                    province?: string;
                    dryRun?: "true" | "false";
                    fileName?: string;
                    /** @description own: headers by the ledger's names; remembered: as this agency has assigned this header row in the console */
                    columns?: "own" | "remembered";
                };
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
                            feedId: string;
                            province: string;
                            fileName: string;
                            fileHash: string;
                            size_bytes: number;
                            format: string;
                            encoding: string;
                            dryRun: boolean;
                            receivedAt: number;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "interrupted";
                            /** @description Columns nobody here knows: kept in the result, otherwise left alone */
                            unknownColumns: string[];
                            /** @description Headers that the agency assigned; the others go by the ledger's names */
                            columns: {
                                [key: string]: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                            };
                            /** @description The file as it was uploaded: its columns, while it is kept */
                            uploadId: string;
                            failure: string | null;
                            /** @description So far, while it is worked on; the last ones else */
                            counts: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                            } | null;
                            result: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                                receiptNo: string | null;
                                /** @description SHA-256 over the rows' outcomes */
                                resultHash: string;
                                /** @description End of the log when the feed was settled */
                                position: string | null;
                                seconds: number;
                            } | null;
                            job: {
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
    "/intake/feeds/{feedId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One feed: progress, counts, receipt */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    feedId: string;
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
                            feedId: string;
                            province: string;
                            fileName: string;
                            fileHash: string;
                            size_bytes: number;
                            format: string;
                            encoding: string;
                            dryRun: boolean;
                            receivedAt: number;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "interrupted";
                            /** @description Columns nobody here knows: kept in the result, otherwise left alone */
                            unknownColumns: string[];
                            /** @description Headers that the agency assigned; the others go by the ledger's names */
                            columns: {
                                [key: string]: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                            };
                            /** @description The file as it was uploaded: its columns, while it is kept */
                            uploadId: string;
                            failure: string | null;
                            /** @description So far, while it is worked on; the last ones else */
                            counts: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                            } | null;
                            result: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                                receiptNo: string | null;
                                /** @description SHA-256 over the rows' outcomes */
                                resultHash: string;
                                /** @description End of the log when the feed was settled */
                                position: string | null;
                                seconds: number;
                            } | null;
                            job: {
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
    "/intake/feeds/{feedId}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Book the file of a finished dry run, read as it was read there; go on with a feed that was interrupted */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    feedId: string;
                };
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
                            feedId: string;
                            province: string;
                            fileName: string;
                            fileHash: string;
                            size_bytes: number;
                            format: string;
                            encoding: string;
                            dryRun: boolean;
                            receivedAt: number;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "interrupted";
                            /** @description Columns nobody here knows: kept in the result, otherwise left alone */
                            unknownColumns: string[];
                            /** @description Headers that the agency assigned; the others go by the ledger's names */
                            columns: {
                                [key: string]: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                            };
                            /** @description The file as it was uploaded: its columns, while it is kept */
                            uploadId: string;
                            failure: string | null;
                            /** @description So far, while it is worked on; the last ones else */
                            counts: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                            } | null;
                            result: {
                                rows: number;
                                /** @description Rows taken, those with warnings included */
                                accepted: number;
                                /** @description Of the accepted, those that alter what was on record */
                                changed: number;
                                warned: number;
                                /** @description Rows on record already */
                                unchanged: number;
                                refused: number;
                                events: number;
                                paid_fen: number;
                                receiptNo: string | null;
                                /** @description SHA-256 over the rows' outcomes */
                                resultHash: string;
                                /** @description End of the log when the feed was settled */
                                position: string | null;
                                seconds: number;
                            } | null;
                            job: {
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
    "/intake/feeds/{feedId}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt as the ledger holds it: of the first time the file was booked */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    feedId: string;
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
                            receiptNo: string;
                            feedId: string;
                            province: string;
                            fileName: string;
                            /** @description SHA-256 of the file */
                            fileHash: string;
                            size_bytes: number;
                            format: string;
                            encoding: string;
                            /** @description Headers that the agency assigned */
                            columns: {
                                [key: string]: "act" | "citizenId" | "name" | "hukou" | "scheme" | "capacity" | "employer" | "temporary" | "line" | "corrects" | "kind" | "month" | "from" | "to" | "base" | "employerPaid" | "personalPaid" | "subsidy" | "account" | "paidOn" | "year" | "rate" | "amount" | "payer" | "claim" | "basic" | "accountPension" | "transitional" | "monthly" | "on" | "reason" | "none";
                            };
                            receivedAt: number;
                            issuedAt: number;
                            rows: number;
                            accepted: number;
                            unchanged: number;
                            refused: number;
                            events: number;
                            paid_fen: number;
                            resultHash: string;
                            stream: string;
                            /** @description Of the receipt's own event: its proof is /audit/proof/streams/{stream}/{revision} */
                            revision: number;
                            position: string;
                            eventId: string;
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
    "/intake/feeds/{feedId}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first rows that were refused, then those with warnings; all of them are in the result file */
        get: {
            parameters: {
                query?: {
                    max?: number;
                };
                header?: never;
                path: {
                    feedId: string;
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
                            /** @description 1 = first row under the header */
                            row: number;
                            /** @description False: taken, with a warning */
                            refused: boolean;
                            /** @description As the file calls it */
                            column: string | null;
                            /** @description Masked */
                            value: string | null;
                            code: string;
                            hint_zh: string;
                            hint_en: string;
                            article: string | null;
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
    "/intake/jobs/{id}": {
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
