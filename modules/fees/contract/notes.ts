/** Fee notes (« notes d'honoraires »): numbered without a gap, frozen when issued, and printed from what was frozen. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Due } from './dues.ts'
import { DueKind, DueRef, member, Named } from './common.ts'

export const feeNoteStates = ['unpaid', 'paid', 'cancelled'] as const
export const FeeNoteState = z.enum(feeNoteStates)
export type FeeNoteState = z.infer<typeof FeeNoteState>

export const FeeNoteRow = z.object({
  id: Id,
  number: z.string(),
  patient: Named,
  practitioner: Named,
  issuedOn: Day,
  totalCents: Cents,
  /** By now, of its lines; what the printed note says is what was paid when it was issued. */
  paidCents: Cents,
  leftCents: Cents,
  state: FeeNoteState,
})
export type FeeNoteRow = z.infer<typeof FeeNoteRow>

export const FeeNoteFilter = z.object({
  /** Days of issue, both included. */
  from: Day.optional(),
  to: Day.optional(),
  state: FeeNoteState.optional(),
  patient: Id.optional(),
  practitioner: Id.optional(),
})
export type FeeNoteFilter = z.infer<typeof FeeNoteFilter>

export const listFeeNotes = endpoint({
  ...member,
  method: 'GET',
  path: '/fee-notes',
  may: 'fees.read',
  summary: 'Fee notes, the latest number first',
  input: { query: z.object({ ...FeeNoteFilter.shape, ...pageQuery }) },
  output: pageOf(FeeNoteRow).extend({
    /** The practice's day. */
    today: Day,
    /** Of all that match; cancelled ones count for nothing. */
    sums: z.object({ totalCents: Cents, paidCents: Cents, leftCents: Cents }),
  }),
  refreshedBy: ['fees', 'agenda', 'patients'],
})

export const FeeNote = FeeNoteRow.extend({
  lines: z.array(z.object({ kind: DueKind, id: Id, on: Day, label: z.string(), cents: Cents })),
  issuedBy: z.string().nullable(),
  issuedAt: Instant,
  cancelledAt: Instant.nullable(),
  cancelledReason: z.string().nullable(),
  /** SHA-256 of what was frozen, in hex. */
  sha256: z.string(),
})
export type FeeNote = z.infer<typeof FeeNote>

const oneNote = { params: z.object({ id: Id }) }

export const getFeeNote = endpoint({
  ...member,
  method: 'GET',
  path: '/fee-notes/:id',
  may: 'fees.read',
  records: 'fee_note.seen',
  summary: 'One fee note with its lines',
  input: oneNote,
  output: FeeNote,
  refreshedBy: ['fees'],
})

/** A PDF to keep, or the same pages as a picture for screens that show no PDF in place. */
const As = z.enum(['pdf', 'svg']).default('pdf')

export const printFeeNote = endpoint({
  ...member,
  method: 'GET',
  path: '/fee-notes/:id/print',
  may: 'fees.read',
  records: 'fee_note.seen',
  summary: 'The note as it was issued: made of what was frozen, the same bytes each time',
  input: { ...oneNote, query: z.object({ as: As }) },
  output: { stream: ['application/pdf', 'image/svg+xml'] },
})

// ─────────────────────────── issuing

/** What stands in the way of issuing a note, by the field that is missing. */
export const missingMentions = ['profession', 'rpps', 'address', 'postcode', 'city'] as const
export const MissingMention = z.enum(missingMentions)
export type MissingMention = z.infer<typeof MissingMention>

export const listBillable = endpoint({
  ...member,
  method: 'GET',
  path: '/fee-notes/billable',
  may: 'fees.read',
  summary:
    'What a patient’s next fee note may say, the latest first: what is over, and stands on no note yet',
  input: { query: z.object({ patient: Id }) },
  output: z.object({
    patient: Named,
    rows: z.array(Due),
    /** Who may pay for the patient; `pays`: the bills go to them. */
    payers: z.array(Named.extend({ pays: z.boolean() })),
    /** Of each practitioner in the rows, what the law wants said and nobody told yet. */
    missing: z.array(z.object({ practitionerId: Id, fields: z.array(MissingMention) })),
  }),
  refreshedBy: ['fees', 'agenda', 'patients', 'practice'],
})

/** `details.fields`: which; they are filled in among the settings. */
export const mentionsMissing = refusal('fee_note_mentions_missing', 422)
/** Another note says one of these lines; `details.number` says which. */
export const alreadyBilled = refusal('already_billed')
/** Of another patient, of several practitioners, not over yet, or costs nothing any more. */
export const notBillable = refusal('not_billable', 422)
/** `details.characters`: what none of the fonts can write. */
export const unprintable = refusal('fee_note_unprintable', 422)
/** Something was changed while it was looked at: the total is not the one that was seen. */
export const feeNoteChanged = refusal('fee_note_changed')

/** `appointment.0190…`, `extra.0190…`: what a note says, in an address. */
const Item = z
  .string()
  .regex(/^(appointment|extra)\.[0-9a-f-]{36}$/)
  .transform((said) => {
    const [kind, id] = said.split('.')
    return { kind, id }
  })
  .pipe(DueRef)

export const previewFeeNote = endpoint({
  ...member,
  method: 'GET',
  path: '/fee-notes/preview',
  may: 'fees.manage',
  summary: 'The note as it would be issued now, marked as a draft and without a number',
  input: {
    query: z.object({
      patient: Id,
      item: z.union([Item.transform((one) => [one]), z.array(Item).min(1).max(60)]),
      payer: Id.optional(),
      as: As,
    }),
  },
  output: { stream: ['application/pdf', 'image/svg+xml'] },
  refusals: [mentionsMissing, notBillable, unprintable],
})

export const issueFeeNote = endpoint({
  ...member,
  method: 'POST',
  path: '/fee-notes',
  may: 'fees.manage',
  records: 'fee_note.issued',
  impersonated: 'refused',
  summary: 'Issues a fee note: gives it the next number and freezes what it says',
  input: {
    body: z.object({
      patientId: Id,
      items: z.array(DueRef).min(1).max(60),
      /** One of the patient's relatives, to whom it is addressed. */
      payerId: Id.optional(),
      /** What was seen: another total by now is not issued unseen. */
      totalCents: Cents,
    }),
  },
  output: FeeNote,
  status: 201,
  refusals: [mentionsMissing, alreadyBilled, notBillable, unprintable, feeNoteChanged],
  touches: ['fees', 'agenda'],
})

export const feeNoteCancelled = refusal('fee_note_cancelled')

export const cancelFeeNote = endpoint({
  ...member,
  method: 'POST',
  path: '/fee-notes/:id/cancellation',
  may: 'fees.manage',
  records: 'fee_note.cancelled',
  impersonated: 'refused',
  summary:
    'Cancels a fee note: its number stays, marked as cancelled, and its lines may stand on another one',
  input: { ...oneNote, body: z.object({ reason: line(200).min(1) }) },
  output: FeeNote,
  refusals: [feeNoteCancelled],
  touches: ['fees', 'agenda'],
})
