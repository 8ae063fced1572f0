import type { Input } from '../../index';
import type { Cells } from '../shell/print';

/** What people see of an input. */
export function toCells({ id, status, createdAt, data }: Input): Cells {
  const { image, video, audio, text, concepts = [] } = data ?? {};
  return {
    id,
    status: status?.description,
    created: createdAt,
    concepts: concepts.map(({ id: concept, value }) => (value === 0 ? `not ${concept}` : concept)).join(', '),
    medium: text?.raw || (image ?? video ?? audio ?? text)?.url,
  };
}
