/** What `npm run check` looks at, all at once: types, lint with the floors' import rules, format, lock file, dead code. */
import { runQuietly, type Step } from './steps.ts'

const steps: Step[] = [
  // Several checkers repeat each other's work on the heavy types: one takes a third of the processor time.
  { name: 'types', command: ['tsc', '-b', '--checkers', '1'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lock file', command: ['node', 'bin/complete-lock.mjs', '--verify'] },
  { name: 'dead code', command: ['knip', '--no-progress', '--no-config-hints'] },
]

/** Prints what each failing step said. @param beside what may be done meanwhile @returns what failed */
export async function runChecks(beside: Step[] = []): Promise<string[]> {
  const outcomes = await Promise.all([...steps, ...beside].map(runQuietly))
  for (const { name, code, output, seconds } of outcomes) {
    const isFine = code === 0
    console.log(`${isFine ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
    if (!isFine) console.log(`${output.trim()}\n`)
  }
  if (outcomes.some(({ name, code }) => name === 'format' && code !== 0))
    console.log('Format with: npm run format')
  return outcomes.filter(({ code }) => code !== 0).map(({ name }) => name)
}
