import type { Picture } from '../image/picture';
import { optionalPackage } from '../../base/optional-package';

const quality = 85;

export function encodeJpeg({ width, height, pixels }: Picture): Uint8Array {
  const { encode } = optionalPackage(
    'jpeg-js',
    'Smaller sizes of hosted images need',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the emulator
    () => require('jpeg-js') as typeof import('jpeg-js'),
  );
  return encode({ width, height, data: pixels }, quality).data;
}
