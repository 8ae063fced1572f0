import type { ClarifaiErrorFields } from './error-fields';
import { ClarifaiError } from './errors';

/** The same error without secrets of the request that the service may have repeated in its words. */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof ClarifaiError)) return error;
  const { message, details = '' } = error;
  const shown = secrets.filter((secret) => secret !== '' && (message.includes(secret) || details.includes(secret)));
  if (shown.length === 0) return error;
  const clean = (text: string): string =>
    shown.reduce((cleaned, secret) => cleaned.replaceAll(secret, '[redacted]'), text);
  const errorClass = error.constructor as new (message: string, fields: ClarifaiErrorFields) => ClarifaiError;
  return new errorClass(clean(message), { ...error, ...(details !== '' && { details: clean(details) }) });
}
