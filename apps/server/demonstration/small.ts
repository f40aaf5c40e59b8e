import { demoId } from './ids.ts'
import { chanceOf, type Chance } from './chance.ts'
import { at, plusDays, type Day } from './calendar.ts'
import { historyRows, type StaffByRole } from './history.ts'
import { creditNoteFor, documentsOf, type Document, type Method } from './invoicing.ts'
import { daysToPay, livesUntil, nextMonthly, type Life, type Subscribed } from './lives.ts'
import { siret as inventedSiret } from './professional-numbers.ts'
import { catalogueRows, secretariat, solo, cabinet, vatRate, type Offer } from './offers.ts'
import { inventPerson, type Person } from './people.ts'
import { quotesOf } from './quotes.ts'
import { referenceCases } from './reference-cases.ts'
import { addRequests } from './requests.ts'
import { noRows, type Rows } from './rows.ts'

type Known = {
  id: string
  number: number
  person: Person
  life: Life
  offer: Offer
  createdAt: Date
  lastSignInAt: Date | null
  nextPaymentOn: Day | null
  internalNote: string | null
  chance: Chance
}

const seed = 2026

/** About 180 clients and 1,700 documents, the same at each installation but for the days, which end today. */
export function smallRows(today: Day, staff: StaffByRole): Rows {
  const people = everybody(today)
  const rows = { ...noRows(), ...catalogueRows() }
  for (const known of people) {
    const history = historyRows(known, today, staff)
    rows.history.push(...history)
    rows.clients.push(clientRow(known, history, staff))
    rows.billingProfiles.push(...profileRows(known))
    for (const [index, subscribed] of subscriptionsOf(known.life).entries())
      rows.subscriptions.push(subscriptionRow(known, subscribed, index))
  }
  addDocuments(rows, people, today)
  rows.quotes.push(...quotesOf(people, today, staff))
  addRequests(rows, today, staff)
  return rows
}

function everybody(today: Day): Known[] {
  const taken = new Set(referenceCases.map(({ person }) => person.email))
  const references = referenceCases.map((one, index): Known => {
    const { person, status, createdOn, lastSignInAt, subscription, internalNote } = one
    const createdAt = at(createdOn, 10, 20)
    const nextPaymentOn =
      one.nextPaymentOn === 'monthly' && subscription?.payingFrom
        ? nextMonthly(subscription.payingFrom, today)
        : null
    const number = index + 1
    const life: Life = { status, ...(subscription ? { subscription } : {}) }
    return {
      id: demoId('client', number, createdAt),
      number,
      person,
      life,
      offer: solo,
      createdAt,
      lastSignInAt,
      nextPaymentOn,
      internalNote,
      chance: chanceOf(seed + number),
    }
  })
  const invented = livesUntil(today, chanceOf(seed)).map((life, index): Known => {
    const number = references.length + index + 1
    const chance = chanceOf(seed + number)
    const person = inventPerson(chance, taken)
    const began =
      subscriptionsOf(life)[0]?.startedOn ?? plusDays(life.trashedOn ?? today, -chance.between(3, 300))
    const createdOn = plusDays(began, -chance.between(0, 20))
    const createdAt = at(createdOn, chance.between(8, 18), chance.between(0, 59))
    const offer = person.kind === 'secretary' ? secretariat : chance.once(0.3) ? cabinet : solo
    return {
      id: demoId('client', number, createdAt),
      number,
      person,
      life,
      offer,
      createdAt,
      lastSignInAt: lastSignIn(life, createdOn, today, chance),
      nextPaymentOn: nextPayment(life, today),
      internalNote: null,
      chance,
    }
  })
  return [...references, ...invented]
}

/** Oldest first. */
const subscriptionsOf = ({ former, subscription }: Life): Subscribed[] =>
  [former, subscription].filter((one) => one !== undefined)

function nextPayment({ subscription }: Life, today: Day): Day | null {
  if (subscription?.status === 'trialing') return subscription.trialEndsOn
  if (subscription?.status !== 'active' && subscription?.status !== 'past_due') return null
  return nextMonthly(subscription.payingFrom ?? today, today)
}

/** Who gave no SIRET says how they are invoiced: nearly all by their SIREN, a few as the private persons they are. */
function profileRows({ id, number, person: { siret } }: Known): Rows['billingProfiles'] {
  if (siret !== null) return []
  if (number % 12 === 0) return [{ clientId: id, audience: 'private' }]
  return [{ clientId: id, audience: 'business', siren: inventedSiret(chanceOf(-seed - number)).slice(0, 9) }]
}

/** Who pays signs in often, who does not hardly ever, and some never did. */
function lastSignIn(life: Life, createdOn: Day, today: Day, chance: Chance): Date | null {
  const usual = { active: 12, prospect: 40, freemium: 150, excluded: 240 }[life.status]
  if (chance.once(life.status === 'active' ? 0.02 : 0.25)) return null
  const day = plusDays(today, -chance.between(1, usual))
  const time = [chance.between(7, 20), chance.between(0, 59)] as const
  return day > createdOn ? at(day, ...time) : null
}

function clientRow(known: Known, history: Rows['history'], staff: StaffByRole): Rows['clients'][number] {
  const { id, person, life, createdAt, lastSignInAt, nextPaymentOn, internalNote } = known
  const { trashedOn } = life
  return {
    id,
    ...person,
    address: person.address || null,
    status: life.status,
    createdAt,
    updatedAt: history.map((entry) => entry.at).reduce((one, other) => (one > other ? one : other)),
    lastSignInAt,
    nextPaymentOn: trashedOn === undefined ? nextPaymentOn : null,
    internalNote,
    trashedAt: trashedOn === undefined ? null : at(trashedOn, 11, 42),
    trashedBy: trashedOn === undefined ? null : staff.compliance.id,
    accountManagerId: accountManager(known, staff)?.id ?? null,
    version: history.length,
  }
}

