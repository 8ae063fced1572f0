import type { Data, ImageInfo } from '../../../generated/proto/clarifai/api/resources';
import type { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import type { StoredAnnotation } from './annotations';
import type { InputsAddJob } from './inputs-add-job';

/** What can change of an input; changed through its store, which has to know. */
export interface InputChanges {
  readonly data: DeepPartial<Data>;
  readonly datasetIds: readonly string[];
  /** Those that were added to it; what it came with itself is in `data`. */
  readonly annotations: readonly StoredAnnotation[];
  readonly modifiedAtMs: number;
}

/** An input as the emulator keeps it: without its bytes unless asked to keep them, and without fields that are not set. */
export interface InputRecord extends InputChanges {
  readonly id: string;
  readonly createdAtMs: number;
  statusCode: StatusCode;
  /** The state that processing ends in. */
  readonly outcome: StatusCode;
  /** Why processing fails. */
  readonly failure: string | undefined;
  readonly job: InputsAddJob | undefined;
  /** What processing finds out about an image. */
  readonly imageInfo: DeepPartial<ImageInfo> | undefined;
  readonly bytes: Uint8Array | undefined;
  /** Place in the order of adding; -1 once it is deleted. */
  position: number;
}
