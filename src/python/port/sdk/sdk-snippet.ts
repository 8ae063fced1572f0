import { invalidRequest } from '../../../base/assert';
import { isSdkModule } from '../proto/modules';
import type { Block, Expression } from '../syntax/ast';
import type { Source } from '../syntax/tree';
import { expressionsIn, headOf, statementsIn } from '../syntax/walk';
import { sdkMethods } from './sdk-methods';

const known = new Map(sdkMethods.map(({ python, here }) => [python, here]));

/** What the Clarifai SDK's variables and calls are by their classes: `Inputs` for `input_obj = Inputs(...)`. */
type Classes = Map<string, string>;

/**
 * Refuses a snippet of the Clarifai SDK, which does not speak gRPC to its caller, with what each of its calls is here.
 *
 * @throws InvalidRequestError with the code PYTHON_SDK_SNIPPET
 */
export function refuseSdkSnippet(body: Block, source: Source): void {
  const classes: Classes = new Map();
  let imported: { readonly module: string; readonly line: number } | undefined;
  const used = new Map<string, number>();
  for (const statement of statementsIn(body)) {
    const line = source.position(statement.from).line;
    if (statement.kind === 'import') {
      for (const { module, member, name } of statement.names) {
        if (!isSdkModule(module)) continue;
        imported ??= { module, line };
        // The reference calls the class of `clarifai.client.input` by either name.
        if (member !== undefined) classes.set(name, member === 'Input' ? 'Inputs' : member);
      }
    }
    for (const head of headOf(statement))
      for (const method of sdkCalls(head, classes)) used.set(method, used.get(method) ?? line);
    if (statement.kind === 'assign' && statement.value !== undefined) bind(statement.targets, statement.value, classes);
  }
  if (imported === undefined) return;
  const calls = [...used].map(
    ([method, line]) => `\n  line ${line}: ${method} is ${shown(known.get(method) ?? '')} (${anchor(method)})`,
  );
  throw invalidRequest(
    `Line ${imported.line}: \`${imported.module}\` belongs to the Clarifai Python SDK; only gRPC snippets (clarifai_grpc) can be ported. ` +
      `docs/sdk-map.md has each of its methods${calls.length === 0 ? '' : `, here:${calls.join('')}`}`,
    { code: 'PYTHON_SDK_SNIPPET' },
  );
}

function shown(here: string): string {
  return here.includes('`') ? here : `\`${here}\``;
}

/** Where docs/sdk-map.md tells of a method. */
function anchor(method: string): string {
  return `docs/sdk-map.md#${method.toLowerCase().replace('.', '')}`;
}

/** The methods that an expression calls, by their names in the reference. */
function* sdkCalls(expression: Expression, classes: Classes): Generator<string> {
  for (const node of expressionsIn(expression)) {
    if (node.kind !== 'call') continue;
    const method = methodOf(node.callee, classes);
    if (method !== undefined && known.has(method)) yield method;
  }
}

function methodOf(callee: Expression, classes: Classes): string | undefined {
  if (callee.kind === 'name') return classes.get(callee.name);
  if (callee.kind !== 'attribute') return undefined;
  const owner = classOf(callee.object, classes);
  return owner === undefined ? undefined : `${owner}.${callee.name}`;
}

/** What methods that give other objects of the SDK give. */
const given: Readonly<Record<string, string>> = {
  'User.app': 'App',
  'User.create_app': 'App',
  'User.runner': 'Runner',
  'App.dataset': 'Dataset',
  'App.create_dataset': 'Dataset',
  'App.model': 'Model',
  'App.create_model': 'Model',
  'App.module': 'Module',
  'App.create_module': 'Module',
  'App.workflow': 'Workflow',
  'App.create_workflow': 'Workflow',
  'App.inputs': 'Inputs',
  'App.search': 'Search',
};

function classOf(node: Expression, classes: Classes): string | undefined {
  if (node.kind === 'name') return classes.get(node.name);
  if (node.kind !== 'call') return undefined;
  if (node.callee.kind === 'name') return classes.get(node.callee.name);
  const method = methodOf(node.callee, classes);
  return method === undefined ? undefined : given[method];
}

function bind(targets: readonly Expression[], value: Expression, classes: Classes): void {
  const made = classOf(value, classes);
  for (const target of targets) if (target.kind === 'name' && made !== undefined) classes.set(target.name, made);
}
