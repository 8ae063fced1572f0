import type * as Yaml from 'yaml';
import { assertObject, assertString, invalidRequest } from '../base/assert';
import type { InvalidRequestError } from '../base/errors';
import { optionalPackage } from '../base/optional-package';
import { assertWorkflowConfig, type WorkflowConfig } from './workflow-config';

/** Fields whose contents are the caller's own names. */
const verbatim: ReadonlySet<string> = new Set(['params', 'metadata']);

/**
 * Reads a workflow from YAML of the form that Clarifai documents: `workflow`, with snake_case names below it.
 *
 * @param source what the errors call the text, such as the file's name
 * @throws InvalidRequestError with line and column of what is no YAML, or wrong in the workflow
 * @example
 * await app.workflows.create(parseWorkflowYaml(readFileSync('workflow.yml', 'utf8'), 'workflow.yml'));
 */
export function parseWorkflowYaml(text: string, source = 'workflow'): WorkflowConfig {
  assertString(text, 'text');
  const { LineCounter, parseDocument } = yaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const wrong = (offset: number, cause: unknown): InvalidRequestError => {
    const { line, col } = lineCounter.linePos(offset);
    const message = cause instanceof Error ? cause.message : String(cause);
    return invalidRequest(`${source}:${line}:${col}: ${message}`, { cause });
  };
  const [error] = document.errors;
  if (error !== undefined) throw wrong(error.pos[0], error);
  try {
    return toWorkflow(document.toJS());
  } catch (cause) {
    throw wrong(offsetOf(document, cause), cause);
  }
}

function toWorkflow(content: unknown): WorkflowConfig {
  assertObject(content, 'document', ['workflow']);
  const { workflow } = content as { readonly workflow?: unknown };
  assertObject(workflow, 'workflow');
  const config = renamed(workflow, camelCase) as WorkflowConfig;
  const nodes = Array.isArray(config.nodes) ? config.nodes.map(withInputIds) : config.nodes;
  const whole = { ...config, nodes };
  assertWorkflowConfig(whole, 'workflow');
  return whole;
}

/** Where in the text that stands which an error names by its path, or the nearest that there is on the way to it. */
function offsetOf(document: Yaml.Document, error: unknown): number {
  const [, path = ''] = /`(workflow[\w.[\]]*)`/.exec(String(error)) ?? [];
  const keys = path.split(/[.[\]]+/).filter((name) => name !== '');
  const names = keys.map((name) => (/^\d+$/.test(name) ? Number(name) : snakeCase(name)));
  for (let depth = names.length; depth > 0; depth--) {
    const node = document.getIn(names.slice(0, depth), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0]);
    }
  }
  return 0;
}

/**
 * Writes a workflow as `parseWorkflowYaml` reads it.
 *
 * @example
 * writeFileSync('workflow.yml', formatWorkflowYaml(await app.workflow('detect-and-read').export()));
 */
export function formatWorkflowYaml(config: WorkflowConfig): string {
  const nodes = config.nodes.map(({ nodeInputs, ...node }) => ({
    ...node,
    ...(nodeInputs !== undefined && { nodeInputs: nodeInputs.map((nodeId) => ({ nodeId })) }),
  }));
  return yaml().stringify({ workflow: renamed({ ...config, nodes }, snakeCase) });
}

/** Each input of a node is an object in YAML. */
function withInputIds<Node extends { readonly nodeInputs?: unknown }>(node: Node): Node {
  if (typeof node !== 'object' || node === null || !Array.isArray(node.nodeInputs)) return node;
  const nodeInputs = node.nodeInputs.map((input: unknown) =>
    typeof input === 'object' && input !== null && 'nodeId' in input ? input.nodeId : input,
  );
  return { ...node, nodeInputs };
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [rename(name), verbatim.has(name) ? field : renamed(field, rename)]),
  );
}

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function yaml(): typeof Yaml {
  return optionalPackage(
    'yaml',
    'Workflows in YAML need',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the client
    () => require('yaml') as typeof Yaml,
  );
}
