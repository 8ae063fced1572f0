import type { Input, Part } from '../../../generated/proto/clarifai/api/resources';
import { assertArray, assertIterable, assertObject, assertString, invalidRequest } from '../../base/assert';
import type { Clock } from '../../base/clock';
import { nearestName } from '../../base/nearest-name';
import { toClarifaiError } from '../../base/to-clarifai-error';
import type { Invoke, InvokeStream, StreamOptions } from '../../operations/invoker';
import type { Outcome } from '../../operations/outcome';
import type { ResolvedRef } from '../../operations/resource-ref';
import { toPlain } from '../../operations/to-plain';
import { withDeadline, withinTime } from '../../operations/with-deadline';
import type { CallOptions } from '../../options/call-options';
import type { DeepPartial } from '../../wire/codec';
import type { ComputeSelector } from '../compute-selector';
import { type Output, postModelOutputs } from '../model-outputs';
import { createToModelRequest, type ModelAsk } from '../model-request';
import { answersTo } from '../streamed-outputs';
import { assertAnswered, assertDeclared, assertIsDeclaration } from './assert-declared';
import type { DeclaredMethod } from './declared-method';
import type { MethodArguments, MethodValue } from './method-value';
import { readAnswer } from './read-value';
import { readSignatures } from './read-signatures';
import type { MethodField, MethodSignature } from './signature';
import { toMethodData, writeArguments } from './write-arguments';
import { writeValue } from './write-value';

/** Options of a call of a method. */
export interface MethodCallOptions extends CallOptions {
  /** Machines of the user's own that the model is to run on. @default the service decides */
  readonly compute?: ComputeSelector | undefined;
}

/** Options of a method that answers bit by bit. */
export interface MethodStreamOptions extends StreamOptions {
  /** Machines of the user's own that the model is to run on. @default the service decides */
  readonly compute?: ComputeSelector | undefined;
}

export interface MethodsContext {
  readonly invoke: Invoke;
  readonly invokeStream: InvokeStream;
  readonly clock: Clock;
}

/** Calls the methods of one model by name. Their signatures are read once. */
export class ModelMethods {
  readonly #context: MethodsContext;
  readonly #model: ResolvedRef;
  #signatures: readonly MethodSignature[] | undefined;

  constructor(context: MethodsContext, model: ResolvedRef) {
    this.#context = context;
    this.#model = model;
  }

  async signatures(options: CallOptions): Promise<readonly MethodSignature[]> {
    const { id: modelId, versionId, userAppId } = this.#model;
    this.#signatures ??= await readSignatures(this.#context.invoke, { userAppId, modelId, versionId }, options);
    return this.#signatures;
  }

