import type * as Yaml from 'yaml';
import { assertObject, invalidRequest } from '../base/assert';
import { optionalPackage } from '../base/optional-package';
import { assertWorkflowConfig, type WorkflowConfig } from './workflow-config';

/** Fields whose contents are the caller's own names. */
const verbatim: ReadonlySet<string> = new Set(['params', 'metadata']);

/**
 * Reads a workflow from YAML of the form that Clarifai documents: `workflow`, with snake_case names below it.
 *
 * @param source what the errors call the text, such as the file's name
 * @throws InvalidRequestError with line and column of what is no YAML, or naming the field that is wrong
 * @example
 * await app.workflows.create(parseWorkflowYaml(readFileSync('workflow.yml', 'utf8'), 'workflow.yml'));
 */
export function parseWorkflowYaml(text: string, source = 'workflow'): WorkflowConfig {
  const { parseDocument } = yaml();
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const [{ line, col } = { line: 1, col: 1 }] = error.linePos ?? [];
    throw invalidRequest(`${source}:${line}:${col}: ${error.message.split('\n')[0]}`, { cause: error });
  }
  const content = document.toJS() as { readonly workflow?: unknown };
  assertObject(content, source, ['workflow']);
  assertObject(content.workflow, `${source}: workflow`);
  const config = renamed(content.workflow, camelCase) as WorkflowConfig;
  const nodes = Array.isArray(config.nodes) ? config.nodes.map(withInputIds) : config.nodes;
  const workflow = { ...config, nodes };
  assertWorkflowConfig(workflow, `${source}: workflow`);
  return workflow;
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
