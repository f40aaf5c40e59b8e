import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, line, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Ground } from './contract/grounds.ts'
import { Holding } from './contract/holdings.ts'
import {
  IdentityMethod,
  linkKinds,
  Outcome,
  PrivacyRequest,
  PrivacyRequestRow,
  RequestChanges,
  RequestFields,
  RequestKind,
  RequestState,
} from './contract/request.ts'

export * from './contract/deadlines.ts'
export * from './contract/grounds.ts'
export * from './contract/holdings.ts'
export * from './contract/holidays.ts'
export * from './contract/request.ts'

export const permissions = ['privacy.read', 'privacy.manage'] as const
export const topics = { privacy: 'privacy.read' } as const

export const requestAnswered = refusal('privacy_request_answered')
export const requestNotAnswered = refusal('privacy_request_not_answered')
export const alreadyExtended = refusal('privacy_request_already_extended')
/** Data are handed to, and changed for, nobody of whom it is not known who they are. */
export const identityNotChecked = refusal('privacy_identity_not_checked')
/** There is nothing to copy of somebody who is no client. */
export const requestWithoutClient = refusal('privacy_request_without_client')
/** A copy answers a request for access or portability, and no other. */
export const copyNotAskedFor = refusal('privacy_copy_not_asked_for')
/** What a person said is forgotten when they ask for erasure, and for no other request. */
export const erasureNotAskedFor = refusal('privacy_erasure_not_asked_for')
export const proofTypeRefused = refusal('privacy_proof_type_refused', 415)
export const tooManyProofs = refusal('privacy_too_many_proofs', 422)

const one = { params: z.object({ id: Id }) }
const reads = { realm: 'staff', may: 'privacy.read', refreshedBy: ['privacy'] } as const
const manages = { realm: 'staff', may: 'privacy.manage', touches: ['privacy'] } as const
const note = text(4_000)
const noteNeeded = note.trim().min(1, { error: 'note_missing' })

export const listPrivacyRequests = endpoint({
  ...reads,
  method: 'GET',
  path: '/privacy',
  summary:
    'The register of data-subject requests: what waits, the nearest deadline first, then what was answered',
  input: {
    query: z.object({
      ...pageQuery,
      /** Words of the person's name or e-mail, or the request's number. */
      q: line(200).optional(),
      state: RequestState.optional(),
      kind: RequestKind.optional(),
      /** Past its deadline: without an answer, or with one that came after it. */
      late: z.literal('yes').optional(),
      client: Id.optional(),
    }),
  },
  output: pageOf(PrivacyRequestRow).extend({
    /** By state, of everything the other filters let through. */
    counts: z.object({
      open: z.int(),
      extended: z.int(),
      due_soon: z.int(),
      late: z.int(),
      answered: z.int(),
    }),
  }),
})

export const getPrivacyRequest = endpoint({
  ...reads,
  method: 'GET',
  path: '/privacy/:id',
  records: 'privacy_request.read',
  summary: 'One request, with every step and what proves them',
  input: one,
  output: PrivacyRequest,
  refreshedBy: ['privacy', 'clients'],
})

export const receivePrivacyRequest = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy',
  records: 'privacy_request.received',
  stepUp: false,
  summary: 'Writes down a request; its deadline is counted from the day of receipt',
  input: { body: RequestFields },
  output: PrivacyRequest,
  status: 201,
})

export const correctPrivacyRequest = endpoint({
  ...manages,
  method: 'PATCH',
  path: '/privacy/:id',
  records: 'privacy_request.corrected',
  stepUp: false,
  summary:
    'Corrects what was written down; another day of receipt moves the deadline, another person must be identified anew',
  input: { ...one, body: RequestChanges },
  output: PrivacyRequest,
  refusals: [requestAnswered],
})

/** Article 12(6): reasonable doubts allow asking for proof. It moves no deadline here. */
export const demandIdentityProof = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/proof-demand',
  records: 'privacy_request.proof_demanded',
  stepUp: false,
  summary: 'Writes down that the person was asked to prove who they are, and why there are doubts',
  input: { ...one, body: z.object({ demandedOn: Day, note: noteNeeded }) },
  output: PrivacyRequest,
  refusals: [requestAnswered],
})

export const checkIdentity = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/identity-check',
  records: 'privacy_request.identity_checked',
  stepUp: false,
  summary: 'Writes down how one made sure who the person is',
  input: { ...one, body: z.object({ method: IdentityMethod, checkedOn: Day, note: note.default('') }) },
  output: PrivacyRequest,
  refusals: [requestAnswered],
})

