import type { Input } from '../../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../../generated/proto/clarifai/api/service';
import { RunnerMethodType } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse, success } from '../answers';
import type { ModelMethod } from '../methods/model-method';
import { asksForSignatures, callMethod, methodNameOf } from '../methods/run-method';
import type { ModelFunction } from '../predict/model-function';
import { assertOutputConfig } from '../predict/output-config';
import type { ModelRun, OutputMessage } from '../predict/run-model';
import { callStatus, predict, predictEach } from '../predict/run-model';
import { askRunner } from '../runners/ask-runner';
import { findRunner } from '../runners/find-runner';
import type { Answer, Call, Handlers } from '../service/call';
import { encodedModel, findModel, findVersion } from '../service/find-model';
import { readableApp } from '../service/scope';
import { latestTrained, withVersion } from '../state/model-state';
import { sparse } from '../state/sparse';

/** Predictions with one model. */
export const modelOutputHandlers: Handlers = {
  async PostModelOutputs(request, call) {
    const run = startRun(request, call);
    assertInputCount(request.inputs, call);
    const runner = findRunner(request, call);
    if (runner !== undefined)
      return onlyAnswer(askRunner(runner, { run, methodType: RunnerMethodType.UNARY_UNARY }, request, undefined, call));
    const outputs = await Promise.all(request.inputs.map((input, index) => predict(run, input, index, call)));
    return { status: callStatus(statusesOf(outputs), call.world.options.badUrlStatus), outputs };
  },

  async *GenerateModelOutputs(request, call) {
    const run = startRun(request, call);
    assertInputCount(request.inputs, call);
    const runner = findRunner(request, call);
    if (runner !== undefined) {
      yield* askRunner(runner, { run, methodType: RunnerMethodType.UNARY_STREAMING }, request, undefined, call);
      return;
    }
    yield* generate(run, request.inputs, call);
  },

  async *StreamModelOutputs(requests, call) {
    let run: ModelRun | undefined;
    for await (const request of requests) {
      // Only the first message must say which model; later ones may carry just the next item.
      if (run === undefined || request.modelId !== '') run = startRun(request, call);
      assertInputCount(request.inputs, call);
      const runner = findRunner(request, call);
      if (runner !== undefined) {
        yield* askRunner(runner, { run, methodType: RunnerMethodType.STREAMING_STREAMING }, request, requests, call);
        return;
      }
      const method = streamedMethod(run, request.inputs);
      if (method !== undefined) {
        yield* streamMethod(run, method, request.inputs, requests, call);
        return;
      }
      yield* generate(run, request.inputs, call);
    }
  },
};

/** The one answer of a runner; one that gave none has failed. */
async function onlyAnswer(answers: AsyncGenerator<Answer<'PostModelOutputs'>>): Promise<Answer<'PostModelOutputs'>> {
  for await (const answer of answers) return answer;
  throw refuse(StatusCode.RUNNER_PROCESSING_FAILED, 'The runner gave no outputs.');
}

/** The method that takes the whole stream, if it is one that the call is about. */
function streamedMethod({ model: { methods } }: ModelRun, [first]: readonly Input[]): ModelMethod | undefined {
  if (methods === undefined || first === undefined || asksForSignatures(first)) return undefined;
  const method = methods[methodNameOf(first) ?? 'stream'];
  return method?.kind === 'stream' ? method : undefined;
}

async function* streamMethod(
  run: ModelRun,
  method: ModelMethod,
  [first, ...others]: readonly Input[],
  requests: AsyncIterable<PostModelOutputsRequest>,
  call: Call,
): AsyncGenerator<Answer<'PostModelOutputs'>> {
  if (first === undefined || others.length > 0)
    throw refuse(StatusCode.PREDICT_INVALID_REQUEST, 'A stream takes one input a message.');
  async function* items(start: Input): AsyncGenerator<Input> {
    yield start;
    for await (const { inputs } of requests) yield* inputs;
  }
  const model = { ...run.model, predict: methodFunction(method, items(first)) };
  for await (const output of predictEach({ ...run, model }, first, 0, call))
    yield { status: callStatus([output.status], call.world.options.badUrlStatus), outputs: [output] };
}

function methodFunction(method: ModelMethod, items: AsyncIterable<Input>): ModelFunction {
  return (input, context) => callMethod(method, input, items, context);
}

/** Checks what concerns the whole call before any input is looked at. */
function startRun({ userAppId, modelId, versionId, model: asked }: PostModelOutputsRequest, call: Call): ModelRun {
  const { owner } = readableApp(call, userAppId);
  const model = findModel(call, userAppId, modelId || (asked?.id ?? ''));
  const askedVersion = versionId || (asked?.modelVersion?.id ?? '');
  const version = findVersion(model, askedVersion || (latestTrained(model)?.id ?? ''));
  const info = asked?.modelVersion?.outputInfo ?? asked?.outputInfo;
  const outputConfig = info?.outputConfig === undefined ? {} : sparse(info.outputConfig);
  assertOutputConfig(outputConfig);
  return {
    owner,
    model: withVersion(model, version?.id ?? ''),
    shown: encodedModel(model, version),
    params: info?.params ?? {},
    outputConfig,
  };
}

export function assertInputCount(inputs: readonly Input[], { world }: Call): void {
  const { maxInputsPerRequest } = world.options.limits;
  if (inputs.length > 0 && inputs.length <= maxInputsPerRequest) return;
  throw refuse(
    StatusCode.PREDICT_INVALID_REQUEST,
    `Expected from 1 to ${maxInputsPerRequest} inputs, got ${inputs.length}.`,
  );
}

/** One message per step of the model; an input whose answer has ended has no more data in the later ones. */
async function* generate(
  run: ModelRun,
  inputs: readonly Input[],
  call: Call,
): AsyncGenerator<Answer<'PostModelOutputs'>> {
  const streams = inputs.map((input, index) => predictEach(run, input, index, call));
  const last: OutputMessage[] = [];
  try {
    for (;;) {
      const steps = await Promise.all(streams.map((stream) => stream.next()));
      if (steps.every(({ done }) => done === true)) return;
      const outputs = steps.map((step, index): OutputMessage => {
        if (step.done === true) return { ...last[index], status: last[index]?.status ?? success, data: {} };
        return (last[index] = step.value);
      });
      yield { status: callStatus(statusesOf(outputs), call.world.options.badUrlStatus), outputs };
    }
  } finally {
    // A client that has heard enough leaves the models in the middle: they get to clean up.
    await Promise.all(streams.map((stream) => stream.return(undefined)));
  }
}

function statusesOf(outputs: readonly OutputMessage[]): OutputMessage['status'][] {
  return outputs.map(({ status }) => status);
}
