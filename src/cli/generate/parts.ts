import type { ComputeSelector, JsonObject, MethodArguments, Model } from '../../index';

/** A part of an answer: as JSON has it, and as people read it. */
export interface Part {
  readonly json: object;
  readonly text: string;
}

type Compute = { readonly compute?: ComputeSelector | undefined };

/** What a model says of a prompt. @throws ClarifaiError for the first part that failed */
export async function* promptParts(
  model: Model,
  prompt: string,
  asked: Compute & { readonly inferenceParams?: JsonObject | undefined },
): AsyncGenerator<Part, void, undefined> {
  for await (const outcome of model.generate({ ...asked, inputs: [{ text: prompt }] })) {
    if (!outcome.ok) throw outcome.error;
    yield { json: outcome, text: outcome.value.data?.text?.raw ?? '' };
  }
}

/** What a method of the model answers, all at once if that is its way. */
export async function* methodParts(
  model: Model,
  method: string,
  args: JsonObject,
  asked: Compute,
): AsyncGenerator<Part, void, undefined> {
  const isWhole = (await model.methods()).some(({ name, kind }) => name === method && kind === 'call');
  // What JSON holds but for null, which the signature refuses.
  const given = args as MethodArguments;
  const values = isWhole ? [await model.call(method, given, asked)] : model.generate(method, given, asked);
  for await (const value of values) {
    yield { json: { value }, text: typeof value === 'string' ? value : `${JSON.stringify(value)}\n` };
  }
}
