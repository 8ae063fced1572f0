import type { AppInfo } from '../../index';
import type { Cells } from '../shell/print';

/** What people see of an app. */
export function toCells({ id, name, userId, defaultWorkflow, createdAt, description }: AppInfo): Cells {
  return { id, name, user: userId, 'base workflow': defaultWorkflow?.id, created: createdAt, description };
}
