import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  addProofFile,
  addProofLink,
  downloadProof,
  PrivacyRequest,
  receivePrivacyRequest,
} from '#contract/privacy'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const nadege = await server.as('compliance')
const auditor = await server.as('auditor')

const aRequest = () =>
  nadege.call(receivePrivacyRequest, {
    body: {
      kind: 'erasure',
      clientId: null,
      name: 'Yvonne Delaunay',
      email: null,
      receivedOn: '2026-06-10',
      channel: 'email',
      wording: 'Effacez mon compte.',
    },
  })

const pdf = '%PDF-1.7\nla réponse à Yvonne'
const file = (bytes: string, type = 'application/pdf') => new Blob([bytes], { type })

async function withProof(bytes = pdf, name = 'réponse à Yvonne.pdf', type?: string) {
  const { id } = await aRequest()
  const reply = await nadege.ask(addProofFile, { params: { id }, query: { name }, file: file(bytes, type) })
  expect(reply.status, reply.text).toBe(201)
  const request = PrivacyRequest.parse(JSON.parse(reply.text))
  return { id, proof: request.proofs[0]!, request }
}

test('a file is kept with its type, its size and its fingerprint, and a step tells who added it', async () => {
  const { proof, request } = await withProof()
  expect(proof).toMatchObject({
    kind: 'file',
    name: 'réponse à Yvonne.pdf',
    addedBy: 'Nadège Rousseau',
    file: {
      mediaType: 'application/pdf',
      bytes: Buffer.byteLength(pdf),
      sha256: createHash('sha256').update(pdf).digest('hex'),
    },
    reference: null,
  })
  expect(request.steps.at(-1)).toMatchObject({ kind: 'proof_added', proof: 'réponse à Yvonne.pdf' })
})

test('the type is that of the bytes, whatever the browser called them', async () => {
  const { proof } = await withProof(pdf, 'reponse.bin', 'application/octet-stream')
  expect(proof.file?.mediaType).toBe('application/pdf')
  const { id } = await aRequest()
  const page = await nadege.ask(addProofFile, {
    params: { id },
    query: { name: 'reponse.pdf' },
    file: file('<script>alert(1)</script>'),
  })
  expect(page.status).toBe(415)
})

test('the bytes come back as they were, as a file and never as a page', async () => {
  const { id, proof } = await withProof()
  const reply = await auditor.ask(downloadProof, { params: { id, proof: proof.id } })
  expect(reply.text).toBe(pdf)
  expect(reply.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('réponse à Yvonne.pdf')}`,
    'x-content-type-options': 'nosniff',
  })
})

test('who took a proof out of the register is in the log', async () => {
  const { id, proof } = await withProof()
  await auditor.ask(downloadProof, { params: { id, proof: proof.id } })
  const entries = await entriesOf(server, { verb: 'privacy_proof.read', object: proof.id })
  expect(entries).toHaveLength(1)
})

test('what lies in the database is sealed', async () => {
  const { proof } = await withProof()
  const { sealed } = await server.db
    .selectFrom('privacyProofs')
    .where('id', '=', proof.id)
    .select('sealed')
    .executeTakeFirstOrThrow()
  expect(sealed?.includes('Yvonne')).toBe(false)
  expect(server.vault.open(sealed!, `privacy_proofs.sealed:${proof.id}`).toString()).toBe(pdf)
})

test('a proof of another request is not found', async () => {
  const { proof } = await withProof()
  const { id } = await aRequest()
  expect((await nadege.ask(downloadProof, { params: { id, proof: proof.id } })).status).toBe(404)
})

test('an entry of the log proves something; one that does not exist, nothing', async () => {
  const { id } = await aRequest()
  const [entry] = await entriesOf(server, { verb: 'privacy_request.received', object: id })
  const linked = await nadege.call(addProofLink, {
    params: { id },
    body: { kind: 'audit_entry', reference: entry!.id },
  })
  expect(linked.proofs).toMatchObject([
    { kind: 'audit_entry', name: 'privacy_request.received', reference: entry!.id },
  ])
  for (const kind of ['audit_entry', 'erasure_certificate'] as const)
    expect(
      await nadege.refused(addProofLink, {
        params: { id },
        body: { kind, reference: '0199a000-0000-7000-8000-000000000000' },
      }),
    ).toMatchObject({ status: 400, fields: [{ path: 'reference', code: `${kind}_unknown` }] })
})
