import { randomUUID } from 'node:crypto'
import * as fees from '#contract/fees'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { aPatient, heldAppointment, withMentions } from '../../harness/fees.ts'
import type { TenancyServer, TestPractice } from '../../harness/tenants.ts'
import type { Call, LookStory, RefusalStory, WriteStory } from './story.ts'

/** One practice for all stories of a server: each is about a patient of its own. */
const practices = new WeakMap<TenancyServer, Promise<TestPractice>>()
function practice(server: TenancyServer): Promise<TestPractice> {
  const known = practices.get(server) ?? opened(server)
  practices.set(server, known)
  return known
}
async function opened(server: TenancyServer): Promise<TestPractice> {
  const made = await server.openPractice('Inès Garnier')
  await withMentions(server, made)
  return made
}

const yesterday = () => Temporal.Now.plainDateISO('Europe/Paris').subtract({ days: 1 }).toString()

/** Somebody who owes sixty euros. */
async function owing(server: TenancyServer, name?: string, at = practice(server)) {
  const place = await at
  const patientId = await aPatient(server, place, name)
  const id = await heldAppointment(server, place, { patientId })
  return { as: place.holder, place, patientId, due: { kind: 'appointment' as const, id } }
}

const paying = (patientId: string, cents = 6000) => ({
  requestId: randomUUID(),
  patientId,
  cents,
  method: 'card' as const,
  receivedOn: yesterday(),
})
async function paid(server: TenancyServer) {
  const { as, patientId, due, place } = await owing(server)
  const payment = await as.call(fees.recordPayment, { body: paying(patientId) })
  return { as, patientId, due, place, payment }
}
const refund = (cents = 1000) => ({ requestId: randomUUID(), cents, method: 'cash' as const })

async function extra(server: TenancyServer) {
  const { as, patientId } = await owing(server)
  const body = { patientId, doneOn: yesterday(), label: 'Attestation', cents: 2000 }
  return { as, patientId, body, input: { params: await as.call(fees.addExtraFee, { body }) } }
}

async function noteToIssue(server: TenancyServer, name?: string, at?: Promise<TestPractice>) {
  const { as, patientId, due } = await owing(server, name, at)
  return { as, due, input: { body: { patientId, items: [due], totalCents: 6000 } } }
}
async function issuedNote(server: TenancyServer) {
  const { as, input } = await noteToIssue(server)
  const { id } = await as.call(fees.issueFeeNote, input)
  return { as, again: input, input: { params: { id } } }
}
const because = { body: { reason: 'Erreur d’adresse' } }

export const writes: WriteStory[] = [
  {
    endpoint: fees.recordPayment,
    async tell(server) {
      const { as, patientId } = await owing(server)
      return { as, input: { body: paying(patientId) } }
    },
  },
  {
    endpoint: fees.refundPayment,
    async tell(server) {
      const { as, payment } = await paid(server)
      return { as, input: { params: { id: payment.id }, body: refund() } }
    },
  },
  {
    endpoint: fees.undoPayment,
    async tell(server) {
      const { as, payment } = await paid(server)
      return { as, input: { params: { id: payment.id } } }
    },
  },
  {
    endpoint: fees.addExtraFee,
    async tell(server) {
      const { as, body } = await extra(server)
      return { as, input: { body } }
    },
  },
  { endpoint: fees.removeExtraFee, tell: extra },
  { endpoint: fees.issueFeeNote, tell: noteToIssue },
  {
    endpoint: fees.cancelFeeNote,
    async tell(server) {
      const { as, input } = await issuedNote(server)
      return { as, input: { ...input, ...because } }
    },
  },
]

export const looks: LookStory[] = [
  { endpoint: fees.getFeeNote, tell: issuedNote },
  { endpoint: fees.printFeeNote, tell: issuedNote },
  {
    endpoint: fees.exportPayments,
    tell: async (server) => ({ as: (await paid(server)).as }),
  },
]

/** A refusal that both a preview and issuing itself may give. */
function ofBoth(
  refusal: RefusalStory['refusal'],
  tell: (server: TenancyServer) => ReturnType<typeof noteToIssue>,
): RefusalStory[] {
  const issue: RefusalStory = { endpoint: fees.issueFeeNote, refusal, tell }
  const preview: RefusalStory = {
    endpoint: fees.previewFeeNote as AnyEndpoint,
    refusal,
    async tell(server): Promise<Call> {
      const { as, due, input } = await tell(server)
      const query = { patient: input.body.patientId, item: `${due.kind}.${due.id}` }
      return { as, input: { query } }
    },
  }
  return [issue, preview]
}

