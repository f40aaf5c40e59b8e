// Drafts that renewals made and nobody holds become documents, one transaction each, and leave by mail.
import { invoiceFileWaiting, type InvoiceContent } from '#contract/billing'
import { isOutage, type CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Errand } from '#platform/server/jobs.ts'
import { NotFound, Refused } from '#platform/server/requests.ts'
import { finalise, type Finalising } from '../issuing/finalising.ts'
import type { Parts } from '../parts.ts'
import { documentPdf } from '../pdf/keeping.ts'
import { invoiceLetter } from '../sending/letters.ts'
import { mailInvoice } from '../sending/mailing.ts'
import { draftsToIssue, frozenContent, holdWithNote, setHeld, wasSent } from './queries.ts'

type Issuing = Finalising & Pick<Parts, 'db' | 'log' | 'audit'>

export type Issuer = { staffId: string | null; label: string }

/** What the law or the calendar forbids, or what breaks, is held for a person to look at; everything else is numbered and sent. */
export async function issueDrafts(
  parts: Issuing,
  by: Issuer,
  progress: (issued: number) => void = () => {},
): Promise<{ issued: number; stopped: number }> {
  let issued = 0
  let stopped = 0
  for (;;) {
    const ids = await draftsToIssue(parts.db, 200)
    if (ids.length === 0) return { issued, stopped }
    for (const id of ids) {
      if (await issueOne(parts, id, by)) issued++
      else stopped++
      progress(issued)
    }
  }
}

async function issueOne(parts: Issuing, id: string, by: Issuer): Promise<boolean> {
  try {
    await parts.db.transaction().execute(async (transaction: CentralDb) => {
      const { content, sha256 } = await finalise(transaction, parts, { invoiceId: id, byStaffId: by.staffId })
      await parts.jobs().send(transaction, { name: renewedMail }, id)
      await parts.audit.writeDownAs(transaction, {
        verb: 'invoice.issued',
        label: by.label,
        ...(by.staffId === null ? {} : { staffId: by.staffId }),
        object: 'invoice',
        id,
        after: {
          number: content.number,
          typeCode: content.typeCode,
          issuedOn: content.issuedOn,
          inclCents: content.totals.inclCents,
          sha256,
        },
      })
    })
    return true
  } catch (error) {
    await putAside(parts, id, error)
    return false
  }
}

/** One that cannot be issued stops no other. @throws what is the database's own trouble: the run is tried again */
async function putAside({ db, log, clock, sentences }: Issuing, id: string, error: unknown): Promise<void> {
  // Somebody discarded it since it was listed.
  if (error instanceof NotFound) return void (await setHeld(db, [id], true))
  if (error instanceof Refused) {
    log.warn({ invoice: id, code: error.refusal.code }, 'a renewal cannot be issued and waits for a look')
    return void (await setHeld(db, [id], true))
  }
  if (isOutage(error)) throw error
  const reference = uuidv7(clock.now().getTime())
  log.error(
    { err: error, invoice: id, reference },
    'a renewal broke while it was issued and waits for a look',
  )
  await holdWithNote(db, id, sentences.say('fr', 'billing.renewal.broke', { reference }))
}

const renewedMail = 'billing-renewed-mail'

/** The sealed file goes to whoever pays; who has no address gets none, and is found in the list. */
export const mailingRenewed = (parts: Parts): Errand => ({
  name: renewedMail,
  retries: 20,
  retryDelay: 20,
  secondsATry: 300,
  run: async (id, { isLast }) => {
    const kept = await frozenContent(parts.db, id)
    if (kept === undefined || (await wasSent(parts.db, id))) return
    const content = JSON.parse(kept) as InvoiceContent // written by freeze() alone
    const to = content.buyer.email
    if (to === null || to === '') return
    const pdf = await documentPdf(parts.db, parts, id).catch(async (error: unknown) => {
      // A seal may be missing for longer than an errand is tried: another takes over.
      if (isLast && error instanceof Refused && error.refusal === invoiceFileWaiting)
        await parts.jobs().send(parts.db, { name: renewedMail }, id)
      throw error
    })
    const { file, ...words } = invoiceLetter(parts.sentences, content, { state: 'unpaid' })
    await parts.db.transaction().execute(async (transaction: CentralDb) => {
      await mailInvoice(transaction, parts, {
        invoiceId: id,
        pdf,
        file,
        letter: { to, ...words },
        language: content.language,
        name: content.buyer.name,
        byStaffId: null,
      })
    })
  },
})
