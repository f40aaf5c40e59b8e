import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  checkDocument,
  documentUnprintable,
  draftCreditNote,
  finaliseInvoice,
  getInvoicePdf,
  invoiceFileLost,
  invoiceNotIssued,
  packInvoices,
  previewInvoice,
  type PackOutcome,
  recordPaymentByHand,
} from '#contract/billing'
import { getJob } from '#platform/contract/jobs.ts'
import type { Parts } from '../parts.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { billableClient, draftFor, issuedFor, openBilling } from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { sealHolds, sha256 } from '../../../../tests/harness/pdf-structure.ts'
import { textOfPdf } from '../../../../tests/harness/pdf-text.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { openLog } from '#platform/server/log.ts'
import { documentPdf, reconciling } from './keeping.ts'
import { openPdfs } from './opening.ts'

const server = await testServer()
const files = openPdfs({ dataDir: server.dataDir, vault: server.vault })
atTheEnd(() => files.close())
const keeping: Pick<Parts, 'clock' | 'log' | 'pdfs'> = {
  clock: { now: () => new Date() },
  log: openLog('silent'),
  pdfs: files,
}
/** Runs no jobs: as if whoever ran them had died. */
const idle = await testServer({ env: { ROLE: 'web' } })
const idleFiles = openPdfs({ dataDir: idle.dataDir, vault: idle.vault })
atTheEnd(() => idleFiles.close())
let billing: Browserless
let mireille: string

beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  await openBilling(idle.db)
  mireille = await billableClient(server.db)
})

const fileOf = (id: string) => path.join(server.dataDir, 'invoice-files', id, 'sealed.pdf')
const asked = async (id: string, query = '') =>
  Buffer.from((await billing.send('GET', `/api/v1/invoices/${id}/pdf${query}`)).bytes)
const words = (pdf: Buffer) => textOfPdf(pdf).replaceAll(/\s+/g, ' ')

