// Makes a call for each line on stdin, as a function that is frozen between calls does, and prints what became of it: [base] [pat].
const { createInterface } = require('node:readline');
const { Clarifai } = require('clarifai-grpc');

const [base, pat] = process.argv.slice(2);
const clarifai = new Clarifai({
  base,
  pat,
  userId: 'me',
  appId: 'my-app',
  keepaliveMs: null,
  connections: { maxIdleMs: 1000 },
  defaults: { retry: { maxAttempts: 1 }, timeoutMs: 20_000 },
});

const lines = createInterface(process.stdin);
lines.on('line', () => {
  clarifai.rpc.ListModelTypes({}).then(
    ({ status }) => console.log(status.code),
    ({ name, message }) => console.log(name, message),
  );
});
lines.on('close', () => clarifai.close());
