import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse, status } from '../answers';
import type { Handlers } from '../service/call';

/** The catalogue of status codes; needs no credential. */
export const statusCodeHandlers: Handlers = {
  ListStatusCodes() {
    const codes = new Set(Object.values(StatusCode).filter((value) => typeof value === 'number'));
    codes.delete(StatusCode.ZERO);
    return { statuses: [...codes].map((code) => status(code)) };
  },

  GetStatusCode({ statusCodeId }) {
    const code = Number(statusCodeId);
    if (StatusCode[code] === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return { status: status(code) };
  },
};
