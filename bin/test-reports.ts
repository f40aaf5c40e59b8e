/** What the test runners wrote down: how many passed, and each failure by name, a broken file or runner among them. */
import fs from 'node:fs'
import path from 'node:path'

/** `flaky`: failed once, passed when run again. */
export type Tally = { passed: number; failures: Failure[]; flaky: string[] }
/** `file`: what to run again, unless it was the runner that failed. */
export type Failure = { name: string; file?: string }

type VitestReport = { testResults: FileResult[] }
type FileResult = {
  name: string
  status: string
  message?: string
  assertionResults: { status: string; fullName: string }[]
}

type PlaywrightReport = {
  suites: Suite[]
  stats: { expected: number; flaky: number }
  errors: { message?: string }[]
}
type Suite = { title: string; suites?: Suite[]; specs: { title: string; tests: { status: string }[] }[] }

/**
 * A file whose tests could not even begin, or did not end well, counts as one failure.
 * @param reports of the whole run, then of the files that were run again: the last word on a file counts
 */
export function tallyVitest(reports: string[], exitCode: number): Tally {
  const runs = reports.map((report) => read<VitestReport>(report)?.testResults)
  const results = new Map<string, FileResult>()
  for (const run of runs) {
    if (!run) return silent('vitest')
    for (const result of run) results.set(result.name, result)
  }
  const failures = [...results.values()].flatMap(failuresOf)
  const still = new Set(failures.map(({ name }) => name))
  const once = runs.flatMap((run = []) => run.flatMap(failuresOf)).map(({ name }) => name)
  const passed = [...results.values()].flatMap((it) => it.assertionResults).filter(isPassed).length
  const flaky = [...new Set(once)].filter((name) => !still.has(name))
  return honest('vitest', { passed, failures, flaky }, exitCode)
}

function failuresOf({ name, status, message, assertionResults }: FileResult): Failure[] {
  const file = path.relative(process.cwd(), name)
  const failed = assertionResults.filter((it) => it.status === 'failed')
  if (failed.length > 0) return failed.map(({ fullName }) => ({ name: `${file} › ${fullName}`, file }))
  return status === 'failed' ? [{ name: `${file}: ${firstLine(message)}`, file }] : []
}

export function tallyPlaywright(report: string, exitCode: number): Tally {
  const written = read<PlaywrightReport>(report)
  if (!written) return silent('playwright')
  const named = (status: string) => written.suites.flatMap((suite) => namesOf(suite, status))
  const failures = [...named('unexpected'), ...written.errors.map(({ message }) => firstLine(message))]
  const { expected, flaky } = written.stats
  const tally = {
    passed: expected + flaky,
    failures: failures.map((name) => ({ name })),
    flaky: named('flaky'),
  }
  return honest('playwright', tally, exitCode)
}

function namesOf({ title, suites = [], specs }: Suite, status: string): string[] {
  const own = specs.filter((spec) => spec.tests.some((it) => it.status === status))
  return [
    ...own.map((spec) => `${title} › ${spec.title}`),
    ...suites.flatMap((inner) => namesOf(inner, status)),
  ]
}

const isPassed = ({ status }: { status: string }) => status === 'passed'
const firstLine = (text = '') => text.trim().split('\n', 1)[0] ?? ''

/** A runner that fails without a failed test (an unhandled error, a hook) is a failure all the same. */
function honest(runner: string, tally: Tally, exitCode: number): Tally {
  if (exitCode === 0 || tally.failures.length > 0) return tally
  return { ...tally, failures: [{ name: `${runner} ended with ${exitCode}: see above` }] }
}

function silent(runner: string): Tally {
  return { passed: 0, failures: [{ name: `${runner} wrote no report` }], flaky: [] }
}

function read<T>(file: string): T | undefined {
  try {
    // The runners' own formats, of which only the fields above are read.
    return JSON.parse(fs.readFileSync(file, 'utf8')) as T
  } catch {
    return undefined
  }
}
