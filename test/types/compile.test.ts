import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');

/** What `tsc` says of these files under the project's own settings. */
function complaints(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(files, options);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (source === undefined) return [`${file} is missing`];
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    );
  });
}

describe('the types', () => {
  it('take what they should and refuse what they should', () => {
    const files = readdirSync(__dirname).filter((file) => file.endsWith('.types.ts'));
    expect(files).toContain('rpc.types.ts');
    expect(complaints(files.map((file) => join(__dirname, file)))).toEqual([]);
  }, 60_000);
});
