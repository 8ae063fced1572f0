import type { Picture } from './picture';

/** Several times what a camera makes; more would take gigabytes while it is decoded. */
const mostMegapixels = 85;

/**
 * The pixels of a JPEG or PNG image. The packages that decode them are optional, and loaded when the first one comes.
 *
 * @throws Error that says why there are none, or which package is missing
 */
export async function decodePicture(bytes: Uint8Array, type: string): Promise<Picture> {
  switch (type) {
    case 'image/jpeg': {
      const { decode } = await load('jpeg-js', () => import('jpeg-js'));
      const { width, height, data } = decode(bytes, {
        useTArray: true,
        formatAsRGBA: true,
        maxResolutionInMP: mostMegapixels,
      });
      return { width, height, pixels: data };
    }
    case 'image/png': {
      const { PNG } = await load('pngjs', () => import('pngjs'));
      const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      assertDecodable(file);
      const { width, height, data } = PNG.sync.read(file);
      return { width, height, pixels: data };
    }
    default:
      throw new Error(`a terminal shows JPEG and PNG, and this is ${type}`);
  }
}

/** A PNG file begins with its size, and pngjs makes room for whatever it says. */
function assertDecodable(png: Buffer): void {
  if (png.length < 24) throw new Error('it is damaged');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (width * height > mostMegapixels * 1e6) throw new Error(`it has ${width} x ${height} pixels`);
}

async function load<Module>(name: string, from: () => Promise<Module>): Promise<Module> {
  try {
    return await from();
  } catch (cause) {
    throw new Error(`to show it needs the optional package \`${name}\`: npm install ${name}`, { cause });
  }
}
