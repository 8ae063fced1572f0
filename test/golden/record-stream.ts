import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';

interface Recorder {
  /** Where it listens, on this machine. */
  readonly base: string;
  /** What has arrived, message by message. */
  readonly messages: readonly Buffer[];
  close(): void;
}

/** A server of one RPC with streams both ways, which answers each message with an empty one. */
export async function recordStream(path: string): Promise<Recorder> {
  const messages: Buffer[] = [];
  const server = new Server();
  const asIs = (bytes: Buffer): Buffer => bytes;
  const method = { path, requestStream: true, responseStream: true } as const;
  const serializers = { requestSerialize: asIs, responseSerialize: asIs };
  const deserializers = { requestDeserialize: asIs, responseDeserialize: asIs };
  server.addService(
    { record: { ...method, ...serializers, ...deserializers } },
    {
      record(call: ServerDuplexStream<Buffer, Buffer>) {
        call.on('data', (message: Buffer) => {
          messages.push(message);
          call.write(Buffer.alloc(0));
        });
        call.on('end', () => call.end());
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { base: `http://127.0.0.1:${port}`, messages, close: () => server.forceShutdown() };
}
