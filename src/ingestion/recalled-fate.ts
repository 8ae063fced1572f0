import { PostInputsRequest as requestCodec } from '../../generated/codec/core';
import type { Input } from '../../generated/proto/clarifai/api/resources';
import { AlreadyExistsError, type ClarifaiError, InvalidRequestError } from '../base/errors';
import type { Fate } from './fate';
import type { ReadyInput } from './item';
import type { DoneKind } from './journal/records';
import type { Recalled } from './journal/journal';

/** The fate of an item that an earlier run knew. The journal keeps what became of it, not the service's words. */
export function recalledFate(known: DoneKind | 'repeated', input: ReadyInput): Fate {
  switch (known) {
    case 'accepted':
    case 'confirmed':
      return {
        kind: known,
        resumed: true,
        // Most are never looked at.
        get input() {
          return asSent(input.message);
        },
      };
    case 'already-existed':
    case 'repeated': {
      const error = new AlreadyExistsError(textOf(input), fields);
      return { kind: 'already-existed', resumed: true, duplicateOf: undefined, error };
    }
    case 'rejected':
    case 'dead-lettered':
      return { kind: known, resumed: true, error: new InvalidRequestError(textOf(input), fields) };
  }
}

/** The fate of an item that has just been refused, and was before when an earlier run knew it. */
export function refusedFate(error: ClarifaiError, known: Recalled): Fate {
  if (known === undefined) return { kind: 'rejected', error };
  return { kind: known === 'dead-lettered' ? 'dead-lettered' : 'rejected', resumed: true, error };
}

const fields = { code: 'RESUMED', source: 'client', category: 'rejected' } as const;

function textOf({ index, id }: ReadyInput): string {
  return `inputs[${index}] (${id}) had its outcome in an earlier run of the same journal`;
}

function asSent(message: ReadyInput['message']): Input {
  return requestCodec.decode(requestCodec.encode({ inputs: [message] })).inputs[0] as Input;
}
