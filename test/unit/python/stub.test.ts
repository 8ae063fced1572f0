import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reflection } from '../../../generated/reflection';
import { DeadlineExceededError, InvalidRequestError } from '../../../src/base/errors';
import { type Emulator, startEmulator } from '../../../src/emulator';
import {
  ClarifaiChannel,
  resources_pb2,
  service_pb2,
  service_pb2_grpc,
  status_code_pb2,
  status_pb2,
} from '../../../src/python';
import { serviceEnums, serviceMessages } from '../../../src/python/module-types';

let emulator: Emulator;
let options: { metadata: string[][] };
const text = (raw: string): object => ({ inputs: [{ data: { text: { raw } } }] });
const request = (raw: string): ReturnType<typeof service_pb2.PostModelOutputsRequest> =>
  service_pb2.PostModelOutputsRequest({
    user_app_id: { user_id: emulator.userId, app_id: emulator.appId },
    model_id: 'echo',
    ...text(raw),
  });

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.model({ id: 'echo', takes: 'text', predict: ({ data }) => ({ text: { raw: data?.text?.raw ?? '' } }) });
  options = { metadata: [['authorization', `Key ${emulator.pat}`]] };
});
afterAll(() => emulator.close());

test('stubs are made with new or without, and share the channel that they are given', async () => {
  await using channel = ClarifaiChannel.get_grpc_channel({ base: emulator.base });
  const one = service_pb2_grpc.V2Stub(channel);
  const other = new service_pb2_grpc.V2Stub(channel);
  const answers = await Promise.all([one, other].map((stub) => stub.PostModelOutputs(request('a'), options)));
  expect(answers.map(({ outputs }) => outputs[0]?.data.text.raw)).toEqual(['a', 'a']);
  await channel.close();
  await expect(one.ListApps(service_pb2.ListAppsRequest(), options)).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
});

test('the aio and the insecure channels answer alike', async () => {
  await using aio = ClarifaiChannel.get_aio_grpc_channel(emulator.base);
  await using insecure = ClarifaiChannel.get_insecure_grpc_channel('127.0.0.1', emulator.port);
  await using both = ClarifaiChannel.get_aio_insecure_grpc_channel({ base: '127.0.0.1', port: emulator.port });
  for (const channel of [aio, insecure, both]) {
    const answer = await service_pb2_grpc.V2Stub(channel).PostModelOutputs(request('b'), options);
    expect(answer.status.code).toBe(10000);
  }
});

test('a stream of answers is iterated, and a stream of requests is an iterable or an async one', async () => {
  await using channel = ClarifaiChannel.get_grpc_channel(emulator.base);
  const stub = service_pb2_grpc.V2Stub(channel);
  const raws: string[] = [];
  for await (const answer of stub.GenerateModelOutputs(request('c'), options)) {
    raws.push(...answer.outputs.map(({ data }) => data.text.raw));
  }
  async function* later(): AsyncGenerator<ReturnType<typeof request>> {
    yield request('e');
  }
  for (const requests of [[request('d')], later()]) {
    for await (const answer of stub.StreamModelOutputs(requests, options)) {
      raws.push(...answer.outputs.map(({ data }) => data.text.raw));
    }
  }
  expect(raws.join('')).toMatch(/^c+d+e+$/);
});

test('a plain object of fields stands for a request', async () => {
  await using channel = ClarifaiChannel.get_grpc_channel(emulator.base);
  const stub = service_pb2_grpc.V2Stub(channel);
  const answer = await stub.PostModelOutputs(
    { user_app_id: { user_id: emulator.userId, app_id: emulator.appId }, model_id: 'echo', ...text('f') },
    options,
  );
  expect(answer).toBeInstanceOf(service_pb2.MultiOutputResponse);
});

test('a call without a credential is sent, and answered with what the service thinks of it', async () => {
  await using channel = ClarifaiChannel.get_grpc_channel(emulator.base);
  const answer = await service_pb2_grpc.V2Stub(channel).ListApps({});
  expect(answer.status.code).toBe(status_code_pb2.CONN_INVALID_REQUEST);
});

