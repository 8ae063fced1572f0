/// <reference lib="esnext.disposable" preserve="true" />
// For users whose library has no Symbol.asyncDispose yet, which the types below need.

/**
 * The service in the process of a test.
 *
 * @module clarifai-grpc/emulator
 */

export { startEmulator } from './start-emulator';
export { createManualClock } from './manual-clock';
export type { ManualClock } from './manual-clock';
export type { Clock, Timer } from '../base/clock';
export type { Emulator, EmulatorClientOptions, EmulatorSnapshot, EmulatorStubOptions } from './emulator';
export type { ArchiveContent } from './exports/archive';
export type { EmulatorSeed } from './seed';
export type { EmulatorOptions, TlsOptions } from './options';
export type { Limits } from './limits';
export type { Lifecycle } from './state/input-store';
export type { FaultPlan, FaultStep } from './service/fault-step';
export type { FaultRule, PendingScript } from './service/faults';
export type { RecordedRequest, RequestLogOptions } from './service/request-log';
export { modelMethod } from './methods/model-method';
export type { MethodDefinition, ModelMethod } from './methods/model-method';
export type { FieldType, Scalar } from '../predict/methods/field-type';
export type { AnswerOf, ArgumentType, ArgumentsOf, ScalarValues, ValueOf } from './methods/field-type';
export type { EmulatorUser, UserDefinition } from './state/add-user';
export type { ModelDefinition } from './state/register-model';
export type { Media } from './predict/media';
export type { ModelFunction, PredictContext } from './predict/model-function';
