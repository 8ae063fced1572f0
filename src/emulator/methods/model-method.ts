import { invalidArgument } from '../../base/assert';
import type { PredictContext } from '../predict/model-function';
import type { FieldType } from '../../predict/methods/field-type';
import type { AnswerOf, ArgumentType, ArgumentsOf } from './field-type';

/** A method of a model with its signature, as `modelMethod` makes it. */
export interface ModelMethod {
  /** How it is called. */
  readonly kind: 'predict' | 'generate' | 'stream';
  /** What clients are told of it. */
  readonly description: string;
  /** Types of its arguments, by their names. */
  readonly input: Readonly<Record<string, ArgumentType>>;
  /** Type of its answer. */
  readonly output: FieldType;
  /** Does it. */
  readonly run: (args: Readonly<Record<string, unknown>>, context: PredictContext) => unknown;
}

interface Signature<Input, Output> {
  readonly description?: string | undefined;
  readonly input: Input;
  readonly output: Output;
}

type Run<Input, Result> = (args: ArgumentsOf<Input>, context: PredictContext) => Result;
type Answers<Output> = Iterable<AnswerOf<Output>> | AsyncIterable<AnswerOf<Output>>;

/** A method's signature and what it does: `predict` answers once, `generate` bit by bit, `stream` as arguments come in. */
export type MethodDefinition<Input, Output> = Signature<Input, Output> &
  (
    | { readonly predict: Run<Input, AnswerOf<Output> | Promise<AnswerOf<Output>>> }
    | { readonly generate: Run<Input, Answers<Output>> }
    | { readonly stream: Run<Input, Answers<Output>> }
  );

/** Any definition, as far as it can be said without its types. */
interface SomeDefinition extends Signature<Readonly<Record<string, ArgumentType>>, FieldType> {
  readonly predict?: Run<never, unknown>;
  readonly generate?: Run<never, unknown>;
  readonly stream?: Run<never, unknown>;
}

/**
 * A method of a model, for `emulator.model({ id, methods })`. Clients find its signature in the model's version.
 *
 * @example
 * const add = modelMethod({ input: { a: 'int', b: 'int' }, output: 'int', predict: ({ a, b }) => a + b });
 */
export function modelMethod<const Input extends Readonly<Record<string, ArgumentType>>, const Output extends FieldType>(
  definition: MethodDefinition<Input, Output>,
): ModelMethod;
export function modelMethod({ input, output, description = '', ...functions }: SomeDefinition): ModelMethod {
  const kind = (['predict', 'generate', 'stream'] as const).find((one) => functions[one] !== undefined);
  const run = kind && functions[kind];
  if (kind === undefined || run === undefined)
    throw invalidArgument('definition', 'a method with `predict`, `generate` or `stream`', functions);
  // The arguments have the types that the signature says: they are read by it.
  return { kind, description, input, output, run: (...call): unknown => Reflect.apply(run, undefined, call) };
}
