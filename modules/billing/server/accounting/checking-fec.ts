/** What the tax office's own checker would say of a file of entries, line by line, in bounded memory. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { fecColumns } from './entries.ts'

export type FecFault = { line: number; rule: string; details: string }
export type FecVerdict = {
  faults: FecFault[]
  lines: number
  entries: number
  debitCents: number
  creditCents: number
  /** Excluding VAT: credit less debit of the accounts of class 70 and of deposits. */
  revenueCents: number
}

/** A file with more faults is no better known by all of them. */
const faultsTold = 50

/**
 * LPF A47 A-1: 18 columns by their names, no empty one that must be filled, days as AAAAMMJJ, amounts with a decimal comma,
 * numbers without a gap in each journal, each entry balanced and of one day, an auxiliary account on 411 and 401 alone.
 * @param path the file, tabs or « | » between columns
 */
export async function checkFec(path: string): Promise<FecVerdict> {
  const verdict: FecVerdict = {
    faults: [],
    lines: 0,
    entries: 0,
    debitCents: 0,
    creditCents: 0,
    revenueCents: 0,
  }
  const numbers = new Map<string, number>()
  let open: { key: string; day: string; cents: number; line: number } | undefined
  let at = 0
  let separator = '\t'
  const fault = (rule: string, details: string, line = at) => {
    if (verdict.faults.length < faultsTold) verdict.faults.push({ line, rule, details })
  }
  const close = () => {
    if (open && open.cents !== 0) fault('entry_unbalanced', open.key, open.line)
  }
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    at++
    if (at === 1) {
      separator = text.includes('|') ? '|' : '\t'
      const named = text.replace(/^\uFEFF/, '').split(separator)
      if (named.join('|') !== fecColumns.join('|')) fault('columns_wrong', text.slice(0, 200))
      continue
    }
    const cells = text.split(separator)
    if (cells.length !== fecColumns.length) {
      fault('columns_counted', String(cells.length))
      continue
    }
    verdict.lines++
    const row = Object.fromEntries(fecColumns.map((name, index) => [name, cells[index] ?? ''])) as Row // the columns' own names
    for (const name of filled) if (row[name].trim() === '') fault('column_empty', name)
    for (const name of days)
      if (row[name] !== '' && !isDay(row[name])) fault('day_wrong', `${name} ${row[name]}`)
    for (const name of amounts)
      if (!/^-?\d+,\d{2}$/.test(row[name])) fault('amount_wrong', `${name} ${row[name]}`)
    const debit = centsOf(row.Debit)
    const credit = centsOf(row.Credit)
    if (debit !== 0 && credit !== 0) fault('both_sides', row.EcritureNum)
    const isThirdParty = /^4(01|11)/.test(row.CompteNum)
    if (isThirdParty !== (row.CompAuxNum !== '')) fault('auxiliary_wrong', row.CompteNum)
    if ((row.EcritureLet === '') !== (row.DateLet === '')) fault('letter_without_day', row.EcritureNum)
    verdict.debitCents += debit
    verdict.creditCents += credit
    if (/^(70|4191)/.test(row.CompteNum)) verdict.revenueCents += credit - debit
    const key = `${row.JournalCode} ${row.EcritureNum}`
    if (open?.key !== key) {
      close()
      open = { key, day: row.EcritureDate, cents: 0, line: at }
      verdict.entries++
      const expected = (numbers.get(row.JournalCode) ?? 0) + 1
      const number = Number(/\d+$/.exec(row.EcritureNum)?.[0] ?? Number.NaN)
      if (number !== expected) fault('number_not_next', `${row.EcritureNum}, ${expected}`)
      numbers.set(row.JournalCode, number)
    }
    if (open.day !== row.EcritureDate) fault('entry_of_two_days', key)
    open.cents += debit - credit
  }
  close()
  if (at === 0) fault('columns_wrong', '')
  if (verdict.debitCents !== verdict.creditCents)
    fault('file_unbalanced', `${verdict.debitCents} ${verdict.creditCents}`)
  return verdict
}

type Row = Record<(typeof fecColumns)[number], string>
const filled = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'ValidDate',
] as const
const days = ['EcritureDate', 'PieceDate', 'DateLet', 'ValidDate'] as const
const amounts = ['Debit', 'Credit'] as const

const centsOf = (amount: string) => Number(amount.replace(',', ''))

function isDay(written: string): boolean {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(written)
  if (!parts) return false
  const day = new Date(`${parts[1]}-${parts[2]}-${parts[3]}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10).replaceAll('-', '') === written
}
