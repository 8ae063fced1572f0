import { StatTimeAggType } from '../../../generated/proto/clarifai/api/resources';

const dayMs = 86_400_000;

/** Where the bin of a time begins, in UTC, weeks on Monday; `undefined` without bins. */
export function binStart(timeMs: number, size: StatTimeAggType): number | undefined {
  const date = new Date(timeMs);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (size) {
    case StatTimeAggType.YEAR:
      return Date.UTC(year);
    case StatTimeAggType.MONTH:
      return Date.UTC(year, month);
    case StatTimeAggType.WEEK:
      return Date.UTC(year, month, day) - ((date.getUTCDay() + 6) % 7) * dayMs;
    case StatTimeAggType.DAY:
      return Date.UTC(year, month, day);
    case StatTimeAggType.HOUR:
      return timeMs - (timeMs % 3_600_000);
    case StatTimeAggType.MINUTE:
      return timeMs - (timeMs % 60_000);
    default:
      return undefined;
  }
}
