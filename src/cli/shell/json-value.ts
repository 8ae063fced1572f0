import { types } from 'node:util';
import type { ClarifaiError } from '../../index';
import { isClarifaiError } from './clarifai-error';

/**
 * What JSON makes of results, the same in every command: bytes in base64, dates in ISO 8601, errors with the fields of `errorJson`,
 * and no fields that are not set.
 */
export function toJson(value: unknown): unknown {
  if (types.isNativeError(value)) return errorJson(value);
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item)]));
}

/** The names are an interface: they are added to, and never changed. */
export function errorJson(error: unknown): object {
  if (!types.isNativeError(error)) return { name: 'Error', code: 'UNKNOWN', message: String(error) };
  const { name, message } = error;
  if (!isClarifaiError(error)) return { name, code: systemCode(error), message };
  const { code, source, category, grpcCode, statusCode, requestId, method, details }: ClarifaiError = error;
  return { name, code, message, source, category, grpcCode, statusCode, requestId, method, details };
}

/** Such as ENOENT. */
function systemCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
