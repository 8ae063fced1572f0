import type { ConceptInfo } from '../../index';
import type { Cells } from '../shell/print';

/** What people see of a concept. */
export function toCells({ id, name, language, createdAt }: ConceptInfo): Cells {
  return { id, name, language, created: createdAt };
}
