/** A bank's CSV: whatever stands above the headings, whichever separator, amounts in one column or in two. */
import { parse } from 'csv-parse/sync'
import { maxBankTransactions, type BankLayout } from '#contract/billing'
import { isColumn, layoutOf, missingOf, plain } from './columns.ts'
import { centsOf, dayOfText } from './figures.ts'
import { NoStatement, tidy, type StatementLine, type Understood, type UnreadableLine } from './statement.ts'

const separators = [';', '\t', ',', '|'] as const
const preambleLines = 40
const unreadableNamed = 20

/** @param chosen the columns as a person chose them; undefined: as the headings say */
export function readCsv(text: string, encoding: string, chosen?: BankLayout): Understood {
  const { separator, rows } = rowsOf(text)
  const at = headingsAt(rows)
  const headings = (rows[at]?.cells ?? []).map((cell) => tidy(cell, 100))
  const layout = chosen ?? layoutOf(headings)
  const missing = missingOf(layout)
  const body = rows.slice(at + 1)
  if (body.length > maxBankTransactions) throw new NoStatement('too_long')
  const lines: StatementLine[] = []
  const unreadable: UnreadableLine[] = []
  if (missing.length === 0)
    for (const { cells, line } of body) {
      const read = lineOf(cells, layout)
      if (typeof read === 'object') lines.push(read)
      else if (read !== 'nothing') unreadable.push({ line, code: read })
    }
  return {
    format: 'csv',
    encoding,
    separator,
    headings,
    layout,
    missing,
    lines,
    accounts: [],
    unreadable: unreadable.slice(0, unreadableNamed),
    unreadableCount: unreadable.length,
  }
}

type Row = { cells: string[]; line: number }

/** The separator by which most lines have the same number of cells, and more than one. */
function rowsOf(text: string): { separator: string; rows: Row[] } {
  let best: { separator: string; rows: Row[]; worth: number } | undefined
  for (const separator of separators) {
    const rows = parsed(text, separator)
    if (!rows) continue
    const widths = new Map<number, number>()
    for (const { cells } of rows.slice(0, 500))
      if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
    const worth = Math.max(0, ...[...widths].map(([width, times]) => times * Math.min(width, 6)))
    if (worth > (best?.worth ?? 0)) best = { separator, rows, worth }
  }
  if (!best) throw new NoStatement('unreadable')
  return best
}

function parsed(text: string, delimiter: string): Row[] | undefined {
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 20_000,
      to: maxBankTransactions + preambleLines + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[] // `info` makes these of its records
    return records
      .map(({ record, info }) => ({ cells: record.slice(0, 100), line: info.lines }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  } catch {
    return undefined
  }
}

/** The first line that names a day and either a label or an amount; without one the first line of the usual width. */
function headingsAt(rows: readonly Row[]): number {
  const named = rows.slice(0, preambleLines).findIndex(({ cells }) => {
    const words = cells.map(plain)
    return (
      words.some((word) => /^(date|jour|booking|transaction date)/.test(word)) &&
      words.filter((word) => /^(libelle|montant|debit|credit|description|amount|label|operation)/.test(word))
        .length > 0
    )
  })
  if (named >= 0) return named
  const widest = Math.max(...rows.slice(0, preambleLines).map(({ cells }) => cells.length))
  return rows.findIndex(({ cells }) => cells.length === widest)
}

/** @returns what is wrong with it; `nothing` where it says neither a day nor an amount, as a sum below the lines does */
function lineOf(cells: readonly string[], layout: BankLayout): StatementLine | 'date' | 'amount' | 'nothing' {
  const cell = (column: number | null | undefined) => (isColumn(column) ? (cells[column] ?? '').trim() : '')
  const written = [cell(layout.amount), cell(layout.credit), cell(layout.debit)].filter((text) => text !== '')
  const day = cell(layout.bookedOn)
  if (day === '' && (written.length === 0 || cell(layout.label) === '')) return 'nothing'
  const bookedOn = dayOfText(day)
  if (!bookedOn) return 'date'
  const amountCents = isColumn(layout.amount)
    ? centsOf(cell(layout.amount))
    : twoColumns(cell(layout.credit), cell(layout.debit))
  if (amountCents === undefined) return 'amount'
  // A line of nothing moves no money.
  if (amountCents === 0) return 'nothing'
  return {
    account: '',
    bookedOn,
    amountCents,
    label: tidy(cell(layout.label), 500),
    reference: tidy(cell(layout.reference), 140),
    counterparty: tidy(cell(layout.counterparty), 140),
    counterpartyEnding: '',
    bankName: null,
    returnCode: null,
  }
}

/** Some banks write what leaves with a sign, some without. */
function twoColumns(credit: string, debit: string): number | undefined {
  const [came, left] = [credit, debit].map((text) => (text === '' ? 0 : centsOf(text)))
  if (came === undefined || left === undefined || came < 0) return undefined
  if (came !== 0 && left !== 0) return undefined
  return came - Math.abs(left)
}
