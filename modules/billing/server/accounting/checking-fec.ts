/** What the tax office's own checker would say of a file of entries, line by line, in bounded memory. */
import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
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
  const check = fecCheck()
  for await (const chunk of createReadStream(path)) check.read(chunk as Buffer) // without an encoding it gives buffers
  return check.end()
}

/** The same of a file that is being written: each chunk passes, and the verdict stands at its end. */
export function fecCheck(): { read(chunk: Buffer): void; end(): FecVerdict } {
  const verdict: FecVerdict = {
    faults: [],
    lines: 0,
    entries: 0,
    debitCents: 0,
    creditCents: 0,
    revenueCents: 0,
  }
  const numbers = new Map<string, number>()
  const decoder = new StringDecoder('utf8')
  let open: { key: string; day: string; cents: number; line: number } | undefined
  let at = 0
  let separator = '\t'
  let rest = ''
  const fault = (rule: string, details: string, line = at) => {
    if (verdict.faults.length < faultsTold) verdict.faults.push({ line, rule, details })
  }
  const close = () => {
    if (open && open.cents !== 0) fault('entry_unbalanced', open.key, open.line)
  }
  const head = (text: string) => {
    separator = text.includes('|') ? '|' : '\t'
    const named = text.replace(/^\uFEFF/, '').split(separator)
    if (named.join('|') !== fecColumns.join('|')) fault('columns_wrong', text.slice(0, 200))
  }
  const line = (text: string) => {
    at++
    if (at === 1) return head(text)
    const cells = text.split(separator)
    if (cells.length !== fecColumns.length) return fault('columns_counted', String(cells.length))
    verdict.lines++
    const of = (column: Column) => cells[place[column]] ?? ''
    for (const name of filled) if (of(name).trim() === '') fault('column_empty', name)
    for (const name of days)
      if (of(name) !== '' && !isDay(of(name))) fault('day_wrong', `${name} ${of(name)}`)
    for (const name of amounts)
      if (!/^-?\d+,\d{2}$/.test(of(name))) fault('amount_wrong', `${name} ${of(name)}`)
    const debit = centsOf(of('Debit'))
    const credit = centsOf(of('Credit'))
    const account = of('CompteNum')
    if (debit !== 0 && credit !== 0) fault('both_sides', of('EcritureNum'))
    if (/^4(01|11)/.test(account) !== (of('CompAuxNum') !== '')) fault('auxiliary_wrong', account)
    if ((of('EcritureLet') === '') !== (of('DateLet') === '')) fault('letter_without_day', of('EcritureNum'))
    verdict.debitCents += debit
    verdict.creditCents += credit
    if (/^(70|4191)/.test(account)) verdict.revenueCents += credit - debit
    const journal = of('JournalCode')
    const key = `${journal} ${of('EcritureNum')}`
    if (open?.key !== key) {
      close()
      open = { key, day: of('EcritureDate'), cents: 0, line: at }
      verdict.entries++
      const expected = (numbers.get(journal) ?? 0) + 1
      const number = Number(/\d+$/.exec(of('EcritureNum'))?.[0] ?? Number.NaN)
      if (number !== expected) fault('number_not_next', `${of('EcritureNum')}, ${expected}`)
      numbers.set(journal, number)
    }
    if (open.day !== of('EcritureDate')) fault('entry_of_two_days', key)
    open.cents += debit - credit
  }
  return {
    read(chunk) {
      const texts = (rest + decoder.write(chunk)).split('\n')
      rest = texts.pop() ?? ''
      for (const text of texts) line(text.endsWith('\r') ? text.slice(0, -1) : text)
    },
    end() {
      rest += decoder.end()
      if (rest !== '') line(rest)
      close()
      if (at === 0) fault('columns_wrong', '')
      if (verdict.debitCents !== verdict.creditCents)
        fault('file_unbalanced', `${verdict.debitCents} ${verdict.creditCents}`)
      return verdict
    },
  }
}

type Column = (typeof fecColumns)[number]
const place = Object.fromEntries(fecColumns.map((name, index) => [name, index])) as Record<Column, number> // the columns' own names
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
