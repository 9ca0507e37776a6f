export declare const kill: (id: number) => void
export declare const pause: (id: number) => void
export declare const resume: (id: number) => void
export declare const restart: (id: number) => void
