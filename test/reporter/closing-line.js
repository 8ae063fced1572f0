'use strict';

/**
 * Jest reporter whose last line is `N passed, N failed`. Whatever did not really run counts as failed and fails the
 * run: skipped and todo tests, suites that did not start, an interrupted run, and a run of no tests at all. Tests that
 * `-t` leaves out are no skipped tests.
 */
module.exports = class ClosingLine {
  #globalConfig;
  #complaints = [];

  constructor(globalConfig) {
    this.#globalConfig = globalConfig;
  }

  onRunComplete(_contexts, results) {
    const skipped = this.#globalConfig.testNamePattern ? [] : results.testResults.flatMap(notRun);
    const notStarted = results.testResults.filter(({ testExecError }) => testExecError !== undefined);
    for (const { fullName, status, file } of skipped) this.#complain(`${status}: ${fullName} (${file})`);
    for (const { testFilePath } of notStarted) this.#complain(`did not start: ${testFilePath}`);
    if (results.wasInterrupted) this.#complain('the run was interrupted');
    if (results.numPassedTests + results.numFailedTests + this.#complaints.length === 0) this.#complain('no test ran');

    const interrupted = results.wasInterrupted ? 1 : 0;
    const failed = results.numFailedTests + skipped.length + notStarted.length + interrupted;
    // Jest prints its summary after every reporter, so the last line is written when the process ends. With --json,
    // stdout holds Jest's JSON and nothing else.
    const print = this.#globalConfig.json ? console.error : console.log;
    process.once('exit', () => print(`${results.numPassedTests} passed, ${failed} failed`));
  }

  /** Jest asks this after onRunComplete, and exits with 1 when there is an error. */
  getLastError() {
    return this.#complaints.length === 0 ? undefined : new Error(this.#complaints.join('\n'));
  }

  #complain(text) {
    this.#complaints.push(text);
    console.error(`Counts as failed: ${text}`);
  }
};

function notRun({ testResults, testFilePath }) {
  return testResults
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ status, fullName }) => ({ status, fullName, file: testFilePath }));
}
