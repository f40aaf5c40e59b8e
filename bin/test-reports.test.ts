import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tallyPlaywright, tallyVitest } from './test-reports.ts'

function report(content: unknown): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-report-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'report.json')
  fs.writeFileSync(file, JSON.stringify(content))
  return file
}

const results = (name: string, ...statuses: string[]) => ({
  name: path.resolve(name),
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status, at) => ({ status, fullName: `test ${at}` })),
})
const vitest = (...testResults: unknown[]) => report({ testResults })
const playwright = {
  suites: [
    {
      title: 'a.spec.ts',
      specs: [{ title: 'a story', tests: [{ status: 'expected' }] }],
      suites: [{ title: 'inside', specs: [{ title: 'another', tests: [{ status: 'flaky' }] }] }],
    },
  ],
  stats: { expected: 3, flaky: 1 },
  errors: [],
}

test('passed and failed are counted, and what failed is named', () => {
  expect(tallyVitest([vitest(results('a.test.ts', 'passed', 'failed', 'skipped'))], 1)).toEqual({
    passed: 1,
    failures: [{ name: 'a.test.ts › test 1', file: 'a.test.ts' }],
    flaky: [],
  })
  expect(tallyPlaywright(report(playwright), 0)).toEqual({
    passed: 4,
    failures: [],
    flaky: ['inside › another'],
  })
  const suites = [{ title: 'a.spec.ts', specs: [{ title: 'a story', tests: [{ status: 'unexpected' }] }] }]
  expect(tallyPlaywright(report({ ...playwright, suites }), 1).failures).toEqual([
    { name: 'a.spec.ts › a story' },
  ])
})

test('a file that does not load, or whose hook fails, is a failure although none of its tests failed', () => {
  const broken = {
    ...results('b.test.ts', 'skipped', 'skipped'),
    status: 'failed',
    message: 'Hook timed out\nat …',
  }
  expect(tallyVitest([vitest(results('a.test.ts', 'passed'), broken)], 1)).toEqual({
    passed: 1,
    failures: [{ name: 'b.test.ts: Hook timed out', file: 'b.test.ts' }],
    flaky: [],
  })
})

test('what passes when it is run again is flaky; what fails again has failed', () => {
  const first = vitest(
    results('a.test.ts', 'passed', 'failed', 'failed'),
    results('b.test.ts', 'passed', 'passed'),
  )
  const second = vitest(results('a.test.ts', 'passed', 'failed', 'passed'))
  expect(tallyVitest([first, second], 1)).toEqual({
    passed: 4,
    failures: [{ name: 'a.test.ts › test 1', file: 'a.test.ts' }],
    flaky: ['a.test.ts › test 2'],
  })
})

test('a runner that fails without a failed test is a failure', () => {
  expect(tallyVitest([vitest(results('a.test.ts', 'passed'))], 1).failures).toHaveLength(1)
  expect(tallyPlaywright(report(playwright), 1).failures).toHaveLength(1)
})

test('a runner that wrote no report is a failure', () => {
  expect(tallyVitest(['/nowhere/report.json'], 0)).toMatchObject({ passed: 0, failures: [{}] })
  expect(tallyVitest([vitest(), '/nowhere/report.json'], 0)).toMatchObject({ passed: 0, failures: [{}] })
  expect(tallyPlaywright('/nowhere/report.json', 0)).toMatchObject({ passed: 0, failures: [{}] })
})

test('what Playwright could not even begin counts', () => {
  const errors = [{ message: 'no browser\nat …' }]
  expect(tallyPlaywright(report({ ...playwright, errors }), 1).failures).toEqual([{ name: 'no browser' }])
})
