/** A statement on its way: sent, looked at with a choice of columns, then imported. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  bankFileTooLong,
  bankFileUnreadable,
  previewBankFile,
  uploadBankFile,
  type BankFilePreview,
  type BankLayout,
} from '#contract/billing'
import { fileGone } from '#platform/contract/jobs.ts'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { accountsOf, ourAccounts, soughtUnder, statedAccounts } from './accounts.ts'
import { fingerprints } from './fingerprint.ts'
import { importedAt, keptUnder, uploadedFile } from './queries.ts'
import { understandApart } from './reading/apart.ts'
import { NoStatement, type Understood } from './reading/statement.ts'

/** Tells a statement from the files that jobs make. */
const uploadedType = 'application/octet-stream; bank-statement'
const sampleLines = 8

/** @throws Refused where it is no statement */
export async function readStatement(bytes: Uint8Array, chosen?: BankLayout): Promise<Understood> {
  try {
    return await understandApart(bytes, chosen)
  } catch (error) {
    if (!(error instanceof NoStatement)) throw error
    throw refuse(error.why === 'too_long' ? bankFileTooLong : bankFileUnreadable)
  }
}

export async function storedStatement(
  db: CentralDb,
  files: Pick<Files, 'read'>,
  wanted: { id: string; staffId: string },
): Promise<{ name: string; bytes: Buffer; sha256: Buffer }> {
  const { name, storageKey, expired } = found(await uploadedFile(db, { ...wanted, type: uploadedType }))
  if (expired) throw refuse(fileGone)
  const chunks: Buffer[] = []
  for await (const chunk of await files.read(storageKey)) chunks.push(chunk as Buffer) // a readable of bytes
  const bytes = Buffer.concat(chunks)
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest() }
}

async function previewOf(
  db: CentralDb,
  { id, name, sha256 }: { id: string; name: string; sha256: Buffer },
  { lines, accounts: stated, ...understood }: Understood,
  today: string,
  accountId?: string,
): Promise<BankFilePreview> {
  const ours = await ourAccounts(db, today)
  const accountOf = accountsOf(ours, accountId)
  const endings = stated.length > 0 ? stated.map((one) => accountOf(one).ending) : [accountOf('').ending]
  const days = lines.map((line) => line.bookedOn).toSorted()
  const sum = (sign: number) =>
    lines.reduce((total, { amountCents }) => total + (Math.sign(amountCents) === sign ? amountCents : 0), 0)
  return {
    id,
    name,
    ...understood,
    transactions: lines.length,
    known: (await keptUnder(db, fingerprints(lines, accountOf))).known,
    creditCents: sum(1),
    debitCents: sum(-1),
    from: days[0] ?? null,
    until: days.at(-1) ?? null,
    statedAccounts: statedAccounts(stated, ours),
    accounts: ours
      .toSorted((one, other) => Number(other.isCurrent) - Number(one.isCurrent))
      .map(({ id: ofAccount, company, iban, isCurrent }) => ({
        id: ofAccount,
        company,
        ending: iban.slice(-4),
        isCurrent,
      })),
    sample: lines.slice(0, sampleLines).map(({ bookedOn, amountCents, label, reference, counterparty }) => ({
      bookedOn,
      amountCents,
      label,
      reference,
      counterparty,
    })),
    importedAt:
      (await importedAt(db, sha256, soughtUnder(stated, endings, accountId)))?.toISOString() ?? null,
  }
}

export const fileHandlers = ({ files }: { files: Files }): readonly Handler[] => [
  handle(
    uploadBankFile,
    // Read before the transaction begins: no connection waits for it.
    async (_ctx, { file }) => readStatement(await readFile(file.path)),
    async (ctx, { file, query: { name } }, understood) => {
      const { path, bytes, sha256 } = file
      const id = await files.keep(ctx.db, {
        path,
        name,
        mediaType: uploadedType,
        staffId: ctx.actor.staffId,
        needsPermission: 'payments.write',
        limits: undefined,
      })
      const preview = await previewOf(
        ctx.db,
        { id, name, sha256: Buffer.from(sha256, 'hex') },
        understood,
        dayOf(ctx.clock.now()),
      )
      const { format, transactions } = preview
      ctx.record({ object: 'bank_file', id, after: { name, bytes, sha256, format, transactions } })
      return preview
    },
  ),

  handle(previewBankFile, async (ctx, { params: { id }, query: { accountId, ...layout } }) => {
    const stored = await storedStatement(ctx.db, files, { id, staffId: ctx.actor.staffId })
    const chosen = Object.keys(layout).length > 0 ? layout : undefined
    const understood = await readStatement(stored.bytes, chosen)
    return previewOf(ctx.db, { id, ...stored }, understood, dayOf(ctx.clock.now()), accountId)
  }),
]