/** Article 12(3): two further months, with the reasons told to the person within the first one. */
export const extendPrivacyRequest = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/extension',
  records: 'privacy_request.extended',
  stepUp: false,
  summary: 'Extends the deadline by two months; the person was told why within the first month',
  input: { ...one, body: z.object({ toldOn: Day, reason: noteNeeded }) },
  output: PrivacyRequest,
  refusals: [requestAnswered, alreadyExtended],
})

export const addStep = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/steps',
  records: 'privacy_request.step_added',
  stepUp: false,
  summary: 'Appends a note to the steps of a request; steps are never changed',
  input: { ...one, body: z.object({ note: noteNeeded }) },
  output: PrivacyRequest,
})

export const answerPrivacyRequest = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/answer',
  records: 'privacy_request.answered',
  stepUp: false,
  summary:
    'Writes down the answer: granted, partly granted or refused on a ground, or withdrawn by the person',
  input: {
    ...one,
    body: z.object({
      outcome: Outcome,
      /** Needed where something was refused, and nowhere else. */
      ground: Ground.nullable().default(null),
      answeredOn: Day,
      note: note.default(''),
    }),
  },
  output: PrivacyRequest,
  refusals: [requestAnswered, identityNotChecked],
})

export const reopenPrivacyRequest = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/reopening',
  records: 'privacy_request.reopened',
  stepUp: false,
  summary: 'Takes an answer back; the deadline stays what it was',
  input: { ...one, body: z.object({ reason: noteNeeded }) },
  output: PrivacyRequest,
  refusals: [requestNotAnswered],
})

/** What a proof may be; the bytes are looked at, whatever the sender calls them. */
export const proofTypes = ['application/pdf', 'message/rfc822', 'image/jpeg', 'image/png'] as const
export const maxProofBytes = 10 * 1024 * 1024
export const maxProofs = 50

/** The file itself is the body. */
export const addProofFile = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/proofs',
  records: 'privacy_request.proof_added',
  stepUp: false,
  summary: 'Keeps a file that shows what was done: the letter of answer, the mail that brought it',
  input: {
    ...one,
    query: z.object({ name: line(200).min(1) }),
    file: { maxBytes: maxProofBytes, mediaTypes: [...proofTypes, 'application/octet-stream'] },
  },
  output: PrivacyRequest,
  status: 201,
  refusals: [proofTypeRefused, tooManyProofs],
})

export const addProofLink = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/proof-links',
  records: 'privacy_request.proof_linked',
  stepUp: false,
  summary: 'Points at an erasure certificate or an entry of the audit log that shows what was done',
  input: { ...one, body: z.object({ kind: z.enum(linkKinds), reference: Id }) },
  output: PrivacyRequest,
  status: 201,
  refusals: [tooManyProofs],
})

export const downloadProof = endpoint({
  method: 'GET',
  path: '/privacy/:id/proofs/:proof',
  realm: 'staff',
  may: 'privacy.read',
  records: 'privacy_proof.read',
  summary: 'The bytes of a proof, as they were kept',
  input: { params: z.object({ id: Id, proof: Id }) },
  output: { stream: proofTypes },
})

export const getHoldings = endpoint({
  ...reads,
  method: 'GET',
  path: '/privacy/:id/holdings',
  summary: 'What is held of the client who asks, what of it can be erased, what must stay and until when',
  input: one,
  /** Null: the person is no client. */
  output: z.object({ holdings: z.array(Holding).nullable() }),
  refreshedBy: ['privacy', 'clients', 'invoices'],
})

export const copyJobKind = 'privacy-copy'

/** What ends the job; the file is there for `downloadFile`. */
export const CopyOutcome = z.object({ fileId: Id, number: z.int() })
export type CopyOutcome = z.infer<typeof CopyOutcome>

export const prepareCopy = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/copies',
  records: 'privacy_request.copy_requested',
  stepUp: true,
  summary: "Writes a client's data to a file that is handed to them: a job with progress",
  input: one,
  output: z.object({ jobId: Id }),
  status: 202,
  refusals: [requestWithoutClient, copyNotAskedFor, identityNotChecked],
})

export const forgetTickets = endpoint({
  ...manages,
  method: 'POST',
  path: '/privacy/:id/forgotten-tickets',
  records: 'privacy_request.tickets_forgotten',
  stepUp: true,
  summary:
    'Forgets for ever what the person said to support: words, files, names and addresses; numbers and times stay',
  input: one,
  output: PrivacyRequest,
  refusals: [requestAnswered, identityNotChecked, erasureNotAskedFor],
  touches: ['privacy', 'tickets'],
})
