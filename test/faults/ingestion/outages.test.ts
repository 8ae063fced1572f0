import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { FaultStep } from '../../../src/emulator/service/fault-step';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionSummary } from '../../../src/ingestion/outcome';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy';
import { createFastClient, fastClock } from './fast-client';
import { expectAllLoaded, idsInEmulator } from './load';

// A machine that is busy may take long over what is repeated many times.
jest.setTimeout(60_000);

// An ingestion with the waits that it has by default, in time that passes fast.

const count = 3000;

/** Loads everything through a proxy, while `fault` happens once to the proxy or the emulator, some way into the run. */
async function loadsAll(
  fault: (proxy: TcpProxy, emulator: Emulator) => void,
  { options = {}, after = 1000 }: { options?: IngestOptions; after?: number } = {},
): Promise<{ summary: IngestionSummary; accepted: number }> {
  await using emulator = await startEmulator();
  await using proxy = await startTcpProxy(emulator.port);
  await using direct = new Clarifai(emulator.clientOptions);
  await using client = createFastClient(proxy.base, emulator);
  if (after === 0) fault(proxy, emulator);
  const onOutcome = (outcomes: number): void => {
    if (outcomes === after) fault(proxy, emulator);
  };
  const summary = await expectAllLoaded(client, count, () => idsInEmulator(emulator, direct), { options, onOutcome });
  return { summary, accepted: proxy.accepted };
}

describe('an ingestion loses nothing and doubles nothing', () => {
  it.each(['fin', 'reset'] as const)('when its connections are cut (%s)', async (how) => {
    const { accepted } = await loadsAll((proxy) => proxy.cut(how));
    expect(accepted).toBeGreaterThan(1);
  });

  it('when the service is gone for ten seconds', async () => {
    const { summary } = await loadsAll((proxy) => {
      proxy.leave();
      fastClock.setTimer(() => proxy.comeBack(), 10_000);
    });
    expect(summary.durationMs).toBeGreaterThan(10_000);
  });

  it('when its connection is open and nothing comes through it any more', async () => {
    const { accepted } = await loadsAll((proxy) => proxy.blackHole(), { options: { attemptTimeoutMs: 300 } });
    expect(accepted).toBeGreaterThan(1);
  });

  it('when connections are accepted and nothing speaks on them for half a minute', async () => {
    const { summary } = await loadsAll(
      (proxy) => {
        proxy.mute = true;
        fastClock.setTimer(() => (proxy.mute = false), 30_000);
      },
      { after: 0 },
    );
    expect(summary.durationMs).toBeGreaterThan(30_000);
  });

  it.each<[string, FaultStep]>([
    ['throttles every request', { status: 11005 }],
    ['fails every request', 14],
  ])('when the service %s for half a minute, which it does not answer with a storm', async (_, step) => {
    const { summary } = await loadsAll((__, emulator) => {
      const rule = emulator.rule('PostInputs', step);
      fastClock.setTimer(() => rule.remove(), 30_000);
    });
    expect(summary.durationMs).toBeGreaterThan(30_000);
    // A handful of requests that were in flight, and then one at a time, after longer and longer waits.
    expect(summary.retries).toBeLessThan(40 * 128);
  });
});
