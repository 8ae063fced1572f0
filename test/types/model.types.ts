// Models and runners as users call them. Never run: compile.test.ts holds it to compile, each @ts-expect-error included.
import type {
  Clarifai,
  MethodSignature,
  MethodValue,
  Model,
  Outcome,
  Output,
  RunnerInput,
  RunnerSession,
} from '../../src/index';
import { type Equal, holds, type IsAny } from './claims';

export async function methodsAnswerWhatTheirCallersSay(model: Model, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const value = await model.call('add', { a: 1, b: 2 });
  holds<Equal<typeof value, MethodValue>>(value);
  holds<Equal<IsAny<MethodValue>, false>>();
  const sum = await model.call<number>('add', { a: 1, b: 2 });
  holds<Equal<typeof sum, number>>(sum);
  const sums = await model.call<number>('add', [{ a: 1, b: 2 }, { a: 3 }], { compute: { deploymentId: 'd' } });
  holds<Equal<typeof sums, Outcome<number>[]>>(sums);
  const labels = await model.call<readonly { readonly id: string; readonly value: number }[]>('label', {
    image: { file: 'photo.jpg' },
  });
  holds<Equal<(typeof labels)[number]['value'], number>>(labels);

  for await (const token of model.generate<string>('tell', { prompt: 'trains' }, { idleTimeoutMs: 1000 })) {
    holds<Equal<typeof token, string>>(token);
  }
  for await (const text of model.stream<string>('transcribe', { chunks, language: 'en' })) {
    holds<Equal<typeof text, string>>(text);
  }
  holds<Equal<Awaited<ReturnType<Model['methods']>>, readonly MethodSignature[]>>();

  // @ts-expect-error arguments have names
  await model.call('add', 1);
  // @ts-expect-error a bigint is no argument: integers are numbers
  await model.call('add', { a: 1n });
  // @ts-expect-error no method answers with functions
  await model.call<() => void>('add', {});
  // @ts-expect-error a stream has no attempts
  model.generate('tell', {}, { attemptTimeoutMs: 1 });
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
      holds<Equal<typeof params, { readonly [key: string]: unknown }>>(params);
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
