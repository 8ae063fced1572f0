import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { assertFunction, assertNumber, assertObject, assertOneOf, assertString, invalidArgument } from '../base/assert';
import { randomId } from '../base/ids';
import { status } from './answers';
import type { Emulator, ModelDefinition } from './emulator';
import { allHandlers } from './handlers/all-handlers';
import type { EmulatorOptions } from './options';
import { resolveEmulatorOptions } from './options';
import { Credentials } from './service/auth';
import { Dispatcher } from './service/dispatcher';
import { Faults } from './service/faults';
import { RequestLog } from './service/request-log';
import { listen } from './service/server';
import { mediaKinds } from './state/input-urls';
import { seedWorld } from './state/seed-world';
import { toTimestamp } from './state/timestamp';
import { World } from './state/world';

/**
 * Starts the V2 service in this process, on loopback and on a free port.
 *
 * @example
 * await using emulator = await startEmulator();
 * const clarifai = new Clarifai(emulator.clientOptions);
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host, port, keepAlive, pat, userId, appId, ...settings } = resolveEmulatorOptions(options);
  const { clock, randomBytes, requestLog, limits } = settings;
  const apiKey = randomId(randomBytes);
  const sessionToken = randomId(randomBytes);
  const world = new World(settings);
  const faults = new Faults();
  const log = new RequestLog(requestLog);
  const credentials = new Credentials();
  credentials.addPat(pat, userId);
  credentials.addAppKey(apiKey, userId, appId);
  credentials.addSession(sessionToken, userId);
  const registered: ModelDefinition[] = [];
  seedWorld(world, { userId, appId });

  const dispatcher = new Dispatcher({ world, credentials, faults, log, handlers: allHandlers });
  const server = await listen(dispatcher, { host, port, keepAlive, maxRequestBytes: limits.maxRequestBytes });
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;

  return {
    base,
    port: server.port,
    pat,
    apiKey,
    sessionToken,
    userId,
    appId,
    clientOptions: { base, pat, userId, appId },
    model(definition) {
      registered.push(checked(definition));
      register(definition);
    },
    url: (url, content) => world.urls.seed(url, content),
    script: (method, steps) => faults.script(method, steps),
    rule: (method, step) => faults.rule(method, step),
    pendingScripts: () => faults.pending(),
    assertNoPending: () => faults.assertNonePending(),
    requests: (filter) => log.list(filter?.method),
    inputBytes: (inputId) => world.app(userId, appId)?.inputs.get(inputId)?.bytes,
    advance(byMs) {
      assertNumber(byMs, 'byMs', { min: 0 });
      if (!('advance' in clock) || typeof clock.advance !== 'function') {
        throw invalidArgument('options.clock', 'a clock that can be advanced, such as createManualClock()', clock);
      }
      clock.advance(byMs);
    },
    reset() {
      faults.clear();
      log.clear();
      world.clear();
      seedWorld(world, { userId, appId });
      for (const definition of registered) register(definition);
    },
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  };

  function register(definition: ModelDefinition): void {
    const owner = { userId: definition.userId ?? userId, appId: definition.appId ?? appId };
    const app = world.app(owner.userId, owner.appId) ?? world.addApp(owner.userId, { id: owner.appId }, true);
    const { id, predict, takes, description = '', modelTypeId = 'any-to-any' } = definition;
    const at = toTimestamp(clock.now());
    const version = {
      id: randomId(randomBytes),
      createdAt: at,
      completedAt: at,
      status: status(StatusCode.MODEL_TRAINED),
      ...owner,
    };
    const message = { id, name: id, createdAt: at, modifiedAt: at, description, modelTypeId, ...owner };
    app.models.set(id, { message, versions: [version], predict, takes });
  }
}

const definitionKeys: readonly (keyof ModelDefinition)[] = [
  'id',
  'userId',
  'appId',
  'modelTypeId',
  'description',
  'takes',
  'predict',
];

function checked(definition: ModelDefinition): ModelDefinition {
  assertObject(definition, 'model', definitionKeys);
  assertString(definition.id, 'model.id', { nonEmpty: true });
  assertFunction(definition.predict, 'model.predict');
  if (definition.takes !== undefined) assertOneOf(definition.takes, 'model.takes', mediaKinds);
  return definition;
}
