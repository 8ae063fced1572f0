import type { Region } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { digestOf, randomOf } from './hash-media';
import type { Media } from './media';
import type { ImageFunction } from './over-frames';

const mostRegions = 4;
/** Sides of a box, in fractions of the image. */
const leastSide = 0.1;
const mostSide = 0.4;

/** Boxes that follow from the image, each with what a model of images says of a picture of its own. */
export function inRegions(predict: ImageFunction): ImageFunction {
  return (media, context) => {
    const random = randomOf(media);
    const digest = digestOf(media).toString('hex');
    const count = 1 + Math.floor(random() * mostRegions);
    const regions = Array.from({ length: count }, (_, at): DeepPartial<Region> => {
      const picture: Media = { kind: 'image', bytes: undefined, url: `region ${at} of ${digest}`, text: undefined };
      const data = predict(picture, context);
      const id = digestOf(picture).toString('hex');
      return { id, regionInfo: { boundingBox: box(random) }, data, value: data.concepts?.[0]?.value };
    });
    // Detectors name the surest first.
    return { regions: regions.sort((one, other) => (other.value ?? 0) - (one.value ?? 0)) };
  };
}

function box(random: () => number): NonNullable<DeepPartial<Region>['regionInfo']>['boundingBox'] {
  const height = leastSide + random() * (mostSide - leastSide);
  const width = leastSide + random() * (mostSide - leastSide);
  const topRow = random() * (1 - height);
  const leftCol = random() * (1 - width);
  return { topRow, leftCol, bottomRow: topRow + height, rightCol: leftCol + width };
}
