/** Hands over what waits, tries again until it succeeds, and takes in what is told meanwhile. */
import { createHash } from 'node:crypto'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { platformOf, type ApprovedPlatform } from './approved-platform.ts'
import { hear } from './hearing.ts'
import {
  changeWaiting,
  depositById,
  insertDeposit,
  toHand,
  waitingSince,
  xmlOf,
  type DepositRow,
} from './queries.ts'
import { tellCollected } from './telling.ts'

export type Depositing = Pick<Parts, 'db' | 'clock' | 'log' | 'jobs' | 'audit' | 'environment'>

/** From then on small businesses too issue through a platform (loi n° 2023-1322, art. 91; décret n° 2024-266). */
export const obligatoryFrom = '2027-09-01'

const errand = { name: 'platform-deposit' } as const

/** In the caller's transaction. @returns undefined where it lies there already */
export async function handOver(
  db: CentralDb,
  { jobs }: Pick<Parts, 'jobs'>,
  platform: ApprovedPlatform,
  what: { companyId: string; invoiceId: string; xmlSha256: Buffer },
): Promise<DepositRow | undefined> {
  const deposit = await insertDeposit(db, {
    companyId: what.companyId,
    flow: 'invoice',
    invoiceId: what.invoiceId,
    // Its XML is frozen beside it: what is handed over is that, and named by its hash.
    content: '',
    sha256: what.xmlSha256,
    platform: platform.name,
  })
  if (deposit) await jobs().send(db, errand, deposit.id)
  return deposit
}

export async function handOverReport(
  db: CentralDb,
  { jobs }: Pick<Parts, 'jobs'>,
  platform: ApprovedPlatform,
  report: { companyId: string; from: string; until: string; content: string },
): Promise<DepositRow | undefined> {
  const deposit = await insertDeposit(db, {
    companyId: report.companyId,
    flow: 'report',
    periodFrom: report.from,
    periodUntil: report.until,
    content: report.content,
    sha256: createHash('sha256').update(report.content).digest(),
    platform: platform.name,
  })
  if (deposit) await jobs().send(db, errand, deposit.id)
  return deposit
}

export const depositing = (parts: Depositing): Errand => ({
  ...errand,
  retries: 10,
  retryDelay: 30,
  secondsATry: 120,
  run: (id) => depositNow(parts, id),
})

/** May run twice: the platform knows a deposit by its key, and a status by its message. */
export async function depositNow(
  parts: Depositing,
  id: string,
  platform: ApprovedPlatform | null = platformOf(parts.environment),
): Promise<void> {
  const deposit = await depositById(parts.db, id)
  if (!platform || deposit?.state !== 'waiting') return
  const attempts = deposit.attempts + 1
  let done: { platformId: string; messages?: string[] }
  try {
    done = await sent(parts, platform, deposit)
  } catch (error) {
    // What a platform answers may quote anything: only that it failed is kept, the rest is in the process's log.
    parts.log.error({ error, depositId: id }, 'an approved platform did not take what was handed over')
    await changeWaiting(parts.db, id, { attempts, reason: 'unreachable' })
    throw error
  }
  await parts.db.transaction().execute(async (tx: CentralDb) => {
    const isOurs = await changeWaiting(tx, id, {
      state: 'deposited',
      platformId: done.platformId,
      attempts,
      reason: '',
      depositedAt: parts.clock.now(),
    })
    if (!isOurs) return
    await tell(tx, { topic: 'invoices', needs: 'invoices.read' })
    for (const message of done.messages ?? []) await heardAndLogged(tx, parts, message)
  })
}

async function sent(
  { db, clock }: Depositing,
  platform: ApprovedPlatform,
  { id, flow, invoiceId, content }: DepositRow,
): Promise<{ platformId: string; messages?: string[] }> {
  if (flow === 'report' || invoiceId === null) return platform.report({ key: id, content })
  const document = await xmlOf(db, invoiceId)
  if (!document) throw new Error('what was issued has its document')
  return platform.deposit({ key: id, number: document.number, xml: document.xml, at: clock.now() })
}

/** A status is nobody's doing here: the log says that it came. */
async function heardAndLogged(db: CentralDb, parts: Depositing, message: string): Promise<void> {
  const { outcome, invoiceId, code, reasonCode } = await hear(db, parts, message)
  if (outcome !== 'done') return
  await parts.audit.writeDownAs(db, {
    verb: 'invoice.status_taken_in',
    label: 'system',
    object: 'invoice',
    id: invoiceId,
    after: { code, reasonCode },
  })
}

const aBatch = 200
const anHourMs = 3_600_000

/** Four times an hour: what the law wants handed over, what an errand gave up, what was told, and what is ours to tell. */
export const keepingUp = (parts: Depositing): Schedule => ({
  name: 'platform',
  cron: '*/15 * * * *',
  async run(db) {
    const platform = platformOf(parts.environment)
    if (!platform) return
    const now = parts.clock.now()
    if (dayOf(now) >= obligatoryFrom)
      for (const one of await toHand(db, obligatoryFrom, aBatch))
        await db.transaction().execute((tx: CentralDb) => handOver(tx, parts, platform, one))
    for (const id of await waitingSince(db, new Date(now.getTime() - anHourMs), aBatch))
      await depositNow(parts, id, platform).catch(() => undefined) // said already; the next one may succeed
    for (const message of await platform.news())
      await db.transaction().execute((tx: CentralDb) => heardAndLogged(tx, parts, message))
    await tellCollected(db, parts, platform)
  },
})
