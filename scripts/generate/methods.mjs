// Emits the lazy method table: one row an RPC, whose codecs load on first use.

export function emitMethods(model, codecModule) {
  const rows = model.methods.map((method) => {
    const codec = (type) => `${codecModule(type)}, '${model.messages.get(type).tsName}'`;
    if (method.path !== pathOf(method.name)) throw new Error(`${method.name} has a path of its own: ${method.path}`);
    return `  ${method.name}: row('${kindOf(method)}', '${method.name}', ${codec(method.request)}, ${codec(method.response)}),`;
  });
  const modules = ['core', 'resources', 'service'];
  const used = modules.filter((name) => rows.some((row) => row.includes(` ${name},`)));
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
  request(): Codec<Request>;
  response(): Codec<Response>;
}

export type MethodTable = { readonly [Name in MethodName]: MethodRow<MethodShape<Name>['kind'], RequestOf<Name>, ResponseOf<Name>> };

${used.map((name) => `const ${name} = (): typeof import('./codec/${name}') => require('./codec/${name}') as typeof import('./codec/${name}');`).join('\n')}

type MessageOf<Of> = Of extends Codec<infer Message> ? Message : never;

/** A class, since the table is made as a whole: what its rows can do is made once. */
class Row<
  Kind extends MethodKind,
  From,
  Request extends keyof From,
  To,
  Response extends keyof To,
> implements MethodRow<Kind, MessageOf<From[Request]>, MessageOf<To[Response]>> {
  readonly kind: Kind;
  readonly path: string;
  readonly #from: () => From;
  readonly #request: Request;
  readonly #to: () => To;
  readonly #response: Response;

  constructor(kind: Kind, name: string, from: () => From, request: Request, to: () => To, response: Response) {
    this.kind = kind;
    this.path = \`/clarifai.api.V2/\${name}\`;
    this.#from = from;
    this.#request = request;
    this.#to = to;
    this.#response = response;
  }

  request(): Codec<MessageOf<From[Request]>> {
    // Each of them is the codec of its message, which TypeScript cannot see while it does not know which one.
    return this.#from()[this.#request] as Codec<MessageOf<From[Request]>>;
  }

  response(): Codec<MessageOf<To[Response]>> {
    return this.#to()[this.#response] as Codec<MessageOf<To[Response]>>;
  }
}

function row<Kind extends MethodKind, From, Request extends keyof From, To, Response extends keyof To>(
  kind: Kind,
  name: string,
  from: () => From,
  request: Request,
  to: () => To,
  response: Response,
): MethodRow<Kind, MessageOf<From[Request]>, MessageOf<To[Response]>> {
  return new Row(kind, name, from, request, to, response);
}

export const methods: MethodTable = {
${rows.join('\n')}
};
`;
}

function pathOf(name) {
  return `/clarifai.api.V2/${name}`;
}

export function kindOf(method) {
  if (method.clientStreaming && method.serverStreaming) return 'bidi';
  if (method.serverStreaming) return 'serverStreaming';
  if (method.clientStreaming)
    throw new Error(`${method.name}: client streaming is new to this service; add its call shape to src/rpc first`);
  return 'unary';
}
