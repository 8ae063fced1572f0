import { constants } from 'node:http2';
import { Clarifai } from '../../../src/client';
import { type InputsCall, startInputService } from './input-service';
import { expectAllLoaded, quick } from './load';

// A machine that is busy may take long over what is repeated many times.
jest.setTimeout(60_000);

// Ends of streams and connections that grpc-js reports under many names; an ingestion gets over all of them.

const count = 2000;

async function loadsAll(handle: (call: InputsCall) => void, options = quick): Promise<void> {
  await using service = await startInputService(handle);
  await using clarifai = new Clarifai({ base: service.base, pat: 'my-pat', userId: 'me', appId: 'mine' });
  await expectAllLoaded(clarifai, count, () => service.created, { options });
}

const codes = [
  constants.NGHTTP2_NO_ERROR,
  constants.NGHTTP2_PROTOCOL_ERROR,
  constants.NGHTTP2_INTERNAL_ERROR,
  constants.NGHTTP2_REFUSED_STREAM,
  constants.NGHTTP2_CANCEL,
  constants.NGHTTP2_ENHANCE_YOUR_CALM,
];

/** Two requests of three fail for a while, the second of them after its work was done. */
const storm =
  (fail: (call: InputsCall) => void) =>
  (call: InputsCall): void => {
    if (call.number % 3 === 0 || call.number > 24) return call.answer();
    if (call.number % 3 === 2) call.commit();
    fail(call);
  };

describe('an ingestion whose streams the service resets loses nothing and doubles nothing', () => {
  it.each(codes)('RST_STREAM %i before the headers', async (code) => {
    // A stream that was refused has not been worked on: that is what REFUSED_STREAM says.
    const mayHaveCommitted = code !== constants.NGHTTP2_REFUSED_STREAM;
    await loadsAll((call) => {
      if (call.number % 3 === 0 || call.number > 24) return call.answer();
      if (call.number % 3 === 2 && mayHaveCommitted) call.commit();
      call.reset(code);
    });
  });

  it.each(codes)('RST_STREAM %i after the headers', async (code) => {
    await loadsAll(
      storm((call) => {
        call.stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        // The headers are on their way once the stream has written something.
        call.stream.write('', () => call.reset(code));
      }),
    );
  });
});

describe('an ingestion whose connections the service ends loses nothing and doubles nothing', () => {
  it('GOAWAY while calls are in flight, which are answered still', async () => {
    await loadsAll((call) => {
      if (call.number % 3 === 0) call.session.goaway(constants.NGHTTP2_NO_ERROR, call.stream.id);
      setTimeout(() => call.answer(), 5);
    });
  });

  it('GOAWAY while calls are in flight, and the end of the connection before they are answered', async () => {
    await loadsAll(
      storm(({ session, stream }) => {
        session.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
        session.destroy();
      }),
    );
  });

  it('GOAWAY that disowns the calls in flight', async () => {
    await loadsAll((call) => {
      if (call.number % 3 === 0) return call.answer();
      call.session.goaway(constants.NGHTTP2_NO_ERROR, 0);
      call.session.destroy();
    });
  });

  it('GOAWAY while no call is in flight', async () => {
    await loadsAll(
      (call) => {
        call.answer();
        const { id } = call.stream;
        call.stream.once('close', () => call.session.goaway(constants.NGHTTP2_NO_ERROR, id));
      },
      { ...quick, concurrency: 1 },
    );
  });
});
