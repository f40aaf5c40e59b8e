import { beforeEach, describe, expect, test } from 'vitest'
import type { BuiltInRole } from '#contract/access'
import {
  approveFactorReset,
  askFactorReset,
  cancelFactorReset,
  getSession,
  getStaff,
  listFactorResets,
  openLink,
  refuseFactorReset,
  signIn,
  startFactorReset,
  suspendStaff,
  verifySecondFactor,
} from '#contract/identity'
import { openBrowserless, type Browserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, mailOf, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { lucieEnrolling } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { carryingOut } from './carrying-out.ts'

let now = new Date('2026-02-27T08:00:00Z')
const clock = { now: () => now }
const later = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const server = await testServer({ clock })
const everyMinute = carryingOut({
  mail: mailOf(server, clock),
  backofficeUrl: new URL('http://localhost:3000'),
  clock,
})
const carryOut = () => everyMinute.run(server.db)
const anybody = () => openBrowserless(server.app)

/** Signed in a moment ago: what asks for a fresh second factor has one. */
let claire: Browserless
let thomas: Browserless
beforeEach(async () => {
  later(2)
  claire = await anybody().signIn('administrator')
  thomas = await anybody().signIn('technical_administrator')
})

type Person = Awaited<ReturnType<typeof lucie>>
async function lucie(role?: BuiltInRole) {
  const person = await lucieEnrolling(server, role)
  const code = person.totp.generate({ timestamp: now.getTime() })
  const { me } = await person.browser.call(verifySecondFactor, { body: { method: 'totp', code } })
  return { ...person, id: me.staffId }
}

const lost = { reason: 'Téléphone perdu' }
const start = ({ id }: Person, by = claire) => by.call(startFactorReset, { params: { id }, body: lost })
const approve = (id: string, by: Browserless) => by.call(approveFactorReset, { params: { id } })
const about = async ({ email }: Person) =>
  (await lettersTo(server, email))
    .map(({ template }) => template)
    .filter((template) => template.startsWith('factor_reset'))
const stateOf = async (id: string) => {
  const reader = await anybody().signIn('super_administrator')
  const { rows } = await reader.call(listFactorResets)
  return rows.find((row) => row.id === id)
}
