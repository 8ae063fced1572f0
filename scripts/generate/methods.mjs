// Emits the lazy method table: one row an RPC, whose codecs load on first use.

export function emitMethods(model, codecModule) {
  const rows = model.methods.map((method) => {
    const codec = (type) => `() => ${codecModule(type)}().${model.messages.get(type).tsName}`;
    return `  ${method.name}: row('${kindOf(method)}', '${method.path}', ${codec(method.request)}, ${codec(method.response)}),`;
  });
  const modules = ['core', 'resources', 'service'];
  const used = modules.filter((name) => rows.some((row) => row.includes(`${name}()`)));
  return `// Written by \`npm run generate\`. Do not edit.
/* eslint-disable */
import type { Codec } from '../src/wire/codec';
import type { V2 } from './proto/clarifai/api/service';

/** Names of the service's RPCs. */
export type MethodName = keyof V2;

/** What an RPC sends and receives, and how, taken from the service interface that ts-proto writes. */
export type MethodShape<Name extends MethodName> = V2[Name] extends (request: AsyncIterable<infer Request>) => AsyncIterable<infer Response>
  ? { kind: 'bidi'; request: Request; response: Response }
  : V2[Name] extends (request: infer Request) => AsyncIterable<infer Response>
    ? { kind: 'serverStreaming'; request: Request; response: Response }
    : V2[Name] extends (request: infer Request) => Promise<infer Response>
      ? { kind: 'unary'; request: Request; response: Response }
      : never;

/** The message that an RPC takes, or takes one after another. */
export type RequestOf<Name extends MethodName> = MethodShape<Name>['request'];
/** The message that an RPC answers with, or answers with one after another. */
export type ResponseOf<Name extends MethodName> = MethodShape<Name>['response'];
/** Whether an RPC is one request and one answer, one request and many answers, or many of both. */
export type MethodKind = 'unary' | 'serverStreaming' | 'bidi';

/** Names of the RPCs of one shape. */
export type MethodNameOf<Kind extends MethodKind> = { [Name in MethodName]: MethodShape<Name>['kind'] extends Kind ? Name : never }[MethodName];

/** One RPC: its shape, its path, and its codecs, which load when they are first asked for. */
export interface MethodRow<Kind extends MethodKind, Request, Response> {
  readonly kind: Kind;
  readonly path: string;
  readonly request: () => Codec<Request>;
  readonly response: () => Codec<Response>;
}

export type MethodTable = { readonly [Name in MethodName]: MethodRow<MethodShape<Name>['kind'], RequestOf<Name>, ResponseOf<Name>> };

${used.map((name) => `const ${name} = (): typeof import('./codec/${name}') => require('./codec/${name}') as typeof import('./codec/${name}');`).join('\n')}

function row<Kind extends MethodKind, Request, Response>(
  kind: Kind,
  path: string,
  request: () => Codec<Request>,
  response: () => Codec<Response>,
): MethodRow<Kind, Request, Response> {
  return { kind, path, request, response };
}

export const methods: MethodTable = {
${rows.join('\n')}
};
`;
}

export function kindOf(method) {
  if (method.clientStreaming && method.serverStreaming) return 'bidi';
  if (method.serverStreaming) return 'serverStreaming';
  if (method.clientStreaming)
    throw new Error(`${method.name}: client streaming is new to this service; add its call shape to src/rpc first`);
  return 'unary';
}
