import { StatusCode } from '../../../../../generated/proto/clarifai/api/status/status_code';
import { AuthenticationError, ClarifaiError, ServerError } from '../../../../../src/base/errors';
import { collect } from '../../../../../src/operations/collect';
import { errorsIn, settled } from './row';
import { calls } from './rows';
import { train, useWorld } from './world';

const world = useWorld();

/** Each RPC of each method, since any of them may be the one that fails. */
const each = calls.flatMap(([method, row]) => row.rpcs.map((rpc) => [method, rpc, row] as const));
const rejecting = each.filter(
  ([, rpc, row]) =>
    row.failsInOutcomes?.includes(rpc) !== true && row.survives?.[rpc] === undefined && row.spares?.[rpc] === undefined,
);
const withOutcomes = each.filter(([, rpc, row]) => row.failsInOutcomes?.includes(rpc) === true);

const surviving = each.flatMap(([method, rpc, row]) => {
  const because = row.survives?.[rpc];
  return because === undefined ? [] : [[method, rpc, because, row] as const];
});

const sparing = each.flatMap(([method, rpc, row]) => {
  const because = row.spares?.[rpc];
  return because === undefined ? [] : [[method, rpc, because, row] as const];
});

const serverError = { status: StatusCode.INTERNAL_UNCATEGORIZED, details: 'scripted' };
const refused = { status: StatusCode.CONN_KEY_NOT_FOUND, details: 'scripted' };

const retry = { maxAttempts: 2, baseDelayMs: 1 };

test.each(rejecting)('%s rejects when %s fails, and says of what', async (_method, rpc, row) => {
  world().emulator.rule(rpc, serverError);
  const error = await Promise.resolve(row.run(world(), { retry }))
    .then(settled)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ServerError);
  expectTold(error, rpc, serverError.status);
});

test.each(withOutcomes)('%s tells of each item that %s failed', async (_method, rpc, row) => {
  world().emulator.rule(rpc, serverError);
  const errors = errorsIn(await settled(row.run(world(), { retry })));
  expect(errors).not.toEqual([]);
  for (const error of errors) expectTold(error, rpc, serverError.status);
});

test.each(surviving)('%s goes on after a failure of %s: %s', async (_method, rpc, _because, row) => {
  world().emulator.script(rpc, [serverError, serverError, serverError]);
  expect(errorsIn(await settled(row.run(world(), { retry })))).toEqual([]);
  world().emulator.assertNoPending();
});

test.each(sparing)('%s does without %s: %s', async (_method, rpc, _because, row) => {
  world().emulator.rule(rpc, refused);
  expect(errorsIn(await settled(row.run(world(), { retry })))).toEqual([]);
});

test.each(each.filter(([, rpc, row]) => row.spares?.[rpc] === undefined))(
  '%s rejects when the credential is refused for %s',
  async (_method, rpc, row) => {
    world().emulator.rule(rpc, refused);
    const error = await Promise.resolve(row.run(world(), {}))
      .then(settled)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AuthenticationError);
    expectTold(error, rpc, refused.status);
  },
);

test('an item that fails among others is told with the id of the request that it was in', async () => {
  const { app, emulator } = world();
  const failed = { items: { 0: StatusCode.INPUT_INVALID_ARGUMENT } };
  const rpcs = ['PostInputs', 'PostModelOutputs', 'PostWorkflowResults', 'GenerateModelOutputs'] as const;
  for (const rpc of rpcs) emulator.script(rpc, [failed]);
  const outcomes = [
    await app.inputs.add([{ text: 'one' }, { text: 'two' }]),
    await app.model('echo').predict({ inputs: [{ text: 'one' }, { text: 'two' }] }),
    await app.workflow('workflow-1').predict({ inputs: [train, train] }),
    await collect(app.model('echo').generate({ inputs: [{ text: 'one' }, { text: 'two' }] })),
    await app.annotations.create(['none', 'input-1'].map((inputId) => ({ inputId, concepts: ['concept-1'] }))),
  ];
  for (const [first, second] of outcomes) {
    expect(first).toMatchObject({ ok: false, error: { requestId: expect.stringMatching(/./) as string } });
    expect(second?.ok).toBe(true);
  }
});

/** An error that one can act on: which RPC, what of, and what to quote to the service's people. */
function expectTold(error: unknown, method: string, statusCode: number): void {
  expect(error).toBeInstanceOf(ClarifaiError);
  expect(error).toMatchObject({ method, statusCode, source: 'status', details: 'scripted' });
  const { requestId = '', message } = error as ClarifaiError;
  expect(requestId).not.toBe('');
  expect(message).toContain(method);
  expect(message).toContain(requestId);
}
