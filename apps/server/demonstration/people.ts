import type { Chance } from './chance.ts'
import { lastNames, men, women } from './names.ts'
import { places, streets } from './places.ts'
import { adeli, rpps, siret } from './professional-numbers.ts'

export type Person = {
  kind: 'practitioner' | 'secretary'
  firstName: string
  lastName: string
  email: string
  phone: string | null
  address: string
  postalCode: string
  city: string
  department: string
  rpps: string | null
  adeli: string | null
  siret: string | null
  origin: string | null
}

const origins = [
  'Bouche-à-oreille',
  'Moteur de recherche',
  'Salon professionnel',
  'Réseau de confrères',
  'Lettre d’information',
]

/** Reserved for fiction by the regulator (ARCEP, decision 2018-0881). */
export const fictionPhone = (chance: Chance) => `+3363998${chance.digits(4)}`

/** @param taken addresses already given away; the new one is added */
export function inventPerson(chance: Chance, taken: Set<string>): Person {
  const firstName = chance.of(chance.once(0.78) ? women : men)
  const lastName = chance.of(lastNames)
  const kind = chance.once(0.12) ? 'secretary' : 'practitioner'
  const heals = kind === 'practitioner'
  const { city, postalCode, department } = chance.of(places)
  return {
    kind,
    firstName,
    lastName,
    email: freeAddress(firstName, lastName, taken),
    phone: chance.once(0.92) ? fictionPhone(chance) : null,
    address: `${chance.between(1, 120)}, ${chance.of(streets)}`,
    postalCode,
    city,
    department,
    // Psychologists move from ADELI to RPPS: some have one number, some the other.
    rpps: heals && chance.once(0.6) ? rpps(chance) : null,
    adeli: heals && chance.once(0.5) ? adeli(chance, department) : null,
    siret: chance.once(0.7) ? siret(chance) : null,
    origin: chance.once(0.8) ? chance.of(origins) : null,
  }
}

function freeAddress(firstName: string, lastName: string, taken: Set<string>): string {
  const plain = (name: string) =>
    name
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z-]/g, '')
  const name = `${plain(firstName)}.${plain(lastName)}`
  let number = 1
  const address = () => `${name}${number === 1 ? '' : number}@example.com`
  while (taken.has(address())) number++
  taken.add(address())
  return address()
}
