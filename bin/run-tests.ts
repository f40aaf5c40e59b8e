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
if (filters.length === 0) tallies.push({ passed: 0, failed: await runChecks([webApps]) })
tallies.push(await unitTests())
if (filters.length === 0 && fs.existsSync(path.join(root, 'playwright.config.ts')))
  tallies.push(await browserTests())

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

async function unitTests(): Promise<Tally> {
  const file = fresh('vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runLoudly(['vitest', 'run', ...reporters, ...filters], env)
  return tallyVitest(file, code)
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
