import { Refusal } from '../answers';
import { MissingPackage, optionalPackage } from '../../base/optional-package';
import { unprocessable } from '../predict/media';
import { imageFormat } from './format';
import type { Picture } from './picture';

type Decoder = (bytes: Uint8Array) => Picture;

/** The service's limit is 85 megapixels. */
const mostPixels = 85_000_000;

const purpose = "The emulator's image models need";

/** Decoders by format; the packages are optional dependencies and load when the first such image arrives. */
const decoders: Readonly<Record<string, Decoder>> = {
  JPEG(bytes) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the emulator
    const { decode } = optionalPackage('jpeg-js', purpose, () => require('jpeg-js') as typeof import('jpeg-js'));
    const { width, height, data } = decode(bytes, { useTArray: true, formatAsRGBA: true });
    return { width, height, pixels: data };
  },
  PNG(bytes) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
    const { PNG } = optionalPackage('pngjs', purpose, () => require('pngjs') as typeof import('pngjs'));
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return { width, height, pixels: data };
  },
};

/** @throws Refusal for bytes that are not an image, or not one that the emulator can read */
export function decodeImage(bytes: Uint8Array): Picture {
  const { format, width = 0, height = 0 } = imageFormat(bytes) ?? {};
  if (width * height > mostPixels)
    throw new Refusal(unprocessable(`The image has ${width} x ${height} pixels; the limit is ${mostPixels}.`));
  const decoder = format && decoders[format];
  if (decoder === undefined)
    throw new Refusal(unprocessable(`The emulator reads JPEG and PNG, not ${format ?? 'these bytes'}.`));
  try {
    return decoder(bytes);
  } catch (error) {
    if (error instanceof MissingPackage) throw error;
    throw new Refusal(
      unprocessable(`The ${format} image is damaged: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
}
