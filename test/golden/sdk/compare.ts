import Long from 'long';
import { type MethodName, methods } from '../../../generated/methods';

/** A request without what differs from run to run, and without what means nothing on the wire. */
export interface Sent {
  readonly method: string;
  readonly requests: readonly unknown[];
}

/** Ids that a client makes: the recording's uuids count from 1, with or without hyphens; ours are 32 hexadecimal digits. */
const generatedId = /^([0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12})$/;

export function toSent(path: string, messages: readonly Uint8Array[]): Sent {
  const method = path.slice(path.lastIndexOf('/') + 1) as MethodName;
  const codec = methods[method].request();
  return { method, requests: messages.map((message) => normal(withoutRepeatedModel(codec.decode(message)))) };
}

/** Takes out empty messages and lists, fields that are not set, and generated ids. */
function normal(value: unknown): unknown {
  if (typeof value === 'string') return generatedId.test(value) || value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null) return value === 0 || value === false ? undefined : value;
  if (ArrayBuffer.isView(value))
    return value.byteLength === 0 ? undefined : Buffer.from(value as Uint8Array).toString('base64');
  if (Array.isArray(value)) {
    const items = value.map(normal);
    return items.every((item) => item === undefined) ? undefined : items.map((item) => item ?? {});
  }
  if (Long.isLong(value)) return value.isZero() ? undefined : value.toString();
  const entries = Object.entries(value).flatMap(([key, field]) => {
    // A name that repeats the id is what the service gives by itself.
    const kept = key === 'name' && 'id' in value && field === value.id ? undefined : normal(field);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

type ModelMessage = Readonly<Record<string, unknown>> & { readonly modelVersion?: object };

/** The SDK repeats the ids of the model beside them; what else it says there counts. */
function withoutRepeatedModel(request: unknown): unknown {
  const { model, ...rest } = request as { readonly model?: ModelMessage; readonly versionId?: unknown };
  if (model === undefined || !('modelId' in rest)) return request;
  const { id: _id, userId: _userId, appId: _appId, modelVersion, ...said } = model;
  return { ...rest, model: { ...said, modelVersion: withoutRepeatedVersion(modelVersion, rest) } };
}

function withoutRepeatedVersion(version: object | undefined, { versionId }: { readonly versionId?: unknown }): unknown {
  const { id, ...said }: { readonly id?: unknown } = version ?? {};
  return id === versionId ? said : version;
}
