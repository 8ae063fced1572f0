// Makes one call, and prints the status of its answer or the name of its error: [base] [file of the root certificate].
const { readFileSync } = require('node:fs');
const { V2Stub } = require('clarifai-grpc/rpc');

const [base, certificate] = process.argv.slice(2);
const stub = new V2Stub({ base, rootCertificates: readFileSync(certificate) });
stub
  .ListModelTypes({}, { timeoutMs: 10_000 })
  .then(
    ({ status }) => console.log(status.code),
    ({ name }) => console.log(name),
  )
  .finally(() => stub.close());
