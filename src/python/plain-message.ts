import { reflection } from '../../generated/reflection';
import { invalidRequest } from '../base/assert';
import { nearestName } from '../base/nearest-name';
import { MessageClass } from './message-class';

/** A message of which only the type's name is known. */
export interface NamedMessage {
  /** Protobuf's text format. */
  toString(): string;
  /** As MessageToDict. */
  toJSON(): unknown;
}

const packages = ['clarifai.api', 'clarifai.api.status', 'google.protobuf'];

/**
 * A message of `clarifai-grpc/rpc` as this module has it, to be printed or turned into JSON as in Python. Later changes of either
 * are not seen in the other.
 *
 * @param name the message's type, such as `MultiOutputResponse`
 * @param message `undefined` gives an empty one
 * @throws InvalidRequestError that names the nearest type when there is none of that name
 * @example
 * console.log(toPythonMessage('Status', response.status));
 */
export function toPythonMessage(name: string, message: object | undefined): NamedMessage {
  return MessageClass.of(fullNameOf(name)).create(message) as NamedMessage;
}

function fullNameOf(name: string): string {
  const { messages } = reflection();
  const found = packages.map((prefix) => `${prefix}.${name.replaceAll('_', '.')}`).find((full) => messages[full]);
  if (found !== undefined) return found;
  const nearest = nearestName(name, Object.keys(messages).map(shortName));
  throw invalidRequest(
    `There is no message type \`${name}\`${nearest === undefined ? '' : `: did you mean \`${nearest}\`?`}`,
  );
}

function shortName(fullName: string): string {
  return fullName.replace(/^clarifai\.api\.(status\.)?|^google\.protobuf\./, '').replaceAll('.', '_');
}
