import type { ClarifaiErrorFields, FailedAttempt } from '../base/error-fields';
import type { ClarifaiError } from '../base/errors';

/** The same error, telling of every attempt of the call: in `attempts`, and in words when there was more than one. */
export function withAttempts(
  error: ClarifaiError,
  attempts: readonly FailedAttempt[],
  elapsedMs: number,
): ClarifaiError {
  const errorClass = error.constructor as new (message: string, fields: ClarifaiErrorFields) => ClarifaiError;
  const fields: ClarifaiErrorFields = Object.assign({}, error, { attempts, cause: error.cause });
  return new errorClass(`${error.message}${summary(attempts, elapsedMs)}`, fields);
}

function summary(attempts: readonly FailedAttempt[], elapsedMs: number): string {
  if (attempts.length < 2) return '';
  const codes = runs(attempts.map(({ code }) => code)).join(', ');
  return ` [${attempts.length} attempts in ${(elapsedMs / 1000).toFixed(1)} s: ${codes}]`;
}

/** `A, A, B` as `2x A, B`. */
function runs(codes: readonly string[]): string[] {
  const grouped: { code: string; count: number }[] = [];
  for (const code of codes) {
    const last = grouped.at(-1);
    if (last?.code === code) last.count += 1;
    else grouped.push({ code, count: 1 });
  }
  return grouped.map(({ code, count }) => (count === 1 ? code : `${count}x ${code}`));
}
