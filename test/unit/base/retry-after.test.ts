import fc from 'fast-check';
import { toRetryAfter } from '../../../src/base/retry-after';
import { retryInfoMs } from '../../../src/base/retry-info';
import { FakeClock } from '../fake-clock';

/** A google.rpc.Status with one detail, written by hand. */
function statusWith(typeUrl: string, value: readonly number[]): Uint8Array {
  const url = [...Buffer.from(typeUrl)];
  const any = [0x0a, url.length, ...url, 0x12, value.length, ...value];
  return Uint8Array.from([0x08, 8, 0x12, 2, 0x68, 0x69, 0x1a, any.length, ...any]);
}

/** RetryInfo { retry_delay { seconds: 2, nanos: 500000000 } } */
const twoAndAHalf = [0x0a, 8, 0x08, 2, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01];
const retryInfo = statusWith('type.googleapis.com/google.rpc.RetryInfo', twoAndAHalf);

describe('toRetryAfter', () => {
  const clock = new FakeClock(Date.parse('2026-01-01T00:00:00Z'));

  test.each<[Record<string, string | Uint8Array>, number | 'never' | undefined]>([
    [{}, undefined],
    [{ 'grpc-retry-pushback-ms': '250' }, 250],
    [{ 'grpc-retry-pushback-ms': '0' }, 0],
    [{ 'grpc-retry-pushback-ms': '-1' }, 'never'],
    [{ 'grpc-retry-pushback-ms': 'soon' }, 'never'],
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'later' }, undefined],
    [{ 'grpc-status-details-bin': retryInfo }, 2500],
    [{ 'grpc-status-details-bin': retryInfo, 'retry-after': '9' }, 2500],
    [{ 'grpc-retry-pushback-ms': '7', 'grpc-status-details-bin': retryInfo }, 7],
    [{ 'grpc-status-details-bin': new Uint8Array([1, 2, 3]), 'retry-after': '9' }, 9000],
  ])('reads %p as %p', (metadata, expected) => {
    expect(toRetryAfter(metadata, clock)).toBe(expected);
  });

  test('is undefined without metadata', () => {
    expect(toRetryAfter(undefined)).toBeUndefined();
  });
});

/** A 64-bit number as a varint, as protobuf writes it: ten bytes when it is negative. */
function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    if (rest < 0x80n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}

describe('retryInfoMs', () => {
  test('gives up on a length that is negative, which would lead it back', () => {
    expect(retryInfoMs(Uint8Array.from([0x1a, ...varint(-11n)]))).toBeUndefined();
    expect(retryInfoMs(Uint8Array.from([...retryInfo, 0x1a, ...varint(-11n)]))).toBeUndefined();
  });

  test('gives up on a length past the end', () => {
    expect(retryInfoMs(Uint8Array.from([...retryInfo, 0x1a, ...varint(1n)]))).toBeUndefined();
    expect(retryInfoMs(Uint8Array.from([...retryInfo, 0x1a, ...varint(1n << 62n)]))).toBeUndefined();
  });

  test('ends for whatever becomes of a valid message, with a wait that is not negative or none', () => {
    const mutation = fc.record({
      at: fc.nat({ max: retryInfo.length }),
      remove: fc.nat({ max: 3 }),
      insert: fc.oneof(
        fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map(varint),
        fc.integer({ min: -40, max: 40 }).map((length) => [0x1a, ...varint(BigInt(length))]),
        fc.array(fc.nat({ max: 255 }), { maxLength: 12 }),
      ),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const bytes = [...retryInfo];
        for (const { at, remove, insert } of mutations) bytes.splice(at, remove, ...insert);
        const ms = retryInfoMs(Uint8Array.from(bytes));
        return ms === undefined || ms >= 0;
      }),
      { numRuns: 2000 },
    );
  });

  test('passes over details of other types', () => {
    expect(retryInfoMs(statusWith('type.googleapis.com/google.rpc.DebugInfo', twoAndAHalf))).toBeUndefined();
  });

  test('never fails, whatever bytes it is given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const ms = retryInfoMs(bytes);
        return ms === undefined || ms >= 0;
      }),
    );
    for (let length = 0; length <= retryInfo.length; length++) {
      expect(() => retryInfoMs(retryInfo.subarray(0, length))).not.toThrow();
    }
  });
});
