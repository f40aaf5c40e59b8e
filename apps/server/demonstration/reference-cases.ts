import { at, type Day } from './calendar.ts'
import type { Subscribed } from './lives.ts'
import type { Person } from './people.ts'

/** What must look the same on every installation, whatever the day: people with fixed dates. */
export type ReferenceCase = {
  person: Person
  status: 'active' | 'prospect'
  createdOn: Day
  lastSignInAt: Date | null
  nextPaymentOn: Day | null | 'monthly'
  subscription: Subscribed | undefined
  internalNote: string | null
}

const payingSince = (payingFrom: Day): Subscribed => ({
  status: 'active',
  startedOn: payingFrom,
  trialEndsOn: null,
  payingFrom,
  payingUntil: null,
})

const nobody: Person = {
  kind: 'practitioner',
  firstName: '',
  lastName: '',
  email: '',
  phone: null,
  address: '',
  postalCode: '',
  city: '',
  department: '',
  rpps: null,
  adeli: null,
  siret: null,
  origin: null,
}

export const referenceCases: readonly ReferenceCase[] = [
  {
    // Her first invoice is the reference invoice: 1 × 24,17 € at 20 %, 4,83 € of VAT, 29,00 € to pay.
    person: {
      ...nobody,
      firstName: 'Mireille',
      lastName: 'Thouvenin',
      email: 'mireille.thouvenin@example.com',
      phone: '+33639980154',
      address: '12, rue des Tilleuls',
      postalCode: '54000',
      city: 'Nancy',
      department: '54',
      rpps: '10000000546',
    },
    status: 'active',
    createdOn: '2025-12-18',
    lastSignInAt: at('2026-02-27', 9, 33),
    nextPaymentOn: 'monthly',
    subscription: payingSince('2026-01-01'),
    internalNote: null,
  },
  {
    person: {
      ...nobody,
      firstName: 'Bastien',
      lastName: 'Colombier',
      email: 'bastien.colombier@example.com',
      phone: '+33639980255',
      postalCode: '33000',
      city: 'Bordeaux',
      department: '33',
    },
    status: 'prospect',
    createdOn: '2026-03-02',
    lastSignInAt: null,
    nextPaymentOn: null,
    subscription: undefined,
    internalNote: null,
  },
  {
    person: {
      ...nobody,
      firstName: 'Odile',
      lastName: 'Verneuil',
      email: 'odile.verneuil@example.com',
      phone: '+33639980356',
      address: '8, rue du Champ-Jacquet',
      postalCode: '35000',
      city: 'Rennes',
      department: '35',
    },
    status: 'active',
    createdOn: '2025-11-03',
    lastSignInAt: at('2026-01-19', 18, 5),
    // The old system had stored 0000-00-00: no date at all.
    nextPaymentOn: null,
    subscription: payingSince('2025-12-01'),
    internalNote: 'Reprise de l’ancien système : date du prochain paiement inconnue.',
  },
]