test('mistakes reject with the errors of this package', async () => {
  await using channel = ClarifaiChannel.get_grpc_channel(emulator.base);
  const stub = service_pb2_grpc.V2Stub(channel);
  await expect(stub.PostModelOutputs(resources_pb2.Input() as never, options)).rejects.toThrow(
    'Expected `request` to be a clarifai.api.PostModelOutputsRequest, got a clarifai.api.Input',
  );
  await expect(stub.ListApps({}, { meta: [] } as object)).rejects.toThrow(InvalidRequestError);
  await expect(stub.ListApps({}, { metadata: [['authorization']] })).rejects.toThrow(InvalidRequestError);
  emulator.script('ListApps', [{ blackHole: true }]);
  await expect(stub.ListApps({}, { ...options, timeout: 0.01 })).rejects.toThrow(DeadlineExceededError);
  expect(() => service_pb2_grpc.V2Stub({} as never)).toThrow('Expected `channel` to be what ClarifaiChannel makes');
});

test('a future gives the answer that its call got, and can be cancelled', async () => {
  await using channel = ClarifaiChannel.get_grpc_channel(emulator.base);
  const stub = service_pb2_grpc.V2Stub(channel);
  const future = stub.PostModelOutputs.future(request('g'), options);
  expect(future.done()).toBe(false);
  expect((await future.result()).outputs[0]?.data.text.raw).toBe('g');
  expect(future.done()).toBe(true);
  emulator.script('ListModels', [{ blackHole: true }]);
  const cancelled = stub.ListModels.future({}, options);
  cancelled.cancel();
  await expect(cancelled.result()).rejects.toMatchObject({ name: 'AbortError' });
});

test('with_call gives the metadata of the call with its answer', async () => {
  await using channel = ClarifaiChannel.get_grpc_channel(emulator.base);
  const stub = service_pb2_grpc.V2Stub(channel);
  const [answer, call] = await stub.PostModelOutputs.with_call(request('h'), {
    ...options,
    wait_for_ready: true,
    compression: 'gzip',
  });
  expect(answer.outputs[0]?.data.text.raw).toBe('h');
  expect(call.code()).toBe(0);
  expect(call.details()).toBe('');
  expect(call.initial_metadata()).toEqual(expect.any(Array));
  expect(call.trailing_metadata()).toEqual(expect.any(Array));
});

test('a wrong channel is refused', () => {
  expect(() => ClarifaiChannel.get_grpc_channel({ bas: 'x' } as object)).toThrow('did you mean `base`?');
  expect(() => ClarifaiChannel.get_insecure_grpc_channel('localhost', 0)).toThrow('Expected `port` to be');
  expect(() => ClarifaiChannel.get_grpc_channel('localhost:1', '/no/such.pem')).not.toThrow();
  expect(() => ClarifaiChannel.get_grpc_channel('https://localhost:1', '/no/such.pem')).toThrow('root');
});

test('each message and enum is in the module of its proto file', () => {
  const source = readFileSync(join(__dirname, '../../../generated/proto/clarifai/api/service.ts'), 'utf8');
  const named = (what: string): string[] =>
    [...source.matchAll(new RegExp(`^export ${what} (\\w+)`, 'gm'))].map(([, name = '']) => name);
  const messages = named('interface').filter((name) => !/^V2$|Entry$/.test(name));
  const others = messages.filter((name) => !/(Request|Response)$/.test(name));
  expect(others.sort()).toEqual([...serviceMessages].sort());
  expect(named('enum').sort()).toEqual([...serviceEnums].sort());
  for (const name of messages) expect(name in service_pb2).toBe(true);
  const all = Object.keys(reflection().messages).filter((name) => /^clarifai\.api\.\w+$/.test(name));
  for (const name of all.map((fullName) => fullName.slice('clarifai.api.'.length))) {
    expect([name, name in resources_pb2]).toEqual([name, !messages.includes(name)]);
  }
  expect(Object.keys(status_pb2).sort()).toEqual(['BaseResponse', 'RedirectInfo', 'Status']);
});

test('one name of a field follows no pattern, and names.ts has it', () => {
  const irregular = Object.values(reflection().messages)
    .flat()
    .filter(([name, jsName]) => jsName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) !== name)
    .map(([name, jsName]) => `${jsName}: ${name}`);
  expect([...new Set(irregular)]).toEqual(['meanAvgPrecisionIou50: mean_avg_precision_iou_50']);
});
