// A prediction and an ingestion are answered by the emulator.
import assert from 'node:assert/strict';
import { Clarifai, throwIfFailed } from 'clarifai-grpc';
import { startEmulator } from 'clarifai-grpc/emulator';

const model = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
const emulator = await startEmulator();
const clarifai = new Clarifai(emulator.clientOptions);
try {
  const [output] = throwIfFailed(
    await clarifai.postModelOutputs({ model, inputs: ['https://samples.clarifai.com/metro-north.jpg'] }),
  );
  assert.equal(output?.data?.concepts.length, 20);
  const inputs = Array.from({ length: 300 }, (_, index) => ({ text: `number ${index}` }));
  const { accepted } = await clarifai.ingest(inputs).done;
  assert.equal(accepted, 300);
} finally {
  await clarifai.close();
  await emulator.close();
}
