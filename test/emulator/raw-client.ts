import type { ServiceError } from '@grpc/grpc-js';
import { Client, Metadata, credentials } from '@grpc/grpc-js';
import type { MethodName, RequestOf, ResponseOf } from '../../generated/methods';
import { methods } from '../../generated/methods';
import type { Codec, DeepPartial } from '../../src/wire/codec';

type Headers = Readonly<Record<string, string>>;

/** Both ends of a stream. */
export interface Duplex<Name extends MethodName> {
  send(request: DeepPartial<RequestOf<Name>>): void;
  /** `undefined` at the end. */
  next(): Promise<ResponseOf<Name> | undefined>;
  end(): void;
  cancel(): void;
}

/** A bare gRPC client over the codecs: what the emulator is tested with must not be the client it serves. */
export class RawClient {
  readonly #client: Client;
  readonly #headers: Headers;

  constructor(base: string, headers: Headers) {
    this.#client = new Client(base.replace('http://', ''), credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.enable_http_proxy': 0,
    });
    this.#headers = headers;
  }

  call<Name extends MethodName>(
    name: Name,
    request: DeepPartial<RequestOf<Name>>,
    headers: Headers = this.#headers,
  ): Promise<ResponseOf<Name>> {
    const row = methods[name] as unknown as {
      path: string;
      request(): Codec<RequestOf<Name>>;
      response(): Codec<ResponseOf<Name>>;
    };
    return this.bytes(row.path, row.request().encode(request), headers).then((bytes) => row.response().decode(bytes));
  }

  /** Sends any bytes to any path. */
  bytes(path: string, request: Uint8Array, headers: Headers = this.#headers): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const callback = (error: ServiceError | null, response?: Buffer) =>
        error === null ? resolve(response ?? Buffer.alloc(0)) : reject(error);
      this.#client.makeUnaryRequest(path, toBuffer, (bytes: Buffer) => bytes, request, toMetadata(headers), callback);
    });
  }

  /** Answers of a streaming RPC to some requests. */
  async *stream<Name extends MethodName>(
    name: Name,
    requests: Iterable<DeepPartial<RequestOf<Name>>>,
  ): AsyncGenerator<ResponseOf<Name>> {
    const row = methods[name] as unknown as {
      path: string;
      request(): Codec<RequestOf<Name>>;
      response(): Codec<ResponseOf<Name>>;
    };
    const metadata = toMetadata(this.#headers);
    const asIs = (bytes: Buffer) => bytes;
    const [first, ...rest] = [...requests].map((request) => row.request().encode(request));
    if (methods[name].kind === 'serverStreaming') {
      const call = this.#client.makeServerStreamRequest(row.path, toBuffer, asIs, first ?? new Uint8Array(), metadata);
      for await (const bytes of call) yield row.response().decode(bytes as Buffer);
      return;
    }
    const call = this.#client.makeBidiStreamRequest(row.path, toBuffer, asIs, metadata);
    for (const request of [first, ...rest]) if (request !== undefined) call.write(request);
    call.end();
    for await (const bytes of call) yield row.response().decode(bytes as Buffer);
  }

  /** A streaming RPC whose requests are sent one by one. */
  duplex<Name extends MethodName>(name: Name): Duplex<Name> {
    const row = methods[name] as unknown as {
      path: string;
      request(): Codec<RequestOf<Name>>;
      response(): Codec<ResponseOf<Name>>;
    };
    const asIs = (bytes: Buffer) => bytes;
    const call = this.#client.makeBidiStreamRequest(row.path, toBuffer, asIs, toMetadata(this.#headers));
    // Who reads hears of it; who does not read has cancelled the call.
    call.on('error', () => undefined);
    const arriving = call[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    return {
      send: (request) => void call.write(row.request().encode(request)),
      next: async () => {
        const step = await arriving.next();
        return step.done === true ? undefined : row.response().decode(step.value);
      },
      end: () => void call.end(),
      cancel: () => call.cancel(),
    };
  }

  close(): void {
    this.#client.close();
  }
}

export function patHeaders(pat: string): Headers {
  return { authorization: `Key ${pat}` };
}

function toMetadata(headers: Headers): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return metadata;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
