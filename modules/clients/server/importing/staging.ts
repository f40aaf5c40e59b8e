// Every examined row goes to a temporary table by COPY, as fast as the file is read and without gathering it in memory.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { examineRows, type ExaminedRow, type Progress } from './examining.ts'
import type { Columns } from './mapping.ts'
import type { OpenedFile } from './opening.ts'
import type { RowCode } from '#contract/clients'

/** Rows whose code needs no look at other rows, and how many rows there were. */
export type Staged = { rows: number; early: { row: number; code: RowCode }[] }

// The id a client will have is chosen here: after the insert it tells which rows really arrived.
const createStaging = `
  create temporary table staged_clients (
    id uuid not null default uuidv7(),
    row integer not null,
    late text,
    date_missing boolean not null,
    verdict text,
    last_name text not null, first_name text not null, email text not null, phone text, address text,
    postal_code text, city text, department text, status text, kind text,
    next_payment_on date, last_sign_in_at timestamptz,
    rpps text, adeli text, siret text, origin text
  ) on commit drop`

const copyStaging = `
  copy staged_clients (row, late, date_missing, last_name, first_name, email, phone, address, postal_code, city,
    department, status, kind, next_payment_on, last_sign_in_at, rpps, adeli, siret, origin) from stdin`

/** Inside the caller's transaction. A refusal in the middle of the file leaves nothing: the transaction ends with it. */
export async function stageRows(
  client: ClientBase,
  file: OpenedFile,
  columns: Columns,
  onProgress?: (progress: Progress) => void,
): Promise<Staged> {
  // Times without an offset are read from the clock on a French wall, summer time included.
  await client.query(`set local timezone = 'Europe/Paris'`)
  await client.query(createStaging)
  const staged: Staged = { rows: 0, early: [] }
  const lines = async function* () {
    for await (const rows of examineRows(file, columns, onProgress)) {
      let text = ''
      for (const row of rows) {
        staged.rows++
        if (row.early) staged.early.push({ row: row.row, code: row.early })
        else text += copyLine(row)
      }
      if (text) yield Buffer.from(text)
    }
  }
  await pipeline(
    Readable.from(lines(), { objectMode: true, highWaterMark: 1 }),
    client.query(copyFrom(copyStaging)),
  )
  // A temporary table has no statistics until asked, and the joins that follow would be planned for a handful of rows.
  await client.query('analyze staged_clients')
  return staged
}

function copyLine({ row, late, dateMissing, values }: ExaminedRow): string {
  const { lastName, firstName, email, phone, address, postalCode, city, department, status, kind } = values
  const { nextPaymentOn, lastSignInAt, rpps, adeli, siret, origin } = values
  let line = `${row}\t${late ?? '\\N'}\t${dateMissing ? 't' : 'f'}`
  for (const value of [
    lastName,
    firstName,
    email,
    phone,
    address,
    postalCode,
    city,
    department,
    status,
    kind,
  ])
    line += `\t${copyText(value)}`
  for (const value of [nextPaymentOn, lastSignInAt, rpps, adeli, siret, origin])
    line += `\t${copyText(value)}`
  return `${line}\n`
}

const special = /[\\\n\r\t]/

/** A value in COPY's text format (PostgreSQL manual, COPY, "Text Format"). */
function copyText(value: string | null): string {
  if (value === null) return '\\N'
  if (!special.test(value)) return value
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
}
