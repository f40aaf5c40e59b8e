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

const vitest = { numPassedTests: 5, numFailedTests: 0, success: true, testResults: [] }
const playwright = { stats: { expected: 3, unexpected: 0, flaky: 1 }, errors: [] }

test('passed and failed are counted as the runners wrote them', () => {
  expect(tallyVitest(report({ ...vitest, numFailedTests: 2 }), 1)).toEqual({ passed: 5, failed: 2 })
  expect(tallyPlaywright(report(playwright), 0)).toEqual({ passed: 4, failed: 0 })
})

test('a file that does not load is a failure although it holds no test', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(tallyVitest(report({ ...vitest, testResults }), 1)).toEqual({ passed: 5, failed: 1 })
})

test('a runner that fails without a failed test is a failure', () => {
  expect(tallyVitest(report(vitest), 1)).toEqual({ passed: 5, failed: 1 })
  expect(tallyPlaywright(report(playwright), 1)).toEqual({ passed: 4, failed: 1 })
})

test('a runner that wrote no report is a failure', () => {
  expect(tallyVitest('/nowhere/report.json', 0)).toEqual({ passed: 0, failed: 1 })
})

test('what Playwright could not even begin counts', () => {
  expect(tallyPlaywright(report({ ...playwright, errors: [{ message: 'no browser' }] }), 1).failed).toBe(1)
})
