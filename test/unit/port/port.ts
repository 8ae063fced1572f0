import { portPythonSnippet } from '../../../src/python/port/port-python-snippet';

const preamble = `from clarifai_grpc.grpc.api import resources_pb2, service_pb2
from clarifai_grpc.grpc.api.status import status_code_pb2
`;

/** The TypeScript of some lines of Python, without imports; none of them may be a problem. */
export function port(...lines: readonly string[]): string {
  const { code, problems } = portPythonSnippet(preamble + lines.join('\n'));
  expect(problems).toEqual([]);
  return bodyOf(code);
}

/** What has no translation, as `line:column message`; lines are counted from the first one given. */
export function problemsOf(...lines: readonly string[]): string[] {
  const { problems } = portPythonSnippet(preamble + lines.join('\n'));
  return problems.map(({ line, column, message }) => `${line - 2}:${column} ${message}`);
}

export function bodyOf(code: string): string {
  return code.slice(code.search(/\n\n/) + 2).trimEnd();
}
