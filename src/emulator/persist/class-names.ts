import { AppState } from '../state/app-state';
import { InputCounts } from '../state/input-counts';
import { InputStore } from '../state/input-store';
import { InputsAddJob } from '../state/inputs-add-job';
import { Timeline } from '../state/timeline';

/** What a file calls the classes whose instances it can hold, by their prototypes: a bundler may give a class any name. */
export const classNames: ReadonlyMap<object, string> = new Map<object, string>([
  [AppState.prototype, 'AppState'],
  [InputCounts.prototype, 'InputCounts'],
  [InputStore.prototype, 'InputStore'],
  [InputsAddJob.prototype, 'InputsAddJob'],
  [Timeline.prototype, 'Timeline'],
]);
