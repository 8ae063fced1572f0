import { Input as inputCodec, MultiInputResponse as responseCodec } from '../../generated/codec/core';
import { decodeInputsAddJob, decodeStatus } from '../../generated/codec/core-decoders';
import type { Input, InputSettings } from '../../generated/proto/clarifai/api/resources';
import type { MultiInputResponse } from '../../generated/proto/clarifai/api/service';
import type { Status } from '../../generated/proto/clarifai/api/status/status';
import type { Codec } from '../wire/codec';
import { DecodeError } from '../wire/errors';
import { Reader } from '../wire/reader';

/**
 * Decodes the answer of PostInputs, which repeats all that was sent, no further than is asked for: the inputs' statuses at
 * once, the rest of an input when it is looked at. Most are never looked at.
 */
export const postedInputs: Codec<MultiInputResponse> = { ...responseCodec, decode: decodeAnswer };

const tags = { status: 10, inputs: 18, inputsAddJob: 26, inputStatus: 50 };

function decodeAnswer(bytes: Uint8Array): MultiInputResponse {
  const reader = new Reader(bytes);
  const statuses = new Statuses(bytes);
  const inputs: LateInput[] = [];
  let status: Status | undefined;
  let inputsAddJob: MultiInputResponse['inputsAddJob'];
  const lateInput = (_: Reader, end: number): LateInput => {
    const start = reader.pos;
    let own: Status | undefined;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      if (tag === tags.inputStatus) own = reader.message(end, statuses.decode, own);
      else reader.skip(tag, end);
    }
    return new LateInput(own, bytes, start, end);
  };
  while (reader.pos < bytes.length) {
    const tag = reader.tag(bytes.length);
    if (tag === tags.status) status = reader.message(bytes.length, decodeStatus, status);
    else if (tag === tags.inputs) inputs.push(reader.message(bytes.length, lateInput));
    else if (tag === tags.inputsAddJob) inputsAddJob = reader.message(bytes.length, decodeInputsAddJob, inputsAddJob);
    else reader.skip(tag, bytes.length);
  }
  return { status, inputs, inputsAddJob };
}

/** Decodes a status once for all the inputs in a row that have the same. */
class Statuses {
  readonly #bytes: Uint8Array;
  #status: Status | undefined;
  #start = 0;
  #end = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  readonly decode = (reader: Reader, end: number, into?: Status): Status => {
    if (into !== undefined) return decodeStatus(reader, end, { ...into });
    const start = reader.pos;
    if (this.#status === undefined || !this.#isSame(start, end)) {
      this.#start = start;
      this.#end = end;
      this.#status = decodeStatus(reader, end);
    }
    reader.pos = end;
    return this.#status;
  };

  #isSame(start: number, end: number): boolean {
    const length = end - start;
    if (length !== this.#end - this.#start) return false;
    for (let at = 0; at < length; at++) if (this.#bytes[start + at] !== this.#bytes[this.#start + at]) return false;
    return true;
  }
}

/** An input in an answer that is decoded when one of its fields other than the status is read. */
class LateInput implements Input {
  readonly status: Status | undefined;
  readonly #answer: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  #whole: Input | undefined;

  constructor(status: Status | undefined, answer: Uint8Array, start: number, end: number) {
    this.status = status;
    this.#answer = answer;
    this.#start = start;
    this.#end = end;
  }

  get id(): string {
    return this.whole.id;
  }

  get data(): Input['data'] {
    return this.whole.data;
  }

  get createdAt(): Input['createdAt'] {
    return this.whole.createdAt;
  }

  get modifiedAt(): Input['modifiedAt'] {
    return this.whole.modifiedAt;
  }

  get datasetIds(): readonly string[] {
    return this.whole.datasetIds;
  }

  get settings(): InputSettings | undefined {
    return this.whole.settings;
  }

  get whole(): Input {
    return (this.#whole ??= this.#decode());
  }

  #decode(): Input {
    try {
      return inputCodec.decode(this.#answer.subarray(this.#start, this.#end));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      // The service has the input all the same, and says so in the status.
      return { ...inputCodec.decode(new Uint8Array()), status: this.status };
    }
  }
}

/** The input in full, with its fields as its own. */
export function wholeInput(input: Input): Input {
  return input instanceof LateInput ? input.whole : input;
}
