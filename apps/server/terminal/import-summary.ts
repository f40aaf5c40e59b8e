/** An import's report as a person reads it in a terminal. */
import type { ImportReport } from '#contract/clients'
import type { Language, Sentences } from '#platform/server/sentences.ts'

type About = { file: string; dryRun: boolean; language: Language; sentences: Sentences }

/** Rows named behind each reason; the whole list is what --json is for. */
const rowsNamed = 8

export function importSummary(report: ImportReport, { file, dryRun, language, sentences }: About): string {
  const say = (key: string, values?: Record<string, string | number>) =>
    sentences.say(language, `clients.import.${key}`, values)
  const count = (value: number) => value.toLocaleString(language).padStart(9)
  const split = (names: Record<string, number>, of: 'status' | 'kind') =>
    Object.entries(names).map(
      ([name, value]) =>
        `${sentences.say(language, `clients.${of}.${name}`)} ${value.toLocaleString(language)}`,
    )
  const reasons = (lines: { row: number; code: string }[]) =>
    Object.entries(Object.groupBy(lines, ({ code }) => code))
      .map(([code, rows = []]) => ({ code, rows: rows.map(({ row }) => row) }))
      .toSorted((one, other) => other.rows.length - one.rows.length)
      .map(({ code, rows }) => `${count(rows.length)}  ${say(`codes.${code}`)} (${rowList(rows)})`)
  const rowList = (rows: number[]) => {
    const named = rows.slice(0, rowsNamed).join(', ')
    const more = rows.length - rowsNamed
    return say('terminal.row_list', {
      rows: more > 0 ? say('terminal.and_more', { rows: named, more }) : named,
    })
  }
  const total = (name: string, value: number) => `${count(value)}  ${say(`terminal.${name}`)}`
  const detail = (parts: string[]) => `${' '.repeat(11)}${parts.join(' · ')}`

  return [
    say(dryRun ? 'terminal.tried' : 'terminal.imported', { file }),
    '',
    total('rows', report.rows),
    total('accepted', report.accepted),
    ...(report.accepted > 0
      ? [detail(split(report.accepted_by_status, 'status')), detail(split(report.accepted_by_kind, 'kind'))]
      : []),
    total('rejected', report.rejected),
    ...reasons(report.errors).map((line) => `  ${line}`),
    total('warnings', report.warnings.length),
    ...reasons(report.warnings).map((line) => `  ${line}`),
  ].join('\n')
}

type Step = { phase: 'reading' | 'saving'; rows: number; done: number; total: number }

/** Progress on one line that is written over, and only where a person watches. */
export function progressLine(
  sentences: Sentences,
  language: Language,
  out: NodeJS.WriteStream,
): (step: Step) => void {
  if (!out.isTTY) return () => {}
  return ({ phase, rows, done, total }) => {
    const line = sentences.say(language, `clients.import.terminal.${phase}`, { share: done / total, rows })
    out.write(`\r\x1b[K${line}`)
    if (done === total) out.write('\r\x1b[K')
  }
}
