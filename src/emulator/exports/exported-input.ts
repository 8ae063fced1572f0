import type { Data, Input } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { showInput } from '../inputs/show-input';
import type { AppState } from '../state/app-state';
import type { VersionedInput } from '../state/dataset-version-state';

/** Of what annotations say, the lists that are put together. */
const lists = ['concepts', 'regions', 'frames', 'timeSegments', 'tracks'] as const;

/** An input as exports show it: id and data, with what those annotations say that belong to the version. */
export function exportedInput(app: AppState, { record, data, annotations }: VersionedInput): DeepPartial<Input> {
  const { concepts: _own, ...shown } = showInput(app, { ...record, data }).data ?? {};
  const said = annotations.map((annotation) => annotation.data ?? {});
  return { id: record.id, data: { ...shown, ...joined(said) } };
}

function joined(said: readonly DeepPartial<Data>[]): DeepPartial<Data> {
  const all: Record<string, unknown[]> = {};
  for (const data of said) for (const list of lists) for (const item of data[list] ?? []) (all[list] ??= []).push(item);
  return all;
}
