import { isDeepStrictEqual } from 'node:util';
import { assertObject, assertString, invalidRequest } from '../../base/assert';
import { ServerError } from '../../base/errors';
import type { DeclaredArgument, DeclaredMethod } from './declared-method';
import type { FieldType, Scalar } from './field-type';
import type { MethodValue } from './method-value';
import type { MethodField, MethodSignature, MethodType } from './signature';

/** @throws InvalidRequestError for something that declares no method */
export function assertIsDeclaration(method: DeclaredMethod): void {
  assertObject(method, 'method', ['name', 'input', 'output']);
  assertString(method.name, 'method.name', { nonEmpty: true });
  assertObject(method.input, 'method.input');
}

/** @throws InvalidRequestError with the code `UNLIKE_DECLARED` for a method that is not what was declared, saying where */
export function assertDeclared(signature: MethodSignature, { name, input, output }: DeclaredMethod): void {
  for (const [argument, declared] of Object.entries(input)) {
    const field = signature.arguments.find((one) => one.name === argument);
    const actual = field === undefined ? undefined : { iterator: field.iterator, type: typeOf(field) };
    assertSame(`\`${argument}\` of \`${name}\``, declaredType(declared), actual);
  }
  const answer = signature.answers.length === 1 ? signature.answers[0] : undefined;
  const actual = answer === undefined ? { fields: fieldTypes(signature.answers) } : typeOf(answer);
  assertSame(`the answer of \`${name}\``, bareType(output), actual);
}

/** @throws ServerError with the code `ANSWER_MISSING` where nothing is, and something was declared to be */
export function assertAnswered(value: MethodValue, { name, output }: DeclaredMethod): void {
  if (value === null && isOptional(output)) return;
  if (isWhole(value, bareType(output))) return;
  const message = `\`${name}\` answered without something that was declared: ${JSON.stringify(bareType(output))}`;
  throw new ServerError(message, { code: 'ANSWER_MISSING', source: 'client', category: 'fatal' });
}

function isWhole(value: MethodValue | undefined, type: FieldType): boolean {
  if (value === null || value === undefined) return false;
  if (typeof type === 'string') return true;
  if ('fields' in type) {
    const fields = new Map<string, MethodValue>(Object.entries(value));
    return Object.entries(type.fields).every(([name, field]) => isWhole(fields.get(name), field));
  }
  const items: readonly MethodValue[] = Array.isArray(value) ? value : [];
  return 'list' in type
    ? items.every((item) => isWhole(item, type.list))
    : type.tuple.every((field, index) => isWhole(items[index], field));
}

function declaredType(declared: DeclaredArgument): { readonly iterator: boolean; readonly type: FieldType } {
  return typeof declared === 'object' && 'iterator' in declared
    ? { iterator: true, type: declared.iterator }
    : { iterator: false, type: bareType(declared) };
}

function bareType(type: FieldType | { readonly optional: FieldType }): FieldType {
  return isOptional(type) ? type.optional : type;
}

function isOptional(type: DeclaredMethod['output']): type is { readonly optional: FieldType } {
  return typeof type === 'object' && 'optional' in type;
}

function assertSame(what: string, declared: unknown, actual: unknown): void {
  if (isDeepStrictEqual(declared, actual)) return;
  const [expected, got] = [declared, actual].map((type) => JSON.stringify(type) ?? 'nothing');
  const message = `Expected ${what} to be ${expected}, as it was declared, got ${got} by the model's signature`;
  throw invalidRequest(message, { code: 'UNLIKE_DECLARED' });
}

const scalars: Readonly<Partial<Record<MethodType, Scalar>>> = {
  STR: 'str',
  BYTES: 'bytes',
  INT: 'int',
  FLOAT: 'float',
  BOOL: 'bool',
  JSON_DATA: 'json',
  NDARRAY: 'ndarray',
  TEXT: 'text',
  IMAGE: 'image',
  CONCEPT: 'concept',
  REGION: 'region',
  FRAME: 'frame',
  AUDIO: 'audio',
  VIDEO: 'video',
};

/** The type of a signature's field as it is declared; of one that cannot be declared its name. */
function typeOf({ type, typeArgs }: MethodField): unknown {
  if (type === 'LIST') return { list: typeArgs[0] && typeOf(typeArgs[0]) };
  if (type === 'TUPLE') return { tuple: typeArgs.map(typeOf) };
  return type === 'NAMED_FIELDS' ? { fields: fieldTypes(typeArgs) } : (scalars[type] ?? type);
}

function fieldTypes(fields: readonly MethodField[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.name, typeOf(field)]));
}
