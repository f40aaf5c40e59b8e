/** What the server's parser says of a text while it is typed: what stands in it, and what is wrong with it where. */
import type { Diagnostic } from '@codemirror/lint'
import { checkSql, type Problem, type SqlRun } from '#contract/sql-console'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { call } from '#platform/ui/call.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { problemInWords } from '../sql-words.tsx'
import { failedAt, type Part } from './statement-at.ts'

export type Checked = OutputOf<typeof checkSql>

/** As the contract has it: beyond, a text is looked at when it runs. */
const longest = 6_000

/** @returns undefined where nobody could say */
export async function check(text: string): Promise<Checked | undefined> {
  if (text.length > longest) return undefined
  if (text.trim() === '') return { statements: [], problems: [] }
  // Somebody types on: what cannot be asked now is asked a moment later.
  return call(checkSql, { query: { text } }).catch(() => undefined)
}

/** @param offset where in the shown text begins what was judged */
export function marksOf(problems: readonly Problem[], t: Translate, offset = 0): Diagnostic[] {
  return problems.map((problem) => {
    const { why, instead } = problemInWords(problem, t)
    return {
      from: problem.from + offset,
      to: problem.to + offset,
      severity: 'error',
      message: [why, instead].filter(Boolean).join(' '),
    }
  })
}

/** Where a run was refused or failed, in the text it came from. */
export function marksAfter({ status, problems, report, text }: SqlRun, offset: number, t: Translate) {
  if (problems.length > 0) return marksOf(problems, t, offset)
  const failure = report?.failure
  const place = failure && failedAt(text, failure)
  if (!place || status === 'cancelled') return []
  return [failureMark(place, failure.message, offset)]
}

export const failureMark = ({ from, to }: Part, message: string, offset: number): Diagnostic => ({
  from: from + offset,
  to: to + offset,
  severity: 'error',
  message,
})
