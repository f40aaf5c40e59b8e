/** The clock of support's promises, for one calendar and one allowance at a time: no database, no server. */
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { fieldProblems } from '#platform/server/errors.ts'
import { sentencesOf, zodWords } from '#platform/server/sentences.ts'
import { readMessages } from '../messages.ts'
import { isWrongUsage, WrongUsage } from '../terminal/wrong-usage.ts'

export const about = `sla due|elapsed [--json]   when an allowance of working time is used up, or how much passed; sla --help says more`

const usage = `mgp sla due [--json]        answers {"due": "2026-06-01T16:00:00Z"}
mgp sla elapsed [--json]    answers {"seconds": 3600}

Reads one JSON object from standard input:

  calendar  {"timezone": "Europe/Paris", "hours": {"mon": [["09:00", "12:30"], ["14:00", "18:00"]]},
            "holidays": ["2026-12-25"], "overrides": {"2026-12-24": [["09:00", "12:00"]]}}
  start     an instant: "2026-06-01T07:00:00Z"
  minutes   of working time, for due
  end       an instant, for elapsed
  pauses    [["2026-06-01T08:00:00Z", "2026-06-01T09:00:00Z"]]; none when left out

Exit code 0: answered. 2: wrong usage, or a question that cannot be answered; the field is named.`

export async function run(args: string[]): Promise<number> {
  try {
    const order = read(args)
    if (order === 'help') return say(usage)
    // Only now: `mgp help` reads every command, and this module brings mail and files along.
    const { slaQuestions } = await import('#server/support')
    const answered = slaQuestions[order.verb].safeParse(await asked(), { error: zodWords.en })
    if (!answered.success) return complain(problemsOf(answered.error.issues))
    return say(order.json ? JSON.stringify(answered.data) : String(Object.values(answered.data)[0]))
  } catch (error) {
    if (isWrongUsage(error)) return complain(`${error.message}\n\n${usage}`)
    throw error
  }
}

function read(args: string[]): { verb: 'due' | 'elapsed'; json: boolean } | 'help' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const [verb, ...more] = positionals
  if ((verb !== 'due' && verb !== 'elapsed') || more.length > 0)
    throw new WrongUsage('sla: either due or elapsed is asked.')
  return { verb, json: values.json }
}

async function asked(): Promise<unknown> {
  if (process.stdin.isTTY) throw new WrongUsage('standard input: a JSON object is expected there.')
  try {
    return JSON.parse(await text(process.stdin))
  } catch (error) {
    if (error instanceof SyntaxError) throw new WrongUsage(`standard input is not JSON: ${error.message}.`)
    throw error
  }
}

/** A line for each field: `calendar.hours.mon.0: A window must not close before it opens.` */
function problemsOf(issues: Parameters<typeof fieldProblems>[1]): string {
  return fieldProblems('body', issues, 'en', sentencesOf(readMessages()))
    .map(({ path, message }) => `${path || 'standard input'}: ${message}`)
    .join('\n')
}

function say(line: string): number {
  process.stdout.write(`${line}\n`)
  return 0
}

function complain(line: string): number {
  process.stderr.write(`${line}\n`)
  return 2
}
