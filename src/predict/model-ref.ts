import type { UserAppIDSet } from '../../generated/proto/clarifai/api/resources';
import { assertObject, assertString, invalidArgument } from '../base/assert';
import { parseClarifaiUrl } from '../base/clarifai-url';
import { type Scope, toUserAppId } from '../operations/scope';
import type { DeepPartial } from '../wire/codec';

/**
 * A model: its id in the client's own app, its clarifai.com URL (with a version, if wanted), or its ids.
 *
 * @example 'https://clarifai.com/clarifai/main/models/general-image-recognition'
 */
export type ModelRef = ResourceRef;

/** A workflow, in the same forms as a model. */
export type WorkflowRef = ResourceRef;

type ResourceRef =
  | string
  | {
      readonly id: string;
      /** @default the latest version */
      readonly versionId?: string | undefined;
      /** Owner of the app. @default the client's userId */
      readonly userId?: string | undefined;
      /** @default the client's appId */
      readonly appId?: string | undefined;
    };

export interface ResolvedRef {
  readonly id: string;
  readonly versionId: string | undefined;
  readonly userAppId: DeepPartial<UserAppIDSet> | undefined;
}

export function resolveRef(ref: ResourceRef, kind: 'model' | 'workflow', scope: Scope): ResolvedRef {
  const { id, versionId, userId, appId } = toIds(ref, kind);
  return { id, versionId, userAppId: toUserAppId({ userId: userId ?? scope.userId, appId: appId ?? scope.appId }) };
}

function toIds(ref: ResourceRef, kind: 'model' | 'workflow'): Exclude<ResourceRef, string> {
  if (typeof ref !== 'string') {
    assertObject(ref, kind, ['id', 'versionId', 'userId', 'appId']);
    assertString(ref.id, `${kind}.id`, { nonEmpty: true });
    for (const field of ['versionId', 'userId', 'appId'] as const) {
      if (ref[field] !== undefined) assertString(ref[field], `${kind}.${field}`, { nonEmpty: true });
    }
    return ref;
  }
  assertString(ref, kind, { nonEmpty: true });
  if (!ref.includes('/')) return { id: ref };
  const url = parseClarifaiUrl(ref, { name: kind, kind });
  if (url.id === undefined) throw invalidArgument(kind, `the id or clarifai.com URL of a ${kind}`, ref);
  return { id: url.id, versionId: url.versionId, userId: url.userId, appId: url.appId };
}
