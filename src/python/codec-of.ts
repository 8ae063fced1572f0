import { invalidRequest } from '../base/assert';
import type { Codec } from '../wire/codec';

// All of them, where the stub loads those it needs: only who serializes by hand comes here.
/* eslint-disable @typescript-eslint/no-require-imports -- an import would load them with the package */
const load = (): readonly object[] => [
  require('../../generated/codec/core') as typeof import('../../generated/codec/core'),
  require('../../generated/codec/resources') as typeof import('../../generated/codec/resources'),
  require('../../generated/codec/service') as typeof import('../../generated/codec/service'),
];
/* eslint-enable @typescript-eslint/no-require-imports */

let codecs: ReadonlyMap<string, Codec<object>> | undefined;

/** The codec of a message type, by its full name. */
export function codecOf(fullName: string): Codec<object> {
  codecs ??= new Map(
    load()
      .flatMap((module): unknown[] => Object.values(module))
      .filter(isCodec)
      .map((codec) => [codec.typeName, codec]),
  );
  const codec = codecs.get(fullName);
  if (codec === undefined) throw invalidRequest(`${fullName} is never sent by itself, so it has no bytes of its own`);
  return codec;
}

function isCodec(value: unknown): value is Codec<object> {
  return typeof value === 'object' && value !== null && 'typeName' in value;
}
