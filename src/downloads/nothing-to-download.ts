import { NotFoundError } from '../base/errors';

export function nothingToDownload(message: string): NotFoundError {
  return new NotFoundError(message, { code: 'NOTHING_TO_DOWNLOAD', source: 'client', category: 'rejected' });
}
