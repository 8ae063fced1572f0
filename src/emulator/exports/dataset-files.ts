import { InputBatch } from '../../../generated/codec/resources';
import { DatasetVersionExportFormat as Format } from '../../../generated/proto/clarifai/api/resources';
import type { AppState } from '../state/app-state';
import type { DatasetVersionState } from '../state/dataset-version-state';
import { cocoFile } from './coco';
import { exportedInput } from './exported-input';
import { toProtoJson } from '../proto-json';
import type { ZippedFile } from './zip';

/** Inputs in one file. */
const batchSize = 128;

export type ExportFormat = Format.CLARIFAI_DATA_PROTOBUF | Format.CLARIFAI_DATA_JSON | Format.COCO;

/** The formats of an export. */
export const exportFormats: readonly ExportFormat[] = [
  Format.CLARIFAI_DATA_PROTOBUF,
  Format.CLARIFAI_DATA_JSON,
  Format.COCO,
];

/** The files in the archive of a dataset version. */
export function datasetFiles(app: AppState, version: DatasetVersionState, format: ExportFormat): ZippedFile[] {
  switch (format) {
    case Format.CLARIFAI_DATA_PROTOBUF:
      return [mimetype('protobuf'), ...batches(app, version, (batch) => InputBatch.encode(batch))];
    case Format.CLARIFAI_DATA_JSON:
      // By analogy: what is known of the layout is that of the other format.
      return [mimetype('json'), ...batches(app, version, toJson)];
    case Format.COCO:
      return [cocoFile(app, version)];
  }
}

type Batch = Parameters<typeof InputBatch.encode>[0];

function toJson(batch: Batch): Uint8Array {
  return Buffer.from(JSON.stringify(toProtoJson(InputBatch.typeName, batch)));
}

function mimetype(encoding: string): ZippedFile {
  return { name: 'mimetype', pieces: () => [Buffer.from(`application/x.clarifai-data+${encoding}`)] };
}

/** Clients read the number of inputs off the end of a file's name, and the split off its folder. */
function* batches(
  app: AppState,
  { inputs }: DatasetVersionState,
  encode: (batch: Batch) => Uint8Array,
): Generator<ZippedFile> {
  for (let start = 0; start < inputs.length; start += batchSize) {
    const count = Math.min(batchSize, inputs.length - start);
    const name = `all/inputs_${String(start / batchSize).padStart(6, '0')}_n${count}`;
    const some = () => inputs.slice(start, start + count).map((input) => exportedInput(app, input));
    yield { name, pieces: () => [encode({ inputs: some() })] };
  }
}