/** Sales looks after the prospects it works on and a part of those it won; support after a few; many are nobody's. */
function accountManager({ number, life }: Known, { sales, support }: StaffByRole) {
  if (number % 7 === 0) return support
  return number % (life.status === 'prospect' ? 2 : 4) === 0 ? sales : undefined
}

const subscriptionId = ({ number }: Known, { startedOn }: Subscribed, index: number) =>
  demoId('subscription', number * 10 + index, at(startedOn, 9, 0))

function subscriptionRow(known: Known, subscribed: Subscribed, index: number): Rows['subscriptions'][number] {
  const { status, startedOn, trialEndsOn, payingFrom, payingUntil } = subscribed
  const isCurrent = subscribed === known.life.subscription
  const goesOn = isCurrent && ['trialing', 'active', 'past_due'].includes(status)
  return {
    id: subscriptionId(known, subscribed, index),
    clientId: known.id,
    planId: known.offer.id,
    status,
    monthlyCents: known.offer.monthlyCents,
    firstMonthlyCents: known.offer.monthlyCents,
    startedOn,
    trialEndsOn,
    payingFrom,
    payingUntil,
    isCurrent,
    anchorOn: payingFrom ?? trialEndsOn,
    nextPeriodOn: goesOn ? known.nextPaymentOn : null,
    cancelOn: status === 'cancelled' ? payingUntil : null,
    pausedOn: status === 'paused' ? payingUntil : null,
  }
}

type Written = { known: Known; document: Document; method: Method; subscriptionId: string | null }

function addDocuments(rows: Rows, people: readonly Known[], today: Day): void {
  const inOrder = people.flatMap((known) => documentsOfClient(known, today)).toSorted(byDay)
  const ids = new Map<Written, string>()
  for (const [index, written] of inOrder.entries()) ids.set(written, addDocument(rows, written, index + 1))
  const credited = inOrder
    .filter(({ known }) => known.life.subscription?.status === 'ended' && known.number % 5 === 0)
    .filter(({ known }, index, all) => all.findLastIndex((one) => one.known === known) === index)
    .flatMap((written): (Written & { of: string })[] => {
      const document = creditNoteFor(written.document, today)
      return document ? [{ ...written, document, of: ids.get(written) ?? '' }] : []
    })
    .toSorted(byDay)
  for (const [index, written] of credited.entries()) addDocument(rows, written, 1e10 + index + 1, written.of)
}

const byDay = (one: Written, other: Written) =>
  one.document.issuedOn.localeCompare(other.document.issuedOn) || one.known.number - other.known.number

function documentsOfClient(known: Known, today: Day): Written[] {
  const { life, offer, chance } = known
  const method = chance.of<Method>([
    'direct_debit',
    'direct_debit',
    'direct_debit',
    'card',
    'transfer',
    'cheque',
  ])
  const inParts =
    known.number % 3 === 0 && (known.number % 9 === 0 || life.subscription?.daysLate !== undefined)
  return subscriptionsOf(life).flatMap((subscribed, index) =>
    documentsOf(subscribed, { offer, method, inParts, today, chance }).map((document) => ({
      known,
      document,
      method,
      subscriptionId: subscriptionId(known, subscribed, index),
    })),
  )
}

/** @param number of this one among its kind, from which its id is made @returns the id */
function addDocument(
  rows: Rows,
  { known, document, method, subscriptionId: subscription }: Written,
  number: number,
  originalId: string | null = null,
): string {
  // A tenth of a second after the one before: several of one day then sort like their numbers.
  const createdAt = new Date(at(document.issuedOn, 6, 0).getTime() + (number % 100_000) * 100)
  const id = demoId('document', number, createdAt)
  rows.documents.push({
    id,
    clientId: known.id,
    typeCode: document.kind === 'credit_note' ? 381 : 380,
    issuedOn: document.issuedOn,
    at: createdAt,
    originalId,
    subscriptionId: originalId === null ? subscription : null,
    fields: {
      wantedOn: null,
      suppliedOn: null,
      period: document.kind === 'invoice' ? document.period : null,
      paymentDays: daysToPay,
      // Who is debited signed their mandate only when there was a place for it.
      paymentMeans: method === 'direct_debit' ? 'transfer' : method,
      discount: { basisPoints: 0, cents: 0, label: '' },
      orderReference: '',
      note: '',
      lines: document.lines.map((line, index) => ({
        ...line,
        quantity: String(line.quantity),
        unit: 'C62',
        discountBasisPoints: 0,
        discountCents: 0,
        vatCategory: 'S',
        vatBasisPoints: vatRate,
        vatExemption: null,
        // What comes back each period is the first line.
        period: document.kind === 'invoice' && index === 0 ? document.period : null,
      })),
    },
  })
  if (document.kind === 'invoice' && subscription !== null)
    rows.subscriptionPeriods.push({
      subscriptionId: subscription,
      startsOn: document.period.from,
      endsOn: plusDays(document.period.until, 1),
      planId: known.offer.id,
      invoiceId: id,
      billedAt: createdAt,
    })
  for (const [index, { receivedOn, amountCents }] of document.payments.entries()) {
    const paymentId = demoId(`payment of ${number}`, index, at(receivedOn, 12, 0))
    rows.payments.push({ id: paymentId, clientId: known.id, receivedOn, amountCents, method })
    rows.paymentAllocations.push({ paymentId, invoiceId: id, amountCents })
  }
  return id
}
