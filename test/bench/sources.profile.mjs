// npm run bench -- sources: what it costs to read 100,000 items from each source of files. Nothing is sent. The items are synthetic.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { fromCsv, fromFolder, fromJsonLines } = require('clarifai-grpc');

const count = 100_000;

const sources = {
  'folder of files': fromTempFolder((folder, index) => writeFileSync(join(folder, `photo ${index}.jpg`), '')),
  'CSV without quotes': fromTempFile(
    'rows.csv',
    'inputid,url,concepts',
    (index) => `id-${index},https://example.com/${index}.jpg,cat|dog`,
    fromCsv,
  ),
  'CSV with quotes': fromTempFile(
    'rows.csv',
    'inputid,url,concepts,metadata',
    (index) => `id-${index},https://example.com/${index}.jpg,"cat,dog","{""n"":${index}}"`,
    fromCsv,
  ),
  'JSON Lines': fromTempFile(
    'rows.jsonl',
    '{"id":"first","url":"https://example.com/first.jpg"}',
    (index) => `{"id":"id-${index}","url":"https://example.com/${index}.jpg","concepts":["cat","dog"]}`,
    fromJsonLines,
  ),
};

export const processes = 3;
export const rowNames = Object.keys(sources);

export async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), 'sources-'));
  try {
    return { 'CPU an item': await cpuOfReading(sources[name](folder)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function cpuOfReading(source) {
  globalThis.gc?.();
  const before = process.cpuUsage();
  let items = 0;
  for await (const _ of source.read({ after: undefined, signal: new AbortController().signal })) items += 1;
  const { user, system } = process.cpuUsage(before);
  return (user + system) / items;
}

function fromTempFolder(write) {
  return (folder) => {
    for (let index = 0; index < count; index++) write(folder, index);
    return fromFolder(folder);
  };
}

function fromTempFile(name, first, line, open) {
  return (folder) => {
    const file = join(folder, name);
    writeFileSync(file, [first, ...Array.from({ length: count }, (_, index) => line(index))].join('\n'));
    return open(file);
  };
}
