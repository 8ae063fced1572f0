import type { UserAppIDSet } from '../../generated/proto/clarifai/api/resources';
import { assertObject, assertString, invalidArgument } from '../base/assert';
import { type ClarifaiUrl, type ClarifaiUrlKind, parseClarifaiUrl } from '../base/clarifai-url';
import { assertId } from '../base/id';
import type { DeepPartial } from '../wire/codec';
import { type Scope, toUserAppId } from './scope';

/** Something in an app: its id in the app at hand, its clarifai.com URL (with a version, if wanted), or its ids. */
export type ResourceRef =
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

/**
 * A model: its id in the client's own app, its clarifai.com URL (with a version, if wanted), or its ids.
 *
 * @example 'https://clarifai.com/clarifai/main/models/general-image-recognition'
 */
export type ModelRef = ResourceRef;

/** A workflow, in the same forms as a model. */
export type WorkflowRef = ResourceRef;

/** An app: its id among the apps of the user at hand, its clarifai.com URL, or its ids. */
export type AppRef = string | { readonly appId: string; readonly userId?: string | undefined };

export interface ResolvedRef {
  readonly id: string;
  readonly versionId: string | undefined;
  readonly scope: Scope;
  readonly userAppId: DeepPartial<UserAppIDSet> | undefined;
}

/** @throws InvalidRequestError for an id that is none, and the URL of another kind of thing */
export function resolveRef(
  ref: ResourceRef,
  kind: Exclude<ClarifaiUrlKind, 'user' | 'app'>,
  scope: Scope,
): ResolvedRef {
  const { id, versionId, userId = scope.userId, appId = scope.appId } = toIds(ref, kind);
  const own = { userId, appId };
  return { id, versionId, scope: own, userAppId: toUserAppId(own) };
}

/** @throws InvalidRequestError for an id that is none, and the URL of something else */
export function resolveAppRef(ref: AppRef, { userId }: Scope): Scope {
  if (typeof ref === 'string' && ref.includes('/')) return own(parseClarifaiUrl(ref, { name: 'app', kind: 'app' }));
  if (typeof ref === 'string') {
    assertString(ref, 'app', { nonEmpty: true });
    return { userId, appId: ref };
  }
  assertObject(ref, 'app', ['appId', 'userId']);
  assertId(ref.appId, 'app.appId');
  if (ref.userId !== undefined) assertId(ref.userId, 'app.userId');
  return { userId: ref.userId ?? userId, appId: ref.appId };
}

/** @throws InvalidRequestError for an id that is none, and the URL of something else */
export function resolveUserRef(ref: string): Scope {
  assertString(ref, 'user', { nonEmpty: true });
  return { userId: ref.includes('/') ? parseClarifaiUrl(ref, { name: 'user', kind: 'user' }).userId : ref };
}

function own({ userId, appId }: ClarifaiUrl): Scope {
  return { userId, appId };
}

function toIds(ref: ResourceRef, kind: ClarifaiUrlKind): Exclude<ResourceRef, string> {
  if (typeof ref !== 'string') {
    assertObject(ref, kind, ['id', 'versionId', 'userId', 'appId']);
    assertId(ref.id, `${kind}.id`);
    for (const field of ['versionId', 'userId', 'appId'] as const) {
      if (ref[field] !== undefined) assertId(ref[field], `${kind}.${field}`);
    }
    return ref;
  }
  assertString(ref, kind, { nonEmpty: true });
  if (!ref.includes('/')) return { id: ref };
  const url = parseClarifaiUrl(ref, { name: kind, kind });
  if (url.id === undefined) throw invalidArgument(kind, `the id or clarifai.com URL of a ${kind}`, ref);
  return { id: url.id, versionId: url.versionId, userId: url.userId, appId: url.appId };
}
