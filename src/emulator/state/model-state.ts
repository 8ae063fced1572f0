import type { Model, ModelVersion } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import type { ExportState } from '../exports/archive';
import type { ModelMethods } from '../methods/run-method';
import type { ModelFunction } from '../predict/model-function';
import type { Recall } from '../training/nearest-examples';
import { recall } from '../training/nearest-examples';
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
  /** What versions have learnt that were trained here, by their ids. */
  readonly recalls: Map<string, Recall>;
  /** By the ids of versions. */
  readonly exports: Map<string, ExportState>;
  /** What it takes; `undefined` for anything. */
  readonly takes: readonly MediaKind[] | undefined;
  /** What it can be asked by name. */
  readonly methods?: ModelMethods | undefined;
}

/** Changes some fields of a version, if the model still has it. */
export function replaceVersion({ versions }: ModelState, id: string, changes: DeepPartial<ModelVersion>): void {
  const at = versions.findIndex((version) => version.id === id);
  const before = versions[at];
  if (before !== undefined) versions[at] = { ...before, ...changes, id };
}

/** The model as it predicts with one of its versions. */
export function withVersion(model: ModelState, versionId: string): ModelState {
  const learnt = model.recalls.get(versionId);
  if (learnt === undefined) return model;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the emulator
  const { overFrames } = require('../predict/over-frames') as typeof import('../predict/over-frames');
  return { ...model, predict: overFrames((media) => ({ concepts: recall(learnt, media) })) };
}

/** The version that predicts when none is named: the latest that is trained. */
export function latestTrained({ versions }: ModelState): VersionMessage | undefined {
  return versions.findLast(({ status }) => status?.code === StatusCode.MODEL_TRAINED);
}
