import type { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';

const successCode: StatusCode.SUCCESS = 10000;

/** Whether a status says that all is well: told without the tables of codes, which a program loads with its first failure. */
export function isSuccess(status: { readonly code: number } | undefined): boolean {
  return status?.code === successCode;
}
