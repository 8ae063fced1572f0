import { NotFoundError } from '../../../../../src/base/errors';
import { errorsIn, settled } from './row';
import { calls } from './rows';
import { useWorld } from './world';

const world = useWorld();

const rejecting = calls.filter(([, { missing }]) => missing.comesTo === 'rejection');
const withOutcome = calls.filter(([, { missing }]) => missing.comesTo === 'outcome');
const byDesign = calls.flatMap(([method, { missing }]) =>
  typeof missing.comesTo === 'object' ? [[method, missing.comesTo.because, missing] as const] : [],
);

test.each(rejecting)('%s of what is not there rejects with a NotFoundError that says so', async (_method, row) => {
  const error: unknown = await Promise.resolve(row.missing.run(world(), {}))
    .then(settled)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotFoundError);
  expect(row.rpcs).toContain((error as NotFoundError).method);
  expect((error as NotFoundError).requestId).toMatch(/./);
});

test.each(withOutcome)('%s of what is not there has a NotFoundError for an outcome', async (_method, { missing }) => {
  const errors = errorsIn(await settled(missing.run(world(), {})));
  expect(errors).not.toEqual([]);
  for (const error of errors) expect(error).toBeInstanceOf(NotFoundError);
});

test.each(byDesign)('%s does not reject, as %s', async (_method, _because, { run, comesTo }) => {
  if (typeof comesTo === 'object') comesTo.check(await settled(run(world(), {})));
});