export const refusals: RefusalStory[] = [
  {
    endpoint: fees.recordPayment,
    refusal: fees.alreadyPaid,
    async tell(server) {
      const { as, patientId } = await paid(server)
      return { as, input: { body: paying(patientId) } }
    },
  },
  {
    endpoint: fees.recordPayment,
    refusal: fees.paymentExceedsDues,
    async tell(server) {
      const { as, patientId } = await owing(server)
      return { as, input: { body: paying(patientId, 6001) } }
    },
  },
  {
    endpoint: fees.recordPayment,
    refusal: fees.severalPractitioners,
    async tell(server) {
      const { as, patientId, place } = await owing(server)
      const { memberId: practitionerId } = await place.join({
        firstName: 'Hugo',
        lastName: 'Lefèvre',
        profile: 'practitioner',
      })
      await heldAppointment(server, place, { patientId, practitionerId })
      return { as, input: { body: paying(patientId) } }
    },
  },
  {
    endpoint: fees.recordPayment,
    refusal: fees.requestReused,
    async tell(server) {
      const { as, patientId, payment } = await paid(server)
      return { as, input: { body: { ...paying(patientId, 1), requestId: payment.id } } }
    },
  },
  {
    endpoint: fees.refundPayment,
    refusal: fees.refundExceedsPayment,
    async tell(server) {
      const { as, payment } = await paid(server)
      return { as, input: { params: { id: payment.id }, body: refund(6001) } }
    },
  },
  {
    endpoint: fees.refundPayment,
    refusal: fees.refundOfRefund,
    async tell(server) {
      const { as, payment } = await paid(server)
      const back = await as.call(fees.refundPayment, { params: { id: payment.id }, body: refund() })
      return { as, input: { params: { id: back.id }, body: refund() } }
    },
  },
  {
    endpoint: fees.refundPayment,
    refusal: fees.requestReused,
    async tell(server) {
      const { as, payment } = await paid(server)
      const body = refund()
      await as.call(fees.refundPayment, { params: { id: payment.id }, body })
      return { as, input: { params: { id: payment.id }, body: { ...body, cents: 1 } } }
    },
  },
  {
    endpoint: fees.undoPayment,
    refusal: fees.undoTooLate,
    async tell(server) {
      const { as, payment } = await paid(server)
      await as.call(fees.refundPayment, { params: { id: payment.id }, body: refund() })
      return { as, input: { params: { id: payment.id } } }
    },
  },
  {
    endpoint: fees.removeExtraFee,
    refusal: fees.extraFeeInUse,
    async tell(server) {
      const { as, patientId, input } = await extra(server)
      await as.call(fees.recordPayment, { body: paying(patientId, 8000) })
      return { as, input }
    },
  },
  ...ofBoth(fees.mentionsMissing, (server) =>
    noteToIssue(server, undefined, server.openPractice('Yves Caron')),
  ),
  ...ofBoth(fees.unprintable, (server) => noteToIssue(server, 'Nimal නිමල්')),
  ...ofBoth(fees.notBillable, async (server) => {
    const { as, due, input } = await noteToIssue(server)
    const { patientId } = await owing(server)
    return { as, due, input: { body: { ...input.body, patientId } } }
  }),
  {
    endpoint: fees.issueFeeNote,
    refusal: fees.alreadyBilled,
    async tell(server) {
      const { as, again } = await issuedNote(server)
      return { as, input: again }
    },
  },
  {
    endpoint: fees.issueFeeNote,
    refusal: fees.feeNoteChanged,
    async tell(server) {
      const { as, input } = await noteToIssue(server)
      return { as, input: { body: { ...input.body, totalCents: 5999 } } }
    },
  },
  {
    endpoint: fees.cancelFeeNote,
    refusal: fees.feeNoteCancelled,
    async tell(server) {
      const { as, input } = await issuedNote(server)
      await as.call(fees.cancelFeeNote, { ...input, ...because })
      return { as, input: { ...input, ...because } }
    },
  },
]
