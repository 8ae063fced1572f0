import { invalidRequest } from '../../../base/assert';
import type { Context } from '../context';
import { pythonPath } from '../proto/python-entity';
import { isSdkModule, memberOf, moduleNamed } from '../proto/modules';
import type { StatementOf } from '../syntax/ast';
import type { Type } from '../type';

/** What Clarifai's SDK does by these modules, by the name of what does it here. */
const matches: readonly (readonly [module: RegExp, here: string])[] = [
  [/\.inputs?$/, '`clarifai.postInputs(...)`, or `clarifai.ingest(...)` for many'],
  [/\.dataset$/, '`clarifai.ingest(...)`'],
  [/\.model$/, '`clarifai.postModelOutputs({ model, inputs })`'],
  [/\.workflow$/, '`clarifai.postWorkflowResults({ workflow, inputs })`'],
];

/** Python's imports bind names; what TypeScript imports follows from their use. */
export function bindImports({ names, from }: StatementOf<'import'>, context: Context): void {
  for (const { module, member, name } of names) {
    if (isSdkModule(module)) throw sdkSnippet(module, context.source.position(from).line);
    if (member === undefined) {
      const short = moduleNamed(module);
      const [root = ''] = name.split('.');
      const isPath = name.includes('.');
      context.scope.bindAs(
        isPath ? root : name,
        isPath ? name : (short ?? name),
        isPath ? { kind: 'package' } : { kind: 'module', name: short ?? module },
      );
      continue;
    }
    const whole = moduleNamed(`${module}.${member}`);
    const owner = moduleNamed(module);
    if (owner !== undefined && !(whole !== undefined && whole !== 'json')) {
      const found = memberOf({ kind: 'module', name: owner }, member);
      const type: Type = typeof found === 'string' ? { kind: 'module', name: `${owner}.${member}` } : found;
      context.scope.bindAs(name, pythonPath(owner, member), type);
    } else {
      context.scope.bindAs(name, whole ?? name, { kind: 'module', name: whole ?? `${module}.${member}` });
    }
  }
}

function sdkSnippet(module: string, line: number): Error {
  const here = matches.find(([pattern]) => pattern.test(module))?.[1];
  return invalidRequest(
    `Line ${line}: \`${module}\` belongs to the Clarifai Python SDK; only gRPC snippets (clarifai_grpc) can be ported` +
      (here === undefined ? '' : `. Here the same is done by ${here}`),
    { code: 'PYTHON_SDK_SNIPPET' },
  );
}
