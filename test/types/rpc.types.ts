// Code that uses the stub as users do. Never run: compile.test.ts holds it to compile, each @ts-expect-error included.
import type {
  Concept,
  Input,
  MethodName,
  MultiInputResponse,
  MultiOutputResponse,
  PostInputsRequest,
  RpcRequest,
  RpcOptions,
} from '../../src/rpc';
import { StatusCode, V2Stub, ValueComparator } from '../../src/rpc';
import { type Equal, type HasAny, holds, type IsAny } from './claims';

export async function answersArePrecise(stub: V2Stub, options: RpcOptions): Promise<void> {
  const answer = await stub.PostInputs({ userAppId: { userId: 'u' }, inputs: [{ id: 'a', data: {} }] }, options);
  holds<Equal<typeof answer, MultiInputResponse>>(answer);
  holds<Equal<(typeof answer)['inputs'][number], Input>>();

  for await (const output of stub.GenerateModelOutputs({ modelId: 'm' })) {
    holds<Equal<typeof output, MultiOutputResponse>>(output);
  }
  for await (const output of stub.StreamModelOutputs([{ modelId: 'm' }])) {
    holds<Equal<typeof output, MultiOutputResponse>>(output);
  }
  for await (const _ of stub.StreamModelOutputs(
    (async function* () {
      yield { modelId: 'm' };
    })(),
  ));
}

/** A misspelt or wrong field, at every depth. */
export function misspeltNamesAreErrors(stub: V2Stub): void {
  // @ts-expect-error a misspelt field of the request
  void stub.PostInputs({ input: [] });
  // @ts-expect-error a misspelt field in a list
  void stub.PostInputs({ inputs: [{ ids: 'a' }] });
  // @ts-expect-error a misspelt field at depth four
  void stub.PostInputs({ inputs: [{ data: { image: { urll: 'a' } } }] });
  // @ts-expect-error the snake_case name of a field
  void stub.PostInputs({ user_app_id: {} });
  // @ts-expect-error a field of the wrong type
  void stub.PostInputs({ inputs: [{ id: 5 }] });
  // @ts-expect-error a misspelt field in a stream of requests
  stub.StreamModelOutputs([{ model: { idd: 'a' } }]);
  // @ts-expect-error a misspelt option
  void stub.PostInputs({}, { timeout: 5 });
  // @ts-expect-error an RPC that does not exist
  void stub.PostInput({});
  // @ts-expect-error a request where the RPC takes a stream of them
  stub.StreamModelOutputs({ modelId: 'm' });
  // @ts-expect-error a field that an answer does not have
  void stub.GetInput({}).then(({ inputs }) => inputs);
  // @ts-expect-error an answer is not to be written to
  void stub.GetInput({}).then((answer) => (answer.status = undefined));
  // @ts-expect-error a misspelt option of the stub
  new V2Stub({ path: 'my-pat' });
}

export function readonlyDataIsAccepted(stub: V2Stub): void {
  const concepts = [{ id: 'cat', value: 1 }] as const;
  const request = { inputs: [{ data: { concepts, image: { url: 'https://a' } } }] } as const;
  void stub.PostInputs(request);
  const frozen: Readonly<PostInputsRequest> = Object.freeze({} as PostInputsRequest);
  void stub.PostInputs(frozen);
  const init: RpcRequest<'PostInputs'> = request;
  void stub.PostInputs(init);
  const whole: readonly Concept[] = [];
  void stub.PostConcepts({ concepts: whole });
  void stub.PostInputs({ inputs: [{ data: { metadata: { any: ['json', 1, null] }, intValue: 5n } }] });
}

export function nothingIsAny(): void {
  holds<Equal<IsAny<V2Stub[MethodName]>, false>>();
  holds<Equal<HasAny<RpcRequest<'PostInputs'>>, false>>();
  holds<Equal<HasAny<MultiInputResponse>, false>>();
  holds<Equal<HasAny<MultiOutputResponse>, false>>();
  holds<Equal<HasAny<{ nested: { list: ReturnType<typeof JSON.parse>[] } }>, true>>();
}

export function enumsAreValues(): void {
  holds<Equal<typeof StatusCode.SUCCESS, StatusCode.SUCCESS>>(StatusCode.SUCCESS);
  holds<Equal<typeof ValueComparator.LESS_THAN, ValueComparator.LESS_THAN>>(ValueComparator.LESS_THAN);
}
