import type { MultiInputResponse, PostInputsRequest } from '../../../generated/proto/clarifai/api/service';
import { MultiInputResponse as responseCodec, PostInputsRequest as requestCodec } from '../../../generated/codec/core';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { Invoke, InvokeOptions } from '../../../src/operations/invoker';
import type { DeepPartial } from '../../../src/wire/codec';

export type Answer = (
  request: DeepPartial<PostInputsRequest>,
  options: InvokeOptions,
) => DeepPartial<MultiInputResponse> | Promise<DeepPartial<MultiInputResponse>>;

/** An Invoke that knows PostInputs only and records what it was asked. */
export class FakeService {
  readonly requests: string[][] = [];
  inFlight = 0;
  mostInFlight = 0;

  constructor(readonly answer: Answer = acceptAll) {}

  readonly invoke: Invoke = (async (method: string, sent: DeepPartial<PostInputsRequest>, options: InvokeOptions) => {
    expect(method).toBe('PostInputs');
    // What is sent may be encoded already, and then has no fields to look at.
    const request: DeepPartial<PostInputsRequest> = requestCodec.decode(requestCodec.encode(sent));
    this.requests.push(request.inputs?.map((input) => input.id ?? '') ?? []);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    try {
      const answer = await this.answer(request, options);
      return responseCodec.decode(responseCodec.encode(answer));
    } finally {
      this.inFlight--;
    }
  }) as Invoke;
}

export function acceptAll({ inputs = [] }: DeepPartial<PostInputsRequest>): DeepPartial<MultiInputResponse> {
  return {
    status: { code: StatusCode.SUCCESS },
    inputs: inputs.map((input) => ({ ...input, status: { code: StatusCode.INPUT_PENDING } })),
  };
}
