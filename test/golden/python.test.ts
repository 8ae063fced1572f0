import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { methods } from '../../generated/methods';
import type { MethodName } from '../../generated/methods';
import { reflection } from '../../generated/reflection';
import { type Emulator, startEmulator } from '../../src/emulator';
import { ClarifaiChannel, MessageToDict, ParseDict, service_pb2, service_pb2_grpc } from '../../src/python';
import type { Channel, V2Stub } from '../../src/python';
import type { Codec } from '../../src/wire/codec';
import { pythonSnippets } from './python-snippets';

interface Sent {
  readonly request_json: Readonly<Record<string, unknown>>;
  readonly request_b64: string;
}

interface Snippet extends Partial<Sent> {
  readonly name: string;
  readonly path: string;
  readonly metadata: readonly (readonly [string, string])[];
  readonly stream_requests?: readonly Sent[];
  readonly response_b64: string | readonly string[];
}

/** What the official Python client sent and got, recorded from clarifai_grpc 12.5; the protos pinned here are 11.11. */
const { snippets } = JSON.parse(readFileSync(join(__dirname, '../fixtures/golden/grpc-snippets.json'), 'utf8')) as {
  readonly snippets: readonly Snippet[];
};

let emulator: Emulator;
let channel: Channel;
let stub: V2Stub;

beforeAll(async () => {
  emulator = await startEmulator({ userId: 'user-1', appId: 'app-1', pat: 'pat-0123456789abcdef' });
  channel = ClarifaiChannel.get_grpc_channel(emulator.base);
  stub = service_pb2_grpc.V2Stub(channel);
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  await channel.close();
  await emulator.close();
});

const methodOf = ({ path }: Snippet): MethodName => path.slice(path.lastIndexOf('/') + 1) as MethodName;

/** Base64 of each message of the one request that arrived. */
function arrived(method: MethodName): string[] {
  const codec = methods[method].request() as unknown as Codec<object>;
  const recorded = emulator.requests();
  expect(recorded.map((request) => request.method)).toEqual([method]);
  return (recorded[0]?.requests ?? []).map((request) => Buffer.from(codec.encode(request)).toString('base64'));
}

describe('a snippet that was ported line by line sends the bytes that Python sends', () => {
  const seeds = snippets.filter(({ name }) => /^00[03]-/.test(name));

  test('every snippet of the documentation is ported', () => {
    expect(Object.keys(pythonSnippets).sort()).toEqual(seeds.map(({ name }) => name).sort());
  });

  test.each(seeds)('$name', async (snippet) => {
    // Whatever the emulator makes of it; some RPCs it does not have.
    await pythonSnippets[snippet.name]?.(stub).catch(() => undefined);
    expect(arrived(methodOf(snippet))).toEqual([snippet.request_b64]);
    expect(emulator.requests()[0]?.metadata).toMatchObject({ authorization: expect.stringContaining('redacted') });
  });

  test('a prediction is read as in Python', async () => {
    // It names no user and app: it is written for the key of an app.
    await using own = await startEmulator({ apiKey: 'pat-0123456789abcdef' });
    await using toOwn = ClarifaiChannel.get_grpc_channel({ base: own.base });
    const lines = (await pythonSnippets['000-predict-image-url']?.(service_pb2_grpc.V2Stub(toOwn))) as string[];
    expect(lines[0]).toBe('Predicted concepts:');
    expect(lines[1]).toMatch(/^[\w ]+ [01]\.\d\d$/);
  });
});

describe('ParseDict of what was recorded', () => {
  /** A number that no longer fits: FrameInfo.time is uint64 in 12.5 and 2^64-1 here; in 11.11 it is uint32. */
  const retyped = 'own-post-annotations-polygon-span-track';

  test.each(snippets.filter(({ name }) => name !== retyped))('$name: is sent with the same bytes', async (snippet) => {
    const method = methodOf(snippet);
    const [, requestType] = reflection().methods[method] ?? ['', ''];
    const sent = snippet.stream_requests ?? [snippet as Sent];
    const messages = sent.map(({ request_json }) => ParseDict(request_json, newMessage(requestType)));
    for (const [index, message] of messages.entries()) {
      expect(Buffer.from(message.SerializeToString()).toString('base64')).toBe(sent[index]?.request_b64);
    }
    // The emulator has no uploads: it ends such a call before it has read what is sent.
    if (snippet.stream_requests !== undefined) return;
    await call(snippet, messages[0]);
    expect(arrived(method)).toEqual(sent.map(({ request_b64 }) => request_b64));
  });

  test.each(snippets.filter(({ name }) => name !== retyped))(
    '$name: comes back from MessageToDict as the JSON that Python recorded',
    (snippet) => {
      const [, requestType] = reflection().methods[methodOf(snippet)] ?? ['', ''];
      for (const { request_json } of snippet.stream_requests ?? [snippet as Sent]) {
        const message = ParseDict(request_json, newMessage(requestType));
        expect(MessageToDict(message, { preserving_proto_field_name: true })).toEqual(request_json);
      }
    },
  );

  test(`${retyped}: a number that does not fit its field is refused`, () => {
    const request = snippets.find(({ name }) => name === retyped)?.request_json;
    expect(() => ParseDict(request, service_pb2.PostAnnotationsRequest())).toThrow(
      'Expected `FrameInfo.time` to be an unsigned 32-bit integer',
    );
  });
});

interface Serializable {
  SerializeToString(): Uint8Array;
}

function newMessage(fullName: string): Serializable {
  const name = fullName.replace('clarifai.api.', '') as 'PostInputsRequest';
  return service_pb2[name]();
}

/** Calls the RPC of a row, whatever comes back. */
async function call({ path, metadata }: Snippet, request: unknown): Promise<void> {
  const name = path.slice(path.lastIndexOf('/') + 1) as MethodName;
  // Python sends a call without a credential; this client refuses to, so the row that has none gets one.
  const options = { metadata: metadata.length > 0 ? metadata : [['authorization', 'Key pat-0123456789abcdef']] };
  const method = stub[name] as unknown as (
    request: unknown,
    options: object,
  ) => Promise<unknown> | AsyncIterable<unknown>;
  const answer = method(request, options);
  try {
    if (Symbol.asyncIterator in answer) for await (const _ of answer);
    else await answer;
  } catch {
    // Some RPCs the emulator does not have.
  }
}
