import { toFinding } from '../pictures/finding';
import { openHtmlReport } from '../pictures/html/html-report';
import { loadMedium, type Medium } from '../pictures/medium';
import type { Given } from '../shell/given';
import type { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import type { Predicted, View } from './predicted';
import { printed } from './printed';

/** Reads or downloads what was predicted on, once for all who look at it. */
export type Look = (predicted: Predicted) => Promise<Medium>;

/**
 * What `viewOptions` ask for.
 *
 * @param title of a report
 * @throws UsageError for what cannot go together, and Error for a report that cannot be written
 */
export async function viewsOf(title: string, given: Given, print: Print, terminal: Terminal): Promise<readonly View[]> {
  const isShown = given.flag('show');
  if (isShown && print.json) throw new UsageError('Expected --show or --json: both write to stdout');
  const look = createLook();
  const report = given.text('html');
  return [
    printed(print, terminal, isShown ? look : undefined),
    ...(report === undefined ? [] : [await reported(report, title, look, print)]),
  ];
}

function createLook(): Look {
  const seen = new WeakMap<Predicted, Promise<Medium>>();
  return (predicted) => {
    const medium = seen.get(predicted) ?? mediumOf(predicted);
    seen.set(predicted, medium);
    return medium;
  };
}

async function mediumOf({ input }: Predicted): Promise<Medium> {
  return input instanceof Error ? { kind: 'unseen', reason: 'it could not be read' } : loadMedium(input);
}

/** Writes each prediction to a report. */
async function reported(path: string, title: string, look: Look, print: Print): Promise<View> {
  const report = await openHtmlReport(path, title);
  return {
    async add(predicted) {
      const { name, outputs, outcome } = predicted;
      await report.add({
        name,
        medium: await look(predicted),
        findings: outputs.map(toFinding),
        failure: outcome.ok ? undefined : outcome.error.message,
      });
    },
    async close() {
      await report.close();
      print.note(`The report is in ${path}`);
    },
  };
}
