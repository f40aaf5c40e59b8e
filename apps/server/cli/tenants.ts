/** The practices and their databases: each verb is one file of terminal/tenants, named by itself; this one only finds it. */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { readConfig } from '#platform/server/config.ts'
import { NotFound, Refused } from '#platform/server/requests.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../messages.ts'
import { withFleet, type OwnFleet } from '../terminal/own-fleet.ts'
import { isWrongUsage } from '../terminal/wrong-usage.ts'

export const about = 'tenants VERB         the practices and their databases; tenants --help says more'

export type Verb = {
  /** Lines of help: the usage first, after an empty line what it does. */
  usage: string
  /**
   * @returns the exit code, 0 when it says nothing
   * @throws {WrongUsage} and what parseArgs throws: the usage is shown. Refusals become sentences.
   */
  run(args: string[], fleet: OwnFleet): Promise<number | void>
}

const folder = path.join(import.meta.dirname, '../terminal/tenants')

export async function run(args: string[]): Promise<number> {
  const [name = '--help', ...rest] = args
  if (['--help', '-h', 'help'].includes(name)) return say(await wholeUsage())
  if (!verbNames().includes(name)) return complain(`Unknown: tenants ${name}\n\n${await wholeUsage()}`, 2)
  const verb = await load(name)
  if (rest.includes('--help') || rest.includes('-h')) return say(verb.usage)
  try {
    return (await withFleet(readConfig(process.env), (fleet) => verb.run(rest, fleet))) ?? 0
  } catch (error) {
    if (isWrongUsage(error)) return complain(`${error.message}\n\n${verb.usage}`, 2)
    if (error instanceof Refused) return complain(sentenceOf(error))
    if (error instanceof NotFound) return complain('There is no such thing here.')
    throw error
  }
}

async function wholeUsage(): Promise<string> {
  const verbs = await Promise.all(verbNames().map(load))
  const lines = verbs.map(({ usage }) => `  ${usage.split('\n', 1)[0]?.replace('mgp tenants ', '')}`)
  return `mgp tenants VERB [...]

${lines.join('\n')}

TENANT is an id, the name of its database or login, or whose practice it is. mgp tenants VERB --help says more.

Exit code 0: done. 1: refused or failed. 2: wrong usage.`
}

function verbNames(): string[] {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => path.basename(file, '.ts'))
    .sort()
}

async function load(name: string): Promise<Verb> {
  // Every file of that folder keeps the shape above: the help reads them all, and a test runs it.
  return (await import(pathToFileURL(path.join(folder, `${name}.ts`)).href)) as Verb
}

function sentenceOf({ refusal, values }: Refused): string {
  return sentencesOf(readMessages()).say('en', `refusals.${refusal.code}`, values)
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(text: string, code = 1): number {
  process.stderr.write(`${text}\n`)
  return code
}
