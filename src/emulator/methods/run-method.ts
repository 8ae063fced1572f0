import type { Data, Input } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import type { ModelFunction, PredictContext } from '../predict/model-function';
import { toProtoJson } from '../proto-json';
import type { FieldType } from '../../predict/methods/field-type';
import type { ModelMethod } from './model-method';
import { readArguments, readItems } from './read-arguments';
import { signatureOf } from './signature';
import { writeValue } from './write-value';

export type ModelMethods = Readonly<Record<string, ModelMethod>>;

/** The RPC that each kind of method is called by. */
const rpcs = { predict: 'PostModelOutputs', generate: 'GenerateModelOutputs', stream: 'StreamModelOutputs' } as const;

/** The method that an input asks for, if it says so. */
export function methodNameOf({ data }: Input): string | undefined {
  const name: unknown = data?.metadata?.['_method_name'];
  return typeof name === 'string' ? name : undefined;
}

/** Clients ask an input to say what methods there are, when they do not find them in the model's version. */
export function asksForSignatures(input: Input): boolean {
  return methodNameOf(input) === '_GET_SIGNATURES';
}

/** A model that does what its methods do. */
export function methodsModel(methods: ModelMethods): ModelFunction {
  return (input, context) => {
    if (asksForSignatures(input)) return { text: { raw: signaturesJson(methods) } };
    const method = methodFor(methods, input, context.method);
    return callMethod(method, input, [input], context);
  };
}

/**
 * @param input has the arguments
 * @param items have those that come one by one; the first is `input` itself
 */
export function callMethod(
  { kind, input: types, output, run }: ModelMethod,
  { data }: Input,
  items: Iterable<Input> | AsyncIterable<Input>,
  context: PredictContext,
): ReturnType<ModelFunction> {
  if (data === undefined) throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, 'The input has no data.');
  const args = { ...readArguments(data, types), ...readItems(items, types) };
  const result = run(args, context);
  return kind === 'predict' ? answer(result, output) : answers(result, output);
}

/** @throws Error for a method that there is not, or that another RPC calls */
function methodFor(methods: ModelMethods, input: Input, rpc: string): ModelMethod {
  const kinds = ['predict', 'generate', 'stream'] as const;
  // Who names no method means the one that has the name of its kind, as clients did before there were names.
  const name = methodNameOf(input) ?? kinds.find((kind) => rpcs[kind] === rpc) ?? 'predict';
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined)
    throw new Error(`Method ${name} not found; the model has ${Object.keys(methods).join(', ')}`);
  const isCalledBy =
    method.kind === 'predict' ? rpc !== rpcs.generate && rpc !== rpcs.stream : rpc === rpcs[method.kind];
  if (!isCalledBy) throw new Error(`Method ${name} is called by ${rpcs[method.kind]}, not by ${rpc}`);
  return method;
}

function signaturesJson(methods: ModelMethods): string {
  const signatures = Object.entries(methods).map(([name, method]) => [
    name,
    toProtoJson('clarifai.api.MethodSignature', signatureOf(name, method)),
  ]);
  return JSON.stringify(Object.fromEntries(signatures));
}

async function answer(result: unknown, type: FieldType): Promise<DeepPartial<Data>> {
  return { parts: [{ id: 'return', data: writeValue(await result, type) }] };
}

async function* answers(result: unknown, type: FieldType): AsyncGenerator<DeepPartial<Data>> {
  if (!isIterable(result)) throw new Error('Expected the method to return something to iterate over');
  for await (const value of result) yield await answer(value, type);
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}
