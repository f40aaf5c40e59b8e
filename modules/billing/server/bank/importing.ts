import {
  bankColumnMissing,
  bankFileTwice,
  bankLinesUnreadable,
  importBankFile,
  listBankImports,
  type BankImport,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { breaks } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { directDebitsIn } from '../direct-debits/hearing.ts'
import { mainCompany } from '../settings/in-force.ts'
import { accountsOf, accountsTaken, ourAccounts, soughtUnder } from './accounts.ts'
import { readStatement, storedStatement } from './files.ts'
import { fingerprints } from './fingerprint.ts'
import {
  importedAt,
  importsShown,
  insertImport,
  insertTransactions,
  keptUnder,
  lockImports,
} from './queries.ts'

type Row = Awaited<ReturnType<typeof importsShown>>[number]

const shownOf = (row: Row): BankImport => ({
  ...row,
  format: row.format as BankImport['format'], // the column's CHECK holds the same two
  importedAt: row.importedAt.toISOString(),
})

export const importHandlers = ({ files }: { files: Files }): readonly Handler[] => [
  handle(
    importBankFile,
    async (ctx, { body: { fileId, layout } }) => {
      const stored = await storedStatement(ctx.db, files, { id: fileId, staffId: ctx.actor.staffId })
      return { stored, understood: await readStatement(stored.bytes, layout) }
    },
    async (ctx, { body }, { stored: { name, sha256 }, understood }) => {
      const { format, missing, unreadable, unreadableCount, lines, accounts } = understood
      if (missing.length > 0) throw refuse(bankColumnMissing, { details: { missing } })
      // Half a statement would look like a whole one, unless somebody said so and it says so.
      if (unreadableCount > 0 && (!body.leavesOut || lines.length === 0))
        throw refuse(bankLinesUnreadable, { details: { unreadable }, values: { count: unreadableCount } })
      const ours = await ourAccounts(ctx.db, dayOf(ctx.clock.now()))
      const { endings: accountEndings, foreign: takenForeign } = accountsTaken(accounts, ours, body)
      await lockImports(ctx.db)
      if (await importedAt(ctx.db, sha256, soughtUnder(accounts, accountEndings, body.accountId)))
        throw refuse(bankFileTwice)
      const { prints, known } = await keptUnder(ctx.db, fingerprints(lines, accountsOf(ours, body.accountId)))
      const { id: companyId } = await mainCompany(ctx.db)
      const id = await insertImport(ctx.db, {
        companyId,
        name,
        format,
        sha256,
        transactions: lines.length,
        known,
        leftOut: unreadableCount,
        accountEndings,
        importedBy: ctx.actor.staffId,
      }).catch((error: unknown) => {
        throw breaks(error, 'bank_imports_once') ? refuse(bankFileTwice) : error
      })
      const added = await insertTransactions(
        ctx.db,
        id,
        lines.map((line, index) => ({
          ...line,
          fingerprint: prints[index] ?? '',
          // Money that leaves is no client's payment, unless a direct debit came back.
          ...(line.amountCents < 0
            ? { state: 'set_aside', why: 'outgoing' }
            : { state: 'to_match', why: '' }),
        })),
      )
      const heard = await directDebitsIn(ctx, id, lines)
      ctx.record({
        object: 'bank_file',
        id,
        count: lines.length,
        after: {
          name,
          format,
          accountEndings,
          ...(takenForeign.length > 0 && { takenForeign }),
          transactions: lines.length,
          added: added.length,
          leftOut: unreadableCount,
          ...heard,
        },
      })
      return shownOf(found((await importsShown(ctx.db, id))[0]))
    },
  ),

  handle(listBankImports, async (ctx) => ({ rows: (await importsShown(ctx.db)).map(shownOf) })),
]
