/** What a simulation told, for somebody at a terminal. */
import type { SqlDocument } from './sql-document.ts'
import { failureInWords, problemInWords } from './sql-words.ts'

type Statement = SqlDocument['statements'][number]
type Change = Statement['changes'][number]

const widest = 40
const rowsShown = 20
/** Of a sentence. */
const longest = 1_000

export function reportOf(document: SqlDocument): string {
  const { status, reason, message, target, problems, failure, statements, at_commit: atCommit } = document
  const lines: string[] = []
  const say = (...more: string[]) => void lines.push(...more)
  const version = target?.schema_version
  if (target)
    say(`${target.name} (${target.database ?? target.id})${version == null ? '' : `, schema ${version}`}`, '')
  for (const problem of problems) {
    say(`  line ${problem.line}, column ${problem.column}: ${oneLine(problemInWords(problem), longest)}`)
    if (problem.text.trim()) say(`    ${oneLine(problem.text)}`)
  }
  statements.forEach((statement, index) => say(...ofStatement(statement, index + 1), ''))
  if (atCommit && Object.keys(atCommit.effects).length > 0)
    say('At the end, what waited for it:', ...effects(atCommit.effects), ...diff(atCommit.changes), '')
  if (document.schema_changes.length) say('Schema', ...document.schema_changes.map((line) => `  ${line}`), '')
  if (document.locks.length)
    say(
      'Locks',
      ...document.locks.map(({ table, mode, blocks }) => `  ${table}: ${mode}, ${keepsWaiting[blocks]}`),
      '',
    )
  const { sequences, dead_rows: dead } = document.residue
  if (sequences.length + dead > 0)
    say(
      'Not given back by a rollback',
      ...sequences.map(({ name, from, to }) => `  sequence ${name}: ${from ?? '-'} → ${to ?? '?'}`),
      ...(dead > 0
        ? [
            `  ${dead === 1 ? 'one version of a row' : `${dead} versions of rows`}, until ${dead === 1 ? 'it is' : 'they are'} cleared away`,
          ]
        : []),
      '',
    )
  if (failure) {
    const where = [
      failure.statement === null ? undefined : `statement ${failure.statement + 1}`,
      failure.line === null ? undefined : `line ${failure.line}, column ${failure.column}`,
    ].filter(Boolean)
    say(`${[...where, failure.code].join(', ')}: ${failureInWords(failure)}`)
    if (failure.detail) say(`  ${failure.detail}`)
    if (failure.hint) say(`  ${failure.hint}`)
  } else if (reason !== null && problems.length === 0) say(message ? `${reason}: ${message}` : reason)
  if (statements.length > 0 && !document.takes_effect) say('Nothing of it would be done.')
  say(
    `${status}${document.rolled_back ? '' : ', and nobody could prove that it was rolled back'}. ${proofOf(document)}`,
  )
  return lines.join('\n')
}

function proofOf({ proof, rolled_back: rolledBack, took_ms: took }: SqlDocument): string {
  if (!proof) return rolledBack ? 'Nothing ran.' : 'The database was not reached again.'
  return `Transaction ${proof.xid}, asked of another connection: ${proof.status}. ${took} ms.`
}

function ofStatement(
  { command, row_count: count, took_ms: took, takes_effect: takesEffect, ...rest }: Statement,
  number: number,
): string[] {
  const undone = takesEffect || Object.keys(rest.effects).length === 0 ? '' : ', undone with what failed'
  const head = `${number}. ${command}${undone}: ${count === null ? 'more rows than were counted' : rowsOf(count)}, ${took} ms`
  const shown = rest.rows.slice(0, rowsShown)
  const more = rest.rows.length > rowsShown || (count ?? Infinity) > rest.rows.length
  return [
    head,
    ...(rest.columns.length
      ? table(
          rest.columns.map(({ name }) => name),
          shown,
        )
      : []),
    ...(rest.columns.length && more ? ['  …'] : []),
    ...effects(rest.effects),
    ...diff(rest.changes),
    ...(rest.more_changes > 0 ? [`  … and ${rowsOf(rest.more_changes)} more`] : []),
  ]
}

function effects(all: Statement['effects']): string[] {
  const rows = Object.entries(all).map(([name, one]) => [
    name,
    String(one.inserted),
    String(one.updated),
    String(one.deleted),
    [
      one.dropped ? 'dropped' : '',
      one.truncated ? 'truncated' : '',
      one.rows_gone === null ? '' : `${rowsOf(one.rows_gone)} gone`,
      ...one.columns_lost.map(({ column, values }) => `column ${column} gone with ${values ?? 'its'} values`),
      one.rewritten === null
        ? ''
        : `written anew: ${one.rewritten.rows === null ? 'all its rows' : rowsOf(one.rewritten.rows)}, ${one.rewritten.bytes} bytes`,
      one.inexact === null ? '' : `not exact: ${one.inexact}`,
    ]
      .filter(Boolean)
      .join(', '),
  ])
  return rows.length ? table(['table', 'inserted', 'updated', 'deleted', ''], rows) : []
}

function diff(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const { table: name, before, after, changed, masked } = change
    if (before && after)
      return [
        `  ~ ${name} { ${keyOf(change)} }${changed.length ? '' : ' written again with the values it had'}`,
        ...changed.flatMap((column) =>
          masked[column]
            ? [`    ~ ${column}: changed, masked (${masked[column]})`]
            : [`    - ${column}: ${shown(before[column])}`, `    + ${column}: ${shown(after[column])}`],
        ),
      ]
    const row = before ?? after ?? {}
    const said = Object.entries(row).map(([column, value]) => `${column}: ${shown(value)}`)
    return [`  ${before ? '-' : '+'} ${name} { ${said.join(', ')} }`]
  })
}

/** By what a row is known: its id, or the first of what stays as it is and may be shown. */
function keyOf({ before, changed, masked }: Change): string {
  const row = before ?? {}
  const bare = Object.keys(row).filter((column) => !masked[column])
  const ids = bare.filter((column) => column === 'id')
  const others = bare.filter((column) => !changed.includes(column) && row[column] !== null).slice(0, 3)
  const columns = ids.length ? ids : others
  return columns.map((column) => `${column}: ${shown(row[column])}`).join(', ') || '…'
}

const rowsOf = (count: number) => (count === 1 ? '1 row' : `${count} rows`)

const shown = (value: unknown) =>
  oneLine(value === null ? 'NULL' : typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

const keepsWaiting = {
  reading: 'nobody else reads it meanwhile',
  writing: 'nobody else writes to it meanwhile',
  changing: 'nobody else changes the table itself meanwhile',
}

/** Nothing that a value holds moves the cursor of a terminal, or passes for a line of ours. */
function oneLine(text: string, most = widest * 3): string {
  // oxlint-disable-next-line no-control-regex
  const plain = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '·')
  return plain.length > most ? `${plain.slice(0, most)}…` : plain
}

function table(head: string[], rows: (string | null)[][]): string[] {
  const cells = [head, ...rows.map((row) => row.map((value) => oneLine(value ?? 'NULL')))].map((row) =>
    row.map((cell) => (cell.length > widest ? `${cell.slice(0, widest - 1)}…` : cell)),
  )
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()
  const [first = [], ...others] = cells
  return [line(first), `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...others.map(line)]
}
