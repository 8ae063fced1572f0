import type { Model, ModelVersion } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { ModelFunction } from '../predict/model-function';
import type { MediaKind } from './input-urls';

export type VersionMessage = DeepPartial<ModelVersion> & { readonly id: string };

/** A model: what the service says about it, and what the emulator runs for it. */
export interface ModelState {
  /** Without `modelVersion`, which answers take from `versions`. */
  readonly message: DeepPartial<Model> & { readonly id: string };
  /** Oldest first. */
  readonly versions: VersionMessage[];
  /** `undefined` for a model that was never trained. */
  readonly predict: ModelFunction | undefined;
  /** What it takes; `undefined` for anything. */
  readonly takes: MediaKind | undefined;
}
