import fc from 'fast-check';
import { ClarifaiError, InvalidRequestError } from '../../../src/base/errors';
import { bisect as bisectAnswers, type ItemResult } from '../../../src/operations/bisect';

type Results<T> = readonly ItemResult<T>[];

/** With answers that are the results. */
const bisect = <Item, T>(items: readonly Item[], send: (items: readonly Item[]) => Promise<Results<T>>) =>
  bisectAnswers<Item, Results<T>, T>(items, { send, read: (results) => results });

const aboutAnItem = new InvalidRequestError('bad input', {
  code: 'INPUT_INVALID_ARGUMENT',
  source: 'status',
  category: 'rejected',
  statusCode: 30104,
});

test('exactly the bad items fail, whichever they are, and the order is kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 130 }), async (bad) => {
      let requests = 0;
      const results = await bisect([...bad.keys()], (items): Promise<readonly ItemResult<number>[]> => {
        requests++;
        if (items.some((item) => bad[item])) return Promise.reject(aboutAnItem);
        return Promise.resolve(items.map((value) => ({ ok: true, value })));
      });
      expect(results.map((result) => !result.ok)).toEqual(bad);
      results.forEach((result, index) => expect(result.ok ? result.value : index).toBe(index));
      expect(requests).toBeLessThanOrEqual(Math.max(0, 2 * bad.length - 1));
    }),
  );
});

test('one bad item in 128 costs at most 15 requests', async () => {
  let requests = 0;
  await bisect([...Array(128).keys()], (items) => {
    requests++;
    return items.includes(77)
      ? Promise.reject(aboutAnItem)
      : Promise.resolve(items.map((value) => ({ ok: true as const, value })));
  });
  expect(requests).toBeLessThanOrEqual(15);
});

test.each(['transient', 'throttled', 'notReady', 'fatal'] as const)(
  'a %s failure is every item’s, after one request',
  async (category) => {
    const error = new ClarifaiError('failed', { code: 'X', source: 'grpc', category });
    let requests = 0;
    const results = await bisect([1, 2, 3], () => {
      requests++;
      return Promise.reject(error);
    });
    expect(results).toEqual(Array(3).fill({ ok: false, error }));
    expect(requests).toBe(1);
  },
);

test('what concerns the call is thrown', async () => {
  const error = new ClarifaiError('refused', { code: 'X', source: 'status', category: 'auth' });
  await expect(bisect([1, 2], () => Promise.reject(error))).rejects.toBe(error);
});

test('no items need no request', async () => {
  expect(await bisect([], () => Promise.reject(new Error('sent')))).toEqual([]);
});
