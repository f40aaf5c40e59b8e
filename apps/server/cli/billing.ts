/** Verifies every document that was issued, with a running server beside it or without. */
import { parseArgs } from 'node:util'
import { billingVerification, type BillingVerification } from '#server/billing'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { ownVault } from '../terminal/own-vault.ts'

export const about =
  'billing verify [--json] [--remake]   follow every series of invoices, closed month and payment, and say which row, line or file was changed'

const usage = `mgp billing verify [--json] [--remake]
  --remake  make every kept file again from what is frozen, and compare the bytes: some 50 ms each;
            of a certificate that was renewed since no file can be made again, which is told apart`

/** @returns 1 when something was changed, 2 when it was not understood */
export async function run(args: string[]): Promise<number> {
  const [verb, ...rest] = args
  const { values } = parseArgs({
    args: rest,
    options: { json: { type: 'boolean', default: false }, remake: { type: 'boolean', default: false } },
  })
  if (verb !== 'verify') {
    console.error(usage)
    return 2
  }
  const config = readConfig(process.env)
  const database = await openCentralDatabase(config, values.json ? () => {} : console.log)
  const pool = openPool(database.appUrl, {
    max: 1,
    name: 'magestionpsy billing verify',
    patience: { connection: 10_000, statement: 120_000 },
  })
  try {
    const db = centralDb(pool)
    const verification = await billingVerification(db, {
      dataDir: config.dataDir,
      vault: await ownVault(config, db),
      sealFiles: config.invoiceSeal,
      remake: values.remake,
    })
    if (values.json) console.log(JSON.stringify(verification, null, 2))
    else report(verification)
    return verification.breaks.length === 0 ? 0 : 1
  } finally {
    await pool.end()
    await database.stop()
  }
}

function report({
  documents,
  logged,
  files,
  notCompared,
  takenOver,
  closings,
  journal,
  heads,
  breaks,
}: BillingVerification): void {
  for (const { series, documents: count, number, sha256 } of heads)
    console.log(`${series}: ${count} documents, the last is ${number}\n  chain ${sha256}`)
  console.log(
    `${documents} documents, ${files} kept files and ${closings} closed months were verified; the log vouches for ${logged} documents.`,
  )
  console.log(
    `${journal.entries} entries in the journal, ${journal.open} of them not sealed yet\n  chain ${journal.sha256}`,
  )
  if (takenOver > 0) console.log(`${takenOver} were taken over from another system, which stand in no chain.`)
  for (const { certificateSha256, files: count } of notCompared)
    console.log(
      `${count} files were sealed with the certificate ${certificateSha256} and not compared: another seals by now.`,
    )
  for (const { what, table, row, number, where, expected, found } of breaks)
    console.error(
      `${number || table}: ${what} ${where} (${table} ${row}): expected ${short(expected)}, found ${short(found)}`,
    )
  console.log('What the log itself says is verified by mgp audit verify.')
  console.log(breaks.length === 0 ? 'Nothing was changed.' : `${breaks.length} contradictions.`)
}

const short = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