async function keptOf(id: string) {
  for (;;) {
    const row = await server.db
      .selectFrom('invoicePdfs')
      .where('invoiceId', '=', id)
      .selectAll()
      .executeTakeFirst()
    if (row) return row
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('the file of an issued document', () => {
  test('is made soon after by itself, kept, told in its life, and handed out', async () => {
    const { id, number } = await issuedFor(billing, mireille)
    const { sha256: hash, bytes } = await keptOf(id)
    const pdf = await asked(id)
    expect(pdf.length).toBe(bytes)
    expect(sha256(pdf)).toBe(hash.toString('hex'))
    expect(await readFile(fileOf(id))).toEqual(pdf)
    expect(await sealHolds(pdf)).toBe(true)
    expect(words(pdf)).toContain(number)
    const events = await server.db
      .selectFrom('invoiceEvents')
      .where('invoiceId', '=', id)
      .where('kind', '=', 'rendered')
      .select('data')
      .execute()
    expect(events).toEqual([{ data: { pdfSha256: hash.toString('hex') } }])
  })

  test('that was lost, or altered on the disk, is made again to the byte', async () => {
    const { id } = await issuedFor(billing, mireille)
    const { sha256: hash } = await keptOf(id)
    await rm(fileOf(id))
    expect(sha256(await asked(id))).toBe(hash.toString('hex'))
    await writeFile(fileOf(id), 'something else')
    expect(sha256(await asked(id))).toBe(hash.toString('hex'))
    expect(sha256(await readFile(fileOf(id)))).toBe(hash.toString('hex'))
  })

  test('that was lost with its seal is not replaced by another', async () => {
    const { id } = await issuedFor(billing, mireille)
    await keptOf(id)
    await rm(fileOf(id))
    const stranger = openPdfs({ dataDir: `${server.dataDir}/elsewhere`, vault: server.vault })
    atTheEnd(() => stranger.close())
    await expect(documentPdf(server.db, { ...keeping, pdfs: stranger }, id)).rejects.toMatchObject({
      refusal: invoiceFileLost,
    })
    expect(await stranger.kept(id)).toBeUndefined()
  })

  test('whoever died between number and file, the next minute makes it; two at once make one', async () => {
    const { id } = await issuedFor(await idle.as('billing'), await billableClient(idle.db))
    const kept = () =>
      idle.db.selectFrom('invoicePdfs').where('invoiceId', '=', id).select('sha256').execute()
    const soon = { ...keeping, pdfs: idleFiles }
    await reconciling(soon).run(idle.db)
    expect(await kept()).toEqual([])
    const later = { ...soon, clock: { now: () => new Date(Date.now() + 61_000) } }
    await Promise.all([reconciling(later).run(idle.db), reconciling(later).run(idle.db)])
    const [row, ...more] = await kept()
    expect(more).toEqual([])
    expect(row?.sha256.toString('hex')).toBe(sha256(await documentPdf(idle.db, soon, id)))
  })

  test('is asked for by its number’s name, and a draft has none', async () => {
    const { id, number } = await issuedFor(billing, mireille)
    const { headers } = await billing.send('GET', `/api/v1/invoices/${id}/pdf?download=true`)
    expect(headers['content-disposition']).toBe(`attachment; filename="${number}.pdf"`)
    const draft = await draftFor(billing, mireille)
    const answer = await billing.refused(getInvoicePdf, { params: { id: draft.id }, query: {} })
    expect(answer).toMatchObject({ code: invoiceNotIssued.code })
  })

  test('as a copy it is marked, and says what paid it and what did not', async () => {
    const { id } = await issuedFor(billing, mireille)
    const copy = async () => words(await asked(id, '?version=copy'))
    expect(await copy()).toContain('COPIE')
    const paid = async (amountCents: number) =>
      billing.call(recordPaymentByHand, {
        body: {
          clientId: mireille,
          amountCents,
          receivedOn: Temporal.Now.plainDateISO('Europe/Paris').toString(),
          method: 'cheque',
          allocations: [{ invoiceId: id, amountCents }],
        },
      })
    await paid(1_000)
    expect(await copy()).toMatch(/Reste à payer.*19,00.*par chèque.*au plus tard/)
    expect(await copy()).not.toContain('ACQUITTÉE')
    await paid(1_900)
    expect(await copy()).toContain('ACQUITTÉE')
    expect(await copy()).not.toContain('au plus tard')

    const { id: credited } = await issuedFor(billing, mireille)
    const note = await billing.call(draftCreditNote, { params: { id: credited }, body: { positions: null } })
    await billing.call(finaliseInvoice, { params: { id: note.id }, body: { revision: note.revision } })
    const receipt = words(await asked(credited, '?version=copy'))
    expect(receipt).toContain('SOLDÉE PAR AVOIR')
    expect(receipt).not.toContain('ACQUITTÉE')
    const svg = (await asked(id, '?version=copy&as=svg')).toString('utf8')
    expect(svg).toMatch(/^<svg/)
    expect(svg).not.toContain('<script')
  })
})

describe('a draft', () => {
  test('is looked at as what it would become', async () => {
    const { id } = await draftFor(billing, mireille)
    const { bytes } = await billing.send('GET', `/api/v1/invoices/${id}/preview-pdf`)
    const pdf = Buffer.from(bytes)
    expect(words(pdf)).toContain('PROJET')
    expect(words(pdf).replaceAll(/\s/g, '')).toContain('29,00€')
  })

  test('with characters that no font of ours can write is refused before it is numbered', async () => {
    const odd = await billableClient(server.db, 'Hibou 🦉')
    const { id, revision } = await draftFor(billing, odd)
    expect(await billing.refused(previewInvoice, { params: { id }, query: {} })).toMatchObject({
      code: documentUnprintable.code,
      details: { characters: ['🦉'] },
    })
    expect(await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })).toMatchObject({
      code: documentUnprintable.code,
    })
  })
})

describe('whoever holds a file', () => {
  const checked = (hash: string, mark?: string) =>
    server.anybody.call(checkDocument, { params: { sha256: hash }, query: mark ? { mark } : {} })

  test('learns, without being anybody, that it is ours, was altered, or is unknown', async () => {
    const { id, number, sha256: mark } = await issuedFor(billing, mireille)
    await keptOf(id)
    const pdf = await asked(id)
    const ours = await checked(sha256(pdf))
    expect(ours).toMatchObject({
      verdict: 'unchanged',
      document: { number, inclCents: 2_900 },
      file: { bytes: pdf.length },
    })
    const altered = Buffer.concat([pdf, Buffer.from('\n% more')])
    expect(await checked(sha256(altered), mark)).toEqual({ ...ours, verdict: 'altered' })
    expect(await checked(sha256(altered))).toEqual({ verdict: 'unknown', document: null, file: null })
    expect(await checked('0'.repeat(64), 'f'.repeat(64))).toMatchObject({ verdict: 'unknown' })
  })
})

test('many are packed into one zip, without drafts', async () => {
  const issued = [await issuedFor(billing, mireille), await issuedFor(billing, mireille)]
  const draft = await draftFor(billing, mireille)
  const { jobId } = await billing.call(packInvoices, {
    body: { ids: [...issued.map(({ id }) => id), draft.id] },
  })
  for (;;) {
    const job = await billing.call(getJob, { params: { id: jobId } })
    expect(job.state).not.toBe('failed')
    if (job.state === 'done') {
      const { fileId, documents } = job.result as PackOutcome
      expect(documents).toBe(2)
      const { bytes } = await billing.send('GET', `/api/v1/files/${fileId}`)
      expect(Object.keys(unzipSync(bytes)).toSorted()).toEqual(
        issued.map(({ number }) => `${number}.pdf`).toSorted(),
      )
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})
