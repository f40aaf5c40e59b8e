/**
 * `npm test`: everything there is to check, then one line that sums it up. With file names only their unit tests run:
 * `npm test -- platform/server/config`. `npm run test:long` lets properties run for longer.
 */
import fs from 'node:fs'
import path from 'node:path'
import { runChecks } from './checks.ts'
import { root, runLoudly } from './steps.ts'
import { tallyPlaywright, tallyVitest, type Tally } from './test-reports.ts'

const long = process.argv.includes('--long')
const filters = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const reports = path.join(root, 'test-results')
const env: Record<string, string> = {
  // Tests start our programs some hundred times: stripped and compiled once, the next start takes half the time.
  NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/compiled'),
  ...(long ? { TEST_LONG: '1' } : {}),
}

const tallies: Tally[] = []
// The types are checked on one core: on the other are built, meanwhile, the web apps that tests serve and measure.
const webApps = { name: 'web apps', command: ['node', 'apps/server/build.ts'] }
if (filters.length === 0) {
  const failed = await runChecks([webApps])
  tallies.push({ passed: 0, failures: failed.map((name) => ({ name })), flaky: [] })
}
tallies.push(await unitTests())
if (filters.length === 0 && fs.existsSync(path.join(root, 'playwright.config.ts')))
  tallies.push(await browserTests())

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failures = tallies.flatMap((tally) => tally.failures)
for (const name of tallies.flatMap((tally) => tally.flaky)) console.log(`FLAKY  ${name}`)
for (const { name } of failures) console.log(`FAILED ${name}`)
console.log(`\n${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0

/** On a machine that others use, files that failed are run again, alone: once may be bad luck there, twice is a defect. */
async function unitTests(): Promise<Tally> {
  const { report, code } = await vitest('vitest.json', filters)
  const first = tallyVitest([report], code)
  const files = [...new Set(first.failures.flatMap(({ file }) => file ?? []))]
  if (!process.env.CI || files.length === 0) return first
  const second = await vitest('vitest-again.json', files)
  return tallyVitest([report, second.report], second.code)
}

async function vitest(name: string, only: string[]): Promise<{ report: string; code: number }> {
  const report = fresh(name)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return { report, code: await runLoudly(['vitest', 'run', ...reporters, ...only], env) }
}

async function browserTests(): Promise<Tally> {
  // Beside its folder and not in it: Playwright empties test-results/ when it begins.
  const file = fresh('playwright.json')
  const code = await runLoudly(['playwright', 'test', '--reporter=list,json'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  return tallyPlaywright(file, code)
}

/** Yesterday's report must not speak for a runner that died before writing its own. */
function fresh(name: string): string {
  const file = path.join(reports, 'reports', name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.rmSync(file, { force: true })
  return file
}
