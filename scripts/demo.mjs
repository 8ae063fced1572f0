// `npm run demo`: the three operations on a real photograph, against the embedded emulator.
//   npm run demo -- picture.jpg          another picture
//   npm run demo -- --live               the real service, with CLARIFAI_PAT, CLARIFAI_USER_ID and CLARIFAI_APP_ID set
import { basename, join, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { Clarifai, throwIfFailed } from 'clarifai-grpc';
import { startEmulator } from 'clarifai-grpc/emulator';
import { packageRoot } from './paths.mjs';

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { live: { type: 'boolean', default: false }, workflow: { type: 'string' } },
    });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
}

const { values, positionals } = readArguments();
// The emulator's own app has a workflow of two nodes; the real service a public one.
const workflow =
  values.workflow ?? (values.live ? 'https://clarifai.com/clarifai/main/workflows/General' : 'general-and-color');
const photo =
  positionals[0] === undefined
    ? join(packageRoot('clarifai-nodejs-grpc'), 'tests/assets/metro-north.jpg')
    : // npm runs scripts in the repository's root, wherever it was called.
      resolve(process.env.INIT_CWD ?? '.', positionals[0]);

const { stdout } = process;
const coloured = stdout.isTTY === true && !process.env.NO_COLOR;
// A reader that has seen enough, such as `head`, closes the pipe.
stdout.on('error', () => process.exit(0));
const style = (format, text) => (coloured ? styleText(format, text) : text);
const print = (line = '') => stdout.write(`${line}\n`);
const count = (number) => number.toLocaleString('en-US');
const title = (number, text, rpc) => print(`\n${style('bold', `${number}  ${text}`)}  ${style('dim', rpc)}\n`);
const bar = (share, width = 28) => '█'.repeat(Math.round(share * width)).padEnd(width, '·');

function swatch(hex, text) {
  if (!coloured) return text;
  const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
  return `\x1b[38;2;${red};${green};${blue}m${text}\x1b[0m`;
}

async function timed(work) {
  const startedAt = performance.now();
  const result = await work();
  return { result, ms: Math.round(performance.now() - startedAt) };
}

async function showColours(clarifai) {
  title(1, `Dominant colours of ${basename(photo)}`, 'PostModelOutputs · color-recognition');
  const { result, ms } = await timed(() =>
    clarifai.postModelOutputs({
      model: 'https://clarifai.com/clarifai/main/models/color-recognition',
      inputs: [{ file: photo }],
    }),
  );
  const [output] = throwIfFailed(result);
  for (const { value, w3c, rawHex } of output.data.colors) {
    print(
      `   ${swatch(rawHex, bar(value))} ${(value * 100).toFixed(1).padStart(5)} %  ${w3c.name.padEnd(20)} ${style('dim', rawHex)}`,
    );
  }
  print(style('dim', `\n   answered in ${ms} ms`));
}

async function* thousandInputs() {
  // Named after the run, so that a second live run does not meet the inputs of the first.
  const run = Date.now().toString(36);
  for (let index = 0; index < 1000; index++) {
    yield {
      id: `demo-${run}-${index}`,
      url: `https://samples.clarifai.com/metro-north.jpg?${run}-${index}`,
      concepts: [index % 2 === 0 ? 'even' : 'odd'],
      metadata: { index, source: 'demo' },
    };
  }
}

async function showIngestion(clarifai) {
  title(2, 'A thousand inputs from an async generator', 'PostInputs · at most 128 a request');
  const run = clarifai.ingest(thousandInputs());
  const line = () => {
    const { read, accepted, alreadyExisted, rejected, inProgress } = run.progress;
    return `   ${style('green', bar(accepted / 1000))} ${count(read).padStart(5)} read  ${count(accepted).padStart(5)} accepted  ${count(alreadyExisted + rejected)} refused  ${count(inProgress)} under way`;
  };
  const rewrite = () => stdout.isTTY && stdout.write(`\r\x1b[2K${line()}`);
  const timer = setInterval(rewrite, 40);
  try {
    for await (const outcome of run) {
      if (outcome.kind === 'rejected') print(`\n   ${outcome.id}: ${outcome.error.message}`);
    }
  } finally {
    clearInterval(timer);
  }
  const { read, accepted, alreadyExisted, rejected, unsent, chunks, bytes, durationMs } = await run.done;
  stdout.write(stdout.isTTY ? '\r\x1b[2K' : '');
  print(line());
  const sum = accepted + alreadyExisted + rejected + unsent;
  print(
    `\n   ${count(accepted)} accepted + ${alreadyExisted} already there + ${rejected} rejected + ${unsent} unsent = ${count(sum)} of ${count(read)} read ${sum === read ? style('green', '✔') : style('red', '✘')}`,
  );
  print(style('dim', `   ${chunks} requests, ${(bytes / 1024).toFixed(0)} KiB, ${durationMs} ms`));
}

async function showWorkflow(clarifai) {
  title(3, `A workflow on ${basename(photo)}`, 'PostWorkflowResults');
  const { result, ms } = await timed(() => clarifai.postWorkflowResults({ workflow, inputs: [{ file: photo }] }));
  const [{ outputs }] = throwIfFailed(result);
  for (const { model, data } of outputs) {
    print(`   ${style('cyan', model.id)}${style('dim', `  ${model.notes.split('.')[0]}`)}`);
    for (const { name, value } of data.concepts.slice(0, 5))
      print(`      ${bar(value, 14)} ${value.toFixed(3)}  ${name}`);
    for (const { w3c, value, rawHex } of data.colors.slice(0, 5)) {
      print(`      ${swatch(rawHex, bar(value, 14))} ${value.toFixed(3)}  ${w3c.name}`);
    }
    for (const { numDimensions } of data.embeddings) print(`      an embedding of ${numDimensions} dimensions`);
  }
  print(style('dim', `\n   ${outputs.length} nodes answered in ${ms} ms`));
}

async function show(clarifai) {
  await showColours(clarifai);
  await showIngestion(clarifai);
  await showWorkflow(clarifai);
  print();
}

const emulator = values.live ? undefined : await startEmulator();
print(
  emulator === undefined
    ? `${style('bold', 'clarifai-grpc')} against the real service`
    : `${style('bold', 'clarifai-grpc')} against its emulator at ${emulator.base} ${style('dim', '(--live asks the real service)')}`,
);
let clarifai;
try {
  clarifai = new Clarifai(emulator?.clientOptions ?? {});
  await show(clarifai);
} catch (error) {
  print(`\n${style('red', error.message)}`);
  process.exitCode = 1;
} finally {
  await clarifai?.close();
  await emulator?.close();
}
