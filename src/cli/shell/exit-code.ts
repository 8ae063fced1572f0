/** How a command ended; scripts rely on it. */
export const exitCode = { ok: 0, failure: 1, usage: 2, partial: 3, auth: 4, quota: 5, interrupted: 130 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