  /** One outcome for each object of arguments, all of which are checked before the first is sent. */
  async call(
    method: MethodLike,
    calls: readonly MethodArguments[],
    { compute, ...options }: MethodCallOptions,
    nameOf: (index: number) => string,
  ): Promise<Outcome<MethodValue>[]> {
    assertArray(calls, 'args', 'an array of objects of arguments');
    const invoke = withDeadline(this.#context.invoke, options, this.#context.clock);
    const { signature, read } = await this.#find(method, 'call', options);
    const inputs: { data: ReturnType<typeof toMethodData> }[] = [];
    for (const [index, args] of calls.entries()) {
      inputs.push({ data: toMethodData(signature.name, await writeArguments(signature, args, nameOf(index))) });
    }
    const context = { invoke, clock: this.#context.clock };
    const outcomes = await postModelOutputs(context, this.#model.scope, { ...this.#asked(compute), inputs }, options);
    return outcomes.map((outcome) => (outcome.ok ? readOutcome(outcome, read) : outcome));
  }

  async *generate(
    method: MethodLike,
    args: MethodArguments,
    { compute, ...options }: MethodStreamOptions,
  ): AsyncGenerator<MethodValue, void, undefined> {
    const optionsOfStep = withinTime(options, this.#context.clock);
    const { signature, read } = await this.#find(method, 'generate', optionsOfStep());
    const inputs = [{ data: toMethodData(signature.name, await writeArguments(signature, args, 'args')) }];
    const request = createToModelRequest(this.#asked(compute), this.#model.scope)(inputs);
    const calling = { ...optionsOfStep(), idempotent: true };
    for await (const { outputs } of this.#context.invokeStream('GenerateModelOutputs', request, calling)) {
      for (const output of outputs) yield read(toPlain(output).data);
    }
  }

  async *stream(
    method: MethodLike,
    args: MethodArguments,
    { compute, ...options }: MethodStreamOptions,
  ): AsyncGenerator<MethodValue, void, undefined> {
    const optionsOfStep = withinTime(options, this.#context.clock);
    const { signature, read } = await this.#find(method, 'stream', optionsOfStep());
    assertObject(args, 'args');
    const field = signature.arguments.find(({ iterator }) => iterator);
    if (field === undefined)
      throw invalidRequest(`\`${signature.name}\` takes no argument bit by bit, which this client cannot call`);
    const { [field.name]: items, ...staying } = args;
    assertIterable(items, `args.${field.name}`);
    const parts = await writeArguments(signature, staying, 'args');
    const toRequest = createToModelRequest(this.#asked(compute), this.#model.scope);
    const messages = inputsOf(signature.name, parts, field, items);
    for await (const output of answersTo(this.#context.invokeStream, toRequest, messages, optionsOfStep())) {
      yield read(output.data);
    }
  }

  #asked(compute: ComputeSelector | undefined): ModelAsk {
    const { id, versionId, scope } = this.#model;
    return { model: { id, versionId, ...scope }, compute };
  }

  async #find(
    method: MethodLike,
    kind: MethodSignature['kind'],
    { signal, metadata, retry, timeoutMs }: CallOptions | StreamOptions,
  ): Promise<FoundMethod> {
    const declared = typeof method === 'object' ? method : undefined;
    if (declared !== undefined) assertIsDeclaration(declared);
    const name = declared?.name ?? method;
    assertString(name, 'method', { nonEmpty: true });
    const signatures = await this.signatures({ signal, metadata, retry, timeoutMs });
    const signature = signatures.find((one) => one.name === name);
    if (signature === undefined) throw noSuchMethod(name, signatures);
    if (signature.kind !== kind) {
      throw invalidRequest(
        `Expected \`${name}\` to be called by \`${signature.kind}\`, as its signature says, not by \`${kind}\``,
      );
    }
    if (declared !== undefined) assertDeclared(signature, declared);
    return { signature, read: reader(signature, declared) };
  }
}

/** A method by its name, or as the caller declares it. */
export type MethodLike = string | DeclaredMethod;

interface FoundMethod {
  readonly signature: MethodSignature;
  /** Reads an answer. @throws ServerError for one without what was declared */
  readonly read: (data: Output['data']) => MethodValue;
}

function reader(signature: MethodSignature, declared: DeclaredMethod | undefined): FoundMethod['read'] {
  return (data) => {
    const value = readAnswer(signature, data);
    if (declared !== undefined) assertAnswered(value, declared);
    return value;
  };
}

function readOutcome(
  outcome: Outcome<Output> & { readonly ok: true },
  read: FoundMethod['read'],
): Outcome<MethodValue> {
  try {
    return { ...outcome, value: read(outcome.value.data) };
  } catch (error) {
    const { index, id } = outcome;
    return { index, id, ok: false, error: toClarifaiError(error, { method: 'PostModelOutputs' }) };
  }
}

/** The first message has all arguments, the others only the next item. */
async function* inputsOf(
  method: string,
  parts: readonly DeepPartial<Part>[],
  field: MethodField,
  items: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<DeepPartial<Input>, void, undefined> {
  let staying = parts;
  let index = 0;
  for await (const item of items) {
    const data = await writeValue(item, field, `args.${field.name}[${index}]`);
    yield { data: toMethodData(method, [...staying, { id: field.name, data }]) };
    staying = [];
    index += 1;
  }
}

function noSuchMethod(method: string, signatures: readonly MethodSignature[]): Error {
  const names = signatures.map(({ name }) => name);
  if (names.length === 0) {
    return invalidRequest(`The model has no methods, and none \`${method}\`: ask it with \`predict({ inputs })\``, {
      code: 'NO_METHODS',
    });
  }
  const nearest = nearestName(method, names);
  const hint = nearest === undefined ? `it has ${names.join(', ')}` : `did you mean \`${nearest}\`?`;
  return invalidRequest(`The model has no method \`${method}\`: ${hint}`);
}
