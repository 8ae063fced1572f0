import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import { status } from '../answers';
import type { ModelMethods } from '../methods/run-method';
import { methodsModel } from '../methods/run-method';
import { signatureOf } from '../methods/signature';
import type { ModelFunction } from '../predict/model-function';
import type { MediaKind, Owner } from './input-urls';
import { toTimestamp } from './timestamp';
import type { World } from './world';

/** A model of the user's own. */
export interface ModelDefinition {
  /** The model's id. */
  readonly id: string;
  /** @default the emulator's user */
  readonly userId?: string | undefined;
  /** @default the emulator's app */
  readonly appId?: string | undefined;
  /** Such as `visual-classifier`. @default 'any-to-any' */
  readonly modelTypeId?: string | undefined;
  /** What GetModel answers as its description. @default '' */
  readonly description?: string | undefined;
  /** Answers other kinds of inputs with status 30101. @default anything goes */
  readonly takes?: MediaKind | undefined;
  /** What it answers. Either this or `methods`. */
  readonly predict?: ModelFunction | undefined;
  /** What it can be asked by name, made with `modelMethod`; `predict`, `generate` and `stream` are those asked without one. */
  readonly methods?: ModelMethods | undefined;
}

/** Adds a trained model, or replaces the one with the same id; users and apps are made as needed and are public. */
export function registerModel(world: World, definition: ModelDefinition, home: Owner): void {
  const { id, methods, takes, description = '', modelTypeId = 'any-to-any' } = definition;
  const owner = { userId: definition.userId ?? home.userId, appId: definition.appId ?? home.appId };
  const app = world.app(owner.userId, owner.appId) ?? world.addApp(owner.userId, { id: owner.appId }, true);
  const at = toTimestamp(world.clock.now());
  const version = {
    id: randomId(world.randomBytes),
    createdAt: at,
    completedAt: at,
    status: status(StatusCode.MODEL_TRAINED),
    ...(methods && { methodSignatures: Object.entries(methods).map(([name, one]) => signatureOf(name, one)) }),
    ...owner,
  };
  const message = { id, name: id, createdAt: at, modifiedAt: at, description, modelTypeId, ...owner };
  const predict = methods === undefined ? definition.predict : methodsModel(methods);
  app.models.set(id, {
    message,
    versions: [version],
    predict,
    recalls: new Map(),
    exports: new Map(),
    takes: takes && [takes],
    methods,
  });
}
