/** How a command ended. */
export const exitCode = { ok: 0, failure: 1, usage: 2, partial: 3 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
