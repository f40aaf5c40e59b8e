/** A report as it leaves: for a screen, a file, a log or another's terminal, with nothing in it that names or tells of anybody. */
import { parse, type ParsedStatement } from '../statements/parsing.ts'
import type { Statement } from '../statements/reading.ts'
import type { Change, Row, Simulation, StatementReport } from '../simulating/simulation.ts'
import type { Masked, Unmaskable } from './classes.ts'
import type { Columns } from './columns.ts'
import { mask, maskFailure } from './failures.ts'
import { heaviest } from './deciding.ts'
import { flowOf, patience, type Flow } from './flowing.ts'
import { marksOf, maskedAs, unclassed, type Marks } from './marks.ts'
import { columnOf, wholeOf, type Shape } from './shapes.ts'
import { remadeBy, without, writtenBy, type Written } from './writing.ts'

export type MaskedColumn = StatementReport['columns'][number] & { masked: Masked | null }
export type MaskedChange = Change & {
  /** Of a row that was there and stays: which columns are others than before, the masked ones too. */
  changed: string[]
  masked: { [column: string]: Masked }
}
export type MaskedStatement = Omit<StatementReport, 'columns' | 'changes'> & {
  columns: MaskedColumn[]
  changes: MaskedChange[]
  /** All of it is masked, for what it decides by. */
  tells?: Masked
}
export type MaskedSimulation = Omit<Simulation, 'statements' | 'atCommit'> & {
  statements: MaskedStatement[]
  atCommit: Pick<MaskedStatement, 'effects' | 'changes' | 'moreChanges'>
  /** Classed values are written where others stand: all of it is masked, and nobody should execute it unseen. */
  spreads: Masked | null
}

export type Masking = {
  /** Of the whole text. */
  statements: readonly Statement[]
  parameters?: readonly unknown[]
  schema: Columns
  unmasked: ReadonlySet<Unmaskable>
  /** Each value goes back where it stood, and nothing is looked for that was not kept: what rows hold is masked by its column. */
  isOurs?: boolean | undefined
}

type Judged = {
  columns: Columns
  flows: (Flow | undefined)[]
  written: Written
  unmasked: Masking['unmasked']
  /** What the whole text tells, by how much it asks. */
  spelled: Marks
  /** Of statements of which nobody is told how many rows they have: what says it, and which is the first. */
  counted: { place: number; marks: Marks } | undefined
}

export function maskReport(report: Simulation, masking: Masking): MaskedSimulation {
  const judged = judgedOnce(masking)
  const { counted } = judged
  if (counted && changes(masking.statements) && maskedAs(counted.marks, masking.unmasked))
    return telling(report, counted, masking)
  const text = masking.statements.map((statement) => statement.text).join(';\n')
  const failure =
    report.failure &&
    maskFailure(report.failure, text, {
      names: masking.schema.names,
      ...(masking.parameters && { parameters: masking.parameters }),
    })
  return {
    ...report,
    ...(failure && { failure }),
    statements: report.statements.map((statement, place) =>
      maskStatement(statement, judged.flows[place], judged),
    ),
    atCommit: { ...report.atCommit, changes: maskChanges(report.atCommit.changes, judged) },
    spreads: maskedAs(judged.written.spreads, masking.unmasked),
  }
}

/** How many rows it changes would be what stands in one: nothing is told of what it did but that nothing stayed. */
function telling(
  report: Simulation,
  { place, marks }: { place: number; marks: Marks },
  { unmasked }: Masking,
): MaskedSimulation {
  return {
    ...report,
    status: 'failed',
    failure: {
      statement: place,
      code: 'counts_masked',
      message: 'how many rows there are would tell what is masked',
    },
    statements: [],
    atCommit: { effects: {}, changes: [], moreChanges: 0 },
    schemaChanges: [],
    residue: { sequences: [], deadRows: 0 },
    spreads: maskedAs(marks, unmasked),
  }
}

/** One text in many databases that are made alike. */
const lately = new WeakMap<Masking['statements'], Pick<Masking, 'schema' | 'unmasked'> & { judged: Judged }>()

function judgedOnce(masking: Masking): Judged {
  const { statements, schema, unmasked } = masking
  const last = lately.get(statements)
  if (last?.schema === schema && last.unmasked === unmasked) return last.judged
  const judged = judge(masking)
  lately.set(statements, { schema, unmasked, judged })
  return judged
}

function judge({ statements, schema, unmasked, isOurs }: Masking): Judged {
  if (isOurs) return { ...inPlace(schema), unmasked }
  const parsed = statements.map(({ text }) => parsedOnce(text))
  const remade = new Set(parsed.flatMap((one) => (one ? remadeBy(one) : [])))
  const columns = without(schema, remade)
  const left = patience()
  const first = parsed.map((one) => one && flowed(one, columns, false, left))
  const written = first.map((flow) =>
    flow ? writtenBy(flow, columns) : { spreads: unclassed, reworks: true },
  )
  const reworks = written.some((one) => one.reworks)
  const asked = first.map((flow) => flow?.asked ?? { weight: 0, marks: 0 })
  const weight = asked.reduce((sum, one) => sum + one.weight, 0)
  const spelled = weight > heaviest ? asked.reduce((all, { marks }) => all | marks, 0) : 0
  const place = first.findIndex((flow) => flow?.counting)
  const flows = reworks ? parsed.map((one) => one && flowed(one, columns, true, left)) : first
  return {
    columns,
    flows,
    unmasked,
    spelled,
    counted: place < 0 ? undefined : { place, marks: first[place]?.counting ?? 0 },
    written: {
      spreads: written.reduce((all, { spreads }) => all | spreads, 0) | (changes(statements) ? spelled : 0),
      reworks,
    },
  }
}

