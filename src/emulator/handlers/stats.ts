import type { StatValue } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { readableApp, writableApp } from '../service/scope';
import type { StoredStatValue } from '../state/stat-values';
import { toTimestamp } from '../state/timestamp';
import { aggregate, toMs } from '../stats/aggregate';

/** Values that are posted about an app, such as how long its tasks took, and what they come to. */
export const statHandlers: Handlers = {
  PostStatValues({ userAppId, statValues }, call) {
    const app = writableApp(call, userAppId);
    const nowMs = call.world.clock.now();
    const posted = statValues.map((one) => toStored(one, nowMs));
    if (posted.length === 0) throw invalid('Expected at least one value.');
    app.statValues.push(...posted);
    return { statValues: posted.map(toMessage) };
  },

  PostStatValuesAggregate({ userAppId, statValueAggregateQueries }, call) {
    const { statValues } = readableApp(call, userAppId);
    if (statValueAggregateQueries.length === 0) throw invalid('Expected at least one query.');
    const nowMs = call.world.clock.now();
    return {
      statValueAggregateResults: statValueAggregateQueries.map((query) => ({
        statValueAggregates: aggregate(statValues, query, nowMs),
        statValueAggregateQuery: query,
      })),
    };
  },
};

function toStored({ time, value, tags }: StatValue, nowMs: number): StoredStatValue {
  const wrong = tags.find((tag) => tag.split(':').length !== 2);
  if (wrong !== undefined) throw invalid(`Expected one colon in the tag '${wrong}'.`);
  return { timeMs: time === undefined ? nowMs : toMs(time), value, tags };
}

function toMessage({ timeMs, value, tags }: StoredStatValue): DeepPartial<StatValue> {
  return { time: toTimestamp(timeMs), value, tags };
}

function invalid(details: string): Error {
  return refuse(StatusCode.STATS_INVALID_REQUEST, details, 'Invalid request');
}
