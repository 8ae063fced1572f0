import type { Model, UserAppIDSet } from '../../../generated/proto/clarifai/api/resources';
import { Model as ModelCodec } from '../../../generated/codec/core';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { publicApp } from '../state/public-app';
import type { ModelState, VersionMessage } from '../state/model-state';
import type { Call } from './call';
import { readableApp } from './scope';

/** The model with this id in the app, or else among Clarifai's public ones. */
export function findModel(call: Call, scope: UserAppIDSet | undefined, modelId: string): ModelState {
  const model = readableApp(call, scope).models.get(modelId) ?? publicApp(call.world).models.get(modelId);
  if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  return model;
}

/** The version with this id; the latest for an empty id. */
export function findVersion(model: ModelState, versionId: string): VersionMessage | undefined {
  if (versionId === '') return model.versions.at(-1);
  const version = model.versions.find(({ id }) => id === versionId);
  if (version === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  return version;
}

/** The model as answers show it, with one of its versions. */
export function shownModel(
  model: ModelState,
  version: VersionMessage | undefined = model.versions.at(-1),
): DeepPartial<Model> {
  return { ...model.message, versionCount: model.versions.length, modelVersion: version };
}

/** What `shownModel` gave for a version, encoded, and what it was made of. */
interface EncodedModel {
  readonly message: ModelState['message'];
  readonly versionCount: number;
  readonly encoded: DeepPartial<Model>;
}

/** By version: models and versions are replaced when they change, never changed. */
const encodedByVersion = new WeakMap<VersionMessage, EncodedModel>();

/** The model as every output shows it, encoded once for all of them. */
export function encodedModel(model: ModelState, version: VersionMessage | undefined): DeepPartial<Model> {
  const { message, versions } = model;
  const known = version && encodedByVersion.get(version);
  if (known?.message === message && known.versionCount === versions.length) return known.encoded;
  const encoded = ModelCodec.encodeOnce(shownModel(model, version));
  if (version !== undefined) encodedByVersion.set(version, { message, versionCount: versions.length, encoded });
  return encoded;
}
