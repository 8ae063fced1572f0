import type { CallRow, Row } from './row';
import { clientRows } from './rows/client';
import { datasetRows } from './rows/datasets';
import { inputRows } from './rows/inputs';
import { labelRows } from './rows/labels';
import { modelRows } from './rows/models';
import { userAndAppRows } from './rows/users-and-apps';
import { workflowRows } from './rows/workflows';

/** Every public method of the client and its handles, as `Class.method`; other ways of calling it as `Class.method, way`. */
export const rows: Readonly<Record<string, Row>> = {
  ...clientRows,
  ...userAndAppRows,
  ...datasetRows,
  ...inputRows,
  ...labelRows,
  ...modelRows,
  ...workflowRows,
};

/** Those that send something. */
export const calls: readonly (readonly [method: string, row: CallRow])[] = Object.entries(rows).flatMap(
  ([method, row]) => (row.kind === 'call' ? [[method, row] as const] : []),
);

/** The method that a row is about, without the way of calling it. */
export function methodOf(name: string): string {
  return name.replace(/, .*/, '');
}
