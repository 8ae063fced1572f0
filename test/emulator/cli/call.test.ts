import { join } from 'node:path';
import { startWorld, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const url = 'https://samples.clarifai.com/metro-north.jpg';
const post = JSON.stringify({ inputs: [{ id: 'a', data: { image: { url } } }] });

test("any RPC is called with protobuf's JSON in and out", async () => {
  const { code, out, err } = await world.ran(['call', 'PostInputs', post]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    status: { code: 'SUCCESS' },
    inputs: [{ id: 'a', data: { image: { url } }, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) }],
  });
  const listed = await world.ran(['call', 'ListInputs', '{"per_page": 3}', '--json']);
  expect(listed.out.split('\n')).toHaveLength(2);
  expect(JSON.parse(listed.out).inputs).toHaveLength(1);
});

test('user and app are filled in where the request names none', async () => {
  const { userId, appId } = world.emulator;
  for (const json of ['{}', '{"userAppId": {"userId": "x"}}', '{"user_app_id": {"user_id": "y"}}']) {
    await world.ran(['call', 'ListInputs', json]);
  }
  await world.ran(['call', 'PostModelOutputs', '{"modelId": "m"}']);
  await world.ran(['call', 'ListStatusCodes']);
  const sent = world.emulator.requests().map(({ request }) => request);
  expect(sent[0]).toMatchObject({ userAppId: { userId, appId } });
  expect(sent.slice(1, 3)).toMatchObject([
    { userAppId: { userId: 'x', appId: '' } },
    { userAppId: { userId: 'y', appId: '' } },
  ]);
  expect(sent[3]).toMatchObject({ userAppId: { userId, appId } });
  expect(sent[4]).toEqual({});
});

test('a request comes from a file and from stdin, too', async () => {
  const file = world.file('request.json', post);
  expect((await world.ran(['call', 'PostInputs', `@${file}`])).code).toBe(0);
  expect(
    (await world.ran(['call', 'PostInputs', '-'], { stdin: post.replace('"a"', '"b"').replace('.jpg', '.jpg?2') }))
      .code,
  ).toBe(0);
  const { inputs } = JSON.parse((await world.ran(['call', 'ListInputs'])).out);
  expect(inputs).toHaveLength(2);
});

test('an answer with a status of failure is printed, and ends with the code of its kind', async () => {
  const missing = await world.ran(['call', 'GetInput', '{"inputId": "none"}']);
  expect(missing.code).toBe(1);
  expect(JSON.parse(missing.out).status.code).not.toBe('SUCCESS');
  expect(missing.err).toMatch(/^clarifai-grpc: /);
  world.emulator.script('ListInputs', [{ status: 11006 }, { status: 10010 }]);
  expect((await world.ran(['call', 'ListInputs'])).code).toBe(5);
  const mixed = await world.ran(['call', 'ListInputs', '--json']);
  expect(mixed.code).toBe(3);
  expect(JSON.parse(mixed.err)).toMatchObject({ error: { code: 'MIXED_STATUS', statusCode: 10010 } });
  expect((await world.ran(['call', 'ListInputs'], { env: { ...world.env, CLARIFAI_PAT: '0'.repeat(32) } })).code).toBe(
    4,
  );
});

test('an RPC that answers in a stream prints a line an answer', async () => {
  const request = { inputs: [{ data: { text: { raw: 'count to three' } } }], modelId: 'synthetic-text-generation' };
  const json = JSON.stringify({ ...request, userAppId: { userId: 'clarifai', appId: 'main' } });
  const { code, out } = await world.ran(['call', 'GenerateModelOutputs', json]);
  expect(code).toBe(0);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(1);
  for (const { status } of lines) expect(status.code).toBe('SUCCESS');
});

test('an RPC that takes a stream reads a line a request, from stdin and from a file', async () => {
  const line = (raw: string): string =>
    JSON.stringify({
      userAppId: { userId: 'clarifai', appId: 'main' },
      modelId: 'synthetic-text-generation',
      inputs: [{ data: { text: { raw } } }],
    });
  const stdin = `${line('one')}\n\n${line('two')}\n`;
  for (const args of [[], ['-'], [`@${world.file('requests.jsonl', stdin)}`]]) {
    const before = world.emulator.requests().length;
    const { code, out } = await world.ran(['call', 'StreamModelOutputs', ...args], { stdin });
    expect(code).toBe(0);
    expect(out).toContain('"SUCCESS"');
    expect(world.emulator.requests().length).toBeGreaterThan(before);
  }
  const broken = await world.ran(['call', 'StreamModelOutputs'], { stdin: `${line('one')}\n{oops\n` });
  expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('Expected stdin:2 to be JSON') });
});

test('--list names all RPCs with what they take and answer', async () => {
  const { code, out } = await world.ran(['call', '--list'], { env: {} });
  expect(code).toBe(0);
  const [heading, ...rows] = out.trimEnd().split('\n');
  expect(heading).toMatch(/^NAME +KIND +REQUEST +RESPONSE$/);
  expect(rows).toHaveLength(289);
  expect(out).toMatch(/^StreamModelOutputs +bidi +PostModelOutputsRequest +MultiOutputResponse$/m);
});

test.each([
  [['ListInput'], 'There is no RPC `ListInput`: did you mean `ListInputs`?'],
  [['ListInputs', '{"perPages": 3}'], 'did you mean `per_page`?'],
  [['ListInputs', '{"perPage": "many"}'], 'ListInputsRequest.per_page'],
  [['ListInputs', '[]'], 'Expected the request to be an object in JSON'],
  [['ListInputs', '{'], 'Expected the request to be JSON'],
  [[], 'Expected the name of an RPC'],
])('a mistake ends with 2, and nothing is sent: %j', async (args, said) => {
  const { code, out, err } = await world.ran(['call', ...args]);
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringContaining(said) });
  expect(world.emulator.requests()).toEqual([]);
});

test('a file that is not there ends with 1 and its name', async () => {
  const file = join(world.folder, 'none.json');
  expect(await world.ran(['call', 'ListInputs', `@${file}`])).toMatchObject({
    code: 1,
    err: expect.stringContaining(file),
  });
});
