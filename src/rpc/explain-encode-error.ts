import { EncodeError } from '../wire/errors';
export function explainEncodeError(_typeName: string, _request: unknown, error: unknown): string {
  return error instanceof EncodeError ? error.message : String(error);
}
