/** `npm run bench -- <name>` runs bench/<name>.ts and prints its result as one JSON line, the last. */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

export type Metric = {
  name: string
  value: number
  /** The limit as a person reads it: ">= 0.5", "<= 3 s". */
  target: string
  meets: boolean
}

export type Result = {
  bench: string
  metrics: Metric[]
  /** What was measured and what it is compared with in the same run, in `unit`. */
  ours: number
  reference: number
  unit: string
  runs: number
}

type Bench = { run(): Promise<Result> }

const folder = import.meta.dirname
const [name] = process.argv.slice(2)

if (name === undefined) {
  console.log('npm run bench -- <name>\n')
  for (const bench of benches()) console.log(`  ${bench.padEnd(18)} ${aboutOf(bench)}`)
} else if (benches().includes(name)) {
  const bench = (await import(pathToFileURL(path.join(folder, `${name}.ts`)).href)) as Bench
  console.log(JSON.stringify(await bench.run()))
} else {
  console.error(`No benchmark is called "${name}". There are: ${benches().join(', ')}`)
  process.exitCode = 2
}

function benches(): string[] {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
    .map((file) => path.basename(file, '.ts'))
    .sort()
}

/** Read and not imported: a list should not load what every benchmark needs. */
function aboutOf(bench: string): string {
  const source = fs.readFileSync(path.join(folder, `${bench}.ts`), 'utf8')
  return /^export const about =\s*(['"`])(.+?)\1/m.exec(source)?.[2] ?? ''
}
