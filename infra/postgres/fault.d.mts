export declare const stop: (mode: "fast" | "immediate") => void
export declare const start: () => void
