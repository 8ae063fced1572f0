import type { Input } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { InputRecord } from '../state/input-record';
import { mediaKinds, mediaUrl } from '../state/input-urls';

/** Whether an input is of one of the wanted kinds, in one of the wanted datasets, and in the wanted state. */
export function matchesInput(record: InputRecord, { id, data = {}, datasetIds, status }: DeepPartial<Input>): boolean {
  const kinds = mediaKinds.filter((kind) => data[kind] !== undefined);
  const url = mediaUrl(data);
  return (
    (id === undefined || id === record.id) &&
    (kinds.length === 0 || kinds.some((kind) => record.data[kind] !== undefined)) &&
    (url === undefined || url === mediaUrl(record.data)) &&
    (datasetIds === undefined || datasetIds.some((one) => record.datasetIds.includes(one))) &&
    (status?.code === undefined || status.code === record.statusCode)
  );
}