const changes = (statements: Masking['statements']) => statements.some(({ does }) => does !== 'reads')

function parsedOnce(text: string): ParsedStatement | undefined {
  const found = parse(text)
  return 'error' in found || found.statements.length !== 1 ? undefined : found.statements[0]
}

function flowed(
  statement: ParsedStatement,
  columns: Columns,
  nullsTell: boolean,
  left: ReturnType<typeof patience>,
): Flow | undefined {
  try {
    return flowOf(statement, columns, nullsTell, left)
  } catch (error) {
    // Thousands of terms, each within the other: nobody follows what flows there.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function maskStatement(statement: StatementReport, flow: Flow | undefined, judged: Judged): MaskedStatement {
  const { spreads, reworks } = judged.written
  const everywhere = (flow?.everywhere ?? 0) | judged.spelled
  const found = statement.columns.map((column, place) => {
    const direct = directly(column, judged.columns)
    const marks = direct ?? computed(column.name, place, statement.columns.length, flow?.output)
    return {
      masked: maskedAs(marks | spreads | everywhere, judged.unmasked),
      isComputed: direct === undefined || reworks || everywhere !== 0,
    }
  })
  const isCounted = maskedAs(flow?.counting ?? 0, judged.unmasked) !== null
  const tells = maskedAs(everywhere, judged.unmasked)
  return {
    ...statement,
    ...(tells && { tells }),
    columns: statement.columns.map((column, place) => ({ ...column, masked: found[place]?.masked ?? null })),
    // How many there are would be what stands in one.
    rowCount: isCounted ? null : statement.rowCount,
    rows: (isCounted ? [] : statement.rows).map((row) =>
      row.map((value, place) => {
        const { masked = 'unclassed', isComputed = true } = found[place] ?? {}
        // Whether something stands in a column is no secret; whether something comes out of a sum may be.
        return masked === null || (value === null && !isComputed) ? value : mask
      }),
    ),
    changes: maskChanges(statement.changes, judged),
  }
}

/** PostgreSQL's own tables and views have lower numbers: they say how a database is made. */
const firstOfOurs = 16_384

/** @returns undefined where it is no column of a table as it stands there */
function directly(
  { table, column }: StatementReport['columns'][number],
  columns: Columns,
): Marks | undefined {
  if (table === 0) return undefined
  if (table < firstOfOurs) return 0
  const known = columns.byNumber.get(table)
  if (!known) return unclassed
  // A row in one piece; below zero is where it lies and who wrote it.
  if (column === 0) return known.columns.reduce((all, { is }) => all | marksOf(is), 0)
  if (column < 0) return 0
  const is = known.columns.find(({ number }) => number === column)?.is
  return is === undefined ? unclassed : marksOf(is)
}

function computed(name: string, place: number, count: number, output: Shape | null | undefined): Marks {
  if (output === undefined) return unclassed
  if (output === null) return 0
  if (output.ordered?.length === count) return output.ordered[place]?.marks ?? unclassed
  return output.named.has(name) ? columnOf(output, name) : wholeOf(output)
}

function maskChanges(changes: Change[], { columns, written, unmasked }: Judged): MaskedChange[] {
  return changes.map(({ table, before, after, cut }) => {
    const known = columns.byName.get(table)
    const masked = Object.fromEntries(
      Object.keys({ ...before, ...after }).flatMap((name) => {
        const is = known?.columns.find((column) => column.name === name)?.is
        const as = maskedAs((is === undefined ? unclassed : marksOf(is)) | written.spreads, unmasked)
        return as ? [[name, as]] : []
      }),
    )
    const hide = (row: Row | null): Row | null =>
      row &&
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          masked[name] === undefined || (value === null && !written.reworks) ? value : mask,
        ]),
      )
    return {
      table,
      before: hide(before),
      after: hide(after),
      // Of which rows which columns are changed would be as many answers.
      changed: maskedAs(written.spreads, unmasked) ? [] : differing(before, after),
      masked,
      // That it was too long says how long it is.
      ...(cut && { cut: cut.filter((name) => masked[name] === undefined) }),
    }
  })
}

/** Rows that were read where they stand, and flowed nowhere: each value as its column is. */
export const maskRows = (changes: Change[], columns: Columns): MaskedChange[] =>
  maskChanges(changes, inPlace(columns))

const inPlace = (columns: Columns): Judged => ({
  columns,
  flows: [],
  written: { spreads: 0, reworks: false },
  unmasked: new Set(),
  spelled: 0,
  counted: undefined,
})

const differing = (before: Row | null, after: Row | null): string[] =>
  before && after
    ? Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    : []
