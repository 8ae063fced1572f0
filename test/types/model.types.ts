// Models and runners as users call them. Never run: compile.test.ts holds it to compile, each @ts-expect-error included.
import type {
  Clarifai,
  JsonValue,
  DeclaredMethod,
  MethodSignature,
  MethodValue,
  Model,
  Outcome,
  Output,
  RunnerInput,
  RunnerSession,
} from '../../src/index';
import { type Equal, type HasAny, holds, type IsAny } from './claims';

export async function methodsByNameAnswerWithAnyOfTheirValues(model: Model): Promise<void> {
  const value = await model.call('add', { a: 1, b: 2 });
  holds<Equal<typeof value, MethodValue>>(value);
  holds<Equal<IsAny<MethodValue>, false>>();
  if (typeof value === 'number') holds<Equal<typeof value, number>>(value);
  const values = await model.call('add', [{ a: 1, b: 2 }, { a: 3 }], { compute: { deploymentId: 'd' } });
  holds<Equal<typeof values, Outcome<MethodValue>[]>>(values);
  for await (const token of model.generate('tell', { prompt: 'trains' }, { idleTimeoutMs: 1000 })) {
    holds<Equal<typeof token, MethodValue>>(token);
  }
  holds<Equal<Awaited<ReturnType<Model['methods']>>, readonly MethodSignature[]>>();

  // @ts-expect-error arguments have names
  await model.call('add', 1);
  // @ts-expect-error a bigint is no argument: integers are numbers
  await model.call('add', { a: 1n });
  // @ts-expect-error what a method answers is said by its declaration, not by a type argument
  await model.call<number>('add', { a: 1 });
  // @ts-expect-error a stream has no attempts
  model.generate('tell', {}, { attemptTimeoutMs: 1 });
}

const add = { name: 'add', input: { a: 'int', b: { optional: 'int' } }, output: 'int' } as const;
const label = {
  name: 'label',
  input: { image: 'image' },
  output: { list: { fields: { concept: 'concept', box: { tuple: ['float', 'float'] } } } },
} as const;
const tell = { name: 'tell', input: { prompt: 'str', about: { optional: 'json' } }, output: 'str' } as const;
const transcribe = {
  name: 'transcribe',
  input: { chunks: { iterator: 'bytes' }, language: 'str' },
  output: { optional: 'text' },
} as const;

export async function declaredMethodsAreTyped(model: Model, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const sum = await model.call(add, { a: 1, b: 2 });
  holds<Equal<typeof sum, number>>(sum);
  const sums = await model.call(add, [{ a: 1 }, { a: 2, b: undefined }], { compute: { deploymentId: 'd' } });
  holds<Equal<typeof sums, Outcome<number>[]>>(sums);
  const labels = await model.call(label, { image: { file: 'photo.jpg' } });
  holds<Equal<(typeof labels)[number]['box'], readonly [number, number]>>();
  holds<Equal<(typeof labels)[number]['concept']['value'], number>>();
  holds<Equal<HasAny<typeof labels>, false>>(labels);
  // Written where it is called, a declaration needs no `as const`.
  const mean = await model.call({ name: 'mean', input: { of: { list: 'float' } }, output: 'float' }, { of: [1, 2] });
  holds<Equal<typeof mean, number>>(mean);

  for await (const token of model.generate(tell, { prompt: 'trains', about: [1, { a: 2 }] })) {
    holds<Equal<typeof token, string>>(token);
  }
  for await (const text of model.stream(transcribe, { chunks, language: 'en' })) {
    holds<
      Equal<
        typeof text,
        NonNullable<Output['data']>['text'] extends infer T | undefined ? NonNullable<T> | null : never
      >
    >(text);
  }

  // @ts-expect-error an argument is missing
  await model.call(add, { b: 1 });
  // @ts-expect-error an argument is of another type
  await model.call(add, { a: '1' });
  // @ts-expect-error an argument is not declared
  await model.call(add, { a: 1, c: 1 });
  // @ts-expect-error what comes bit by bit is an iterable
  model.stream(transcribe, { chunks: 1, language: 'en' });
  // @ts-expect-error there is no such type
  await model.call({ name: 'add', input: { a: 'integer' }, output: 'int' }, { a: 1 });
}

export async function whatIsDeclaredAtRunTimeIsUntyped(model: Model, declared: DeclaredMethod): Promise<void> {
  const value = await model.call(declared, { a: 1 });
  holds<Equal<typeof value, MethodValue>>(value);
}

export async function inputsAreAnsweredAsOutputs(model: Model): Promise<void> {
  for await (const outcome of model.generate({ inputs: ['https://x.org/a.jpg'], inferenceParams: { k: 1 } })) {
    holds<Equal<typeof outcome, Outcome<Output>>>(outcome);
  }
  for await (const output of model.stream({ inputs: [{ text: 'hello' }] })) {
    holds<Equal<typeof output, Output>>(output);
    holds<Equal<NonNullable<typeof output.data>['text'], NonNullable<Output['data']>['text']>>();
  }
  // @ts-expect-error the model is the handle's
  model.generate({ model: 'other', inputs: [] });
}

export function runnersAnswerInputs(clarifai: Clarifai): RunnerSession {
  const runner = clarifai.runner({ id: 'r', nodepoolId: 'n', computeClusterId: 'c' });
  runner.serve({ predict: ({ data }) => ({ text: { raw: data?.text?.raw ?? '' } }) });
  runner.serve({
    async *stream(inputs, { signal, params }) {
      holds<Equal<typeof params, { readonly [key: string]: JsonValue }>>(params);
      for await (const input of inputs) {
        holds<Equal<typeof input, RunnerInput>>(input);
        if (!signal.aborted) yield { concepts: [{ id: 'train', value: 1 }] };
      }
    },
  });
  // @ts-expect-error an answer is data, not a text
  runner.serve({ predict: () => 'a train' });
  // @ts-expect-error there are two ways for work to come in
  runner.serve({}, { mode: 'push' });
  return runner.serve({ *generate() {} });
}
