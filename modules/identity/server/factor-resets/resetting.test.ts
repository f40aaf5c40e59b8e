import { beforeEach, describe, expect, test } from 'vitest'
import type { BuiltInRole } from '#contract/access'
import {
  approveFactorReset,
  askFactorReset,
  cancelFactorReset,
  getDefence,
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
import { entriesOf } from '../../../../tests/harness/audit.ts'
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
  audit: server.audit,
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
const suspend = async (staffId: string) =>
  server.db.updateTable('staffMembers').set({ suspendedAt: now }).where('id', '=', staffId).execute()
const reinstate = async (staffId: string) =>
  server.db.updateTable('staffMembers').set({ suspendedAt: null }).where('id', '=', staffId).execute()

async function approved() {
  const person = await lucie()
  const { id } = await start(person)
  const reset = await approve(id, thomas)
  return { person, reset }
}

describe('two other administrators and a day', () => {
  test('bring back who lost a factor: told at each step, by a link and the password', async () => {
    const person = await lucie()
    const asked = await start(person)
    expect(asked).toMatchObject({
      state: 'waiting',
      requestedBy: 'Claire Fontaine',
      approvals: [{ name: 'Claire Fontaine' }],
      effectiveAt: null,
      approvable: false,
    })
    const effectiveAt = new Date(now.getTime() + 24 * 3_600_000)
    expect(await approve(asked.id, thomas)).toMatchObject({
      state: 'delayed',
      approvals: [{ name: 'Claire Fontaine' }, { name: 'Thomas Lemoine' }],
      effectiveAt: effectiveAt.toISOString(),
    })
    expect(await about(person)).toEqual(['factor_reset_requested', 'factor_reset_delayed'])

    later(24 * 60 - 1)
    await carryOut()
    expect(await about(person)).toHaveLength(2)
    later(1)
    await carryOut()
    expect(await about(person)).toEqual([
      'factor_reset_requested',
      'factor_reset_delayed',
      'factor_reset_done',
    ])
    expect(await stateOf(asked.id)).toMatchObject({ state: 'done' })
    const antoine = await anybody().signIn('administrator')
    expect(await antoine.call(getStaff, { params: { id: person.id } })).toMatchObject({
      state: 'enrolling',
      factors: { authenticator: false, passkeys: 0, recoveryCodesLeft: 0 },
      openSessions: 0,
      factorReset: null,
    })

    const { email, password } = person
    const body = { email, password }
    expect(await anybody().call(signIn, { body })).toEqual({ step: 'link_needed' })
    const link = await tokenMailed(server, email, 'factor_reset_done')
    expect(await anybody().call(openLink, { body: { token: link } })).toMatchObject({
      kind: 'factor_enrolment',
    })
    expect(await anybody().call(signIn, { body: { ...body, link } })).toMatchObject({ step: 'enrolment' })
  })

  test('call for attention until both have approved, not while the day passes', async () => {
    const waiting = async () => (await claire.call(getDefence)).waitingFactorResets
    const before = await waiting()
    const { id } = await start(await lucie())
    expect(await waiting()).toBe(before + 1)
    await approve(id, thomas)
    expect(await waiting()).toBe(before)
  })

  test('take everything that was a factor, and every session', async () => {
    const { person } = await approved()
    later(24 * 60)
    // A session that is still open, as one used all day would be.
    await server.db
      .updateTable('staffSessions')
      .set({ expiresAt: new Date(now.getTime() + 3_600_000), lastSeenAt: now })
      .where('staffId', '=', person.id)
      .execute()
    expect((await person.browser.ask(getSession)).status).toBe(200)
    await carryOut()
    await expect.poll(async () => (await person.browser.ask(getSession)).status).toBe(401)
    for (const table of ['staffAuthenticators', 'staffPasskeys', 'staffRecoveryCodes'] as const)
      expect(
        await server.db.selectFrom(table).where('staffId', '=', person.id).select('staffId').execute(),
      ).toEqual([])
    const lines = await entriesOf(server, { verb: 'factor_reset.carried_out', object: person.id })
    expect(lines).toMatchObject([
      {
        actorType: 'system',
        actorId: 'system',
        after: { approvedBy: ['Claire Fontaine', 'Thomas Lemoine'] },
      },
    ])
  })

  test('happen once, however many processes carry them out at the same time', async () => {
    const { person } = await approved()
    later(24 * 60)
    await Promise.all(Array.from({ length: 20 }, carryOut))
    await carryOut()
    expect((await about(person)).filter((one) => one === 'factor_reset_done')).toHaveLength(1)
  })
})

describe('who counts', () => {
  test('nobody for themself', async () => {
    const person = await lucie('technical_administrator')
    const { id } = await start(person)
    expect((await person.browser.refused(approveFactorReset, { params: { id } })).code).toBe('not_yourself')
    const own = { params: { id: person.id }, body: lost }
    expect((await person.browser.refused(startFactorReset, own)).code).toBe('not_yourself')
  })

  test('nobody twice, not even twenty times at once', async () => {
    const { id } = await start(await lucie())
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => thomas.ask(approveFactorReset, { params: { id } })),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ text }) => text.includes('already_approved'))).toHaveLength(19)
    expect(await stateOf(id)).toMatchObject({ state: 'delayed' })
  })

  test('nobody without the permission', async () => {
    const { id } = await start(await lucie())
    const karim = await anybody().signIn('support')
    expect((await karim.refused(approveFactorReset, { params: { id } })).code).toBe('forbidden')
  })

  test('who asked and was suspended since is not one of the two', async () => {
    const other = await lucie('administrator')
    const { id } = await start(await lucie(), other.browser)
    await suspend(other.id)
    expect(await approve(id, thomas)).toMatchObject({
      state: 'waiting',
      approvals: [{ name: 'Thomas Lemoine' }],
    })
    expect(await approve(id, claire)).toMatchObject({ state: 'delayed' })
  })

  test.each<[string, (staffId: string) => Promise<unknown>]>([
    ['was suspended', suspend],
    [
      'lost the right',
      (staffId) =>
        server.db.updateTable('staffRoles').set({ endedAt: now }).where('staffId', '=', staffId).execute(),
    ],
  ])(
    'who %s during the day stops it, until another one agrees and another day passes',
    async (_, happens) => {
      const person = await lucie()
      const other = await lucie('administrator')
      const { id } = await start(person, other.browser)
      await approve(id, thomas)
      await happens(other.id)
      later(24 * 60)
      await carryOut()
      await carryOut()
      expect(await stateOf(id)).toMatchObject({
        state: 'waiting',
        effectiveAt: null,
        approvals: [{ name: 'Thomas Lemoine' }],
      })
      expect((await about(person)).filter((one) => one === 'factor_reset_postponed')).toHaveLength(1)

      const again = await anybody().signIn('administrator')
      expect(await approve(id, again)).toMatchObject({
        state: 'delayed',
        effectiveAt: new Date(now.getTime() + 24 * 3_600_000).toISOString(),
      })
      later(24 * 60)
      await carryOut()
      expect(await stateOf(id)).toMatchObject({ state: 'done' })
    },
  )
})

describe('a reset is stopped', () => {
  const stopped = async (person: Person, id: string) => {
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled' })
    later(25 * 60)
    await carryOut()
    expect(await about(person)).not.toContain('factor_reset_done')
    const { email, password } = person
    expect(await anybody().call(signIn, { body: { email, password } })).toMatchObject({
      step: 'second_factor',
    })
  }

  test.each(['factor_reset_requested', 'factor_reset_delayed'])(
    'by the person, with the link of %s',
    async (letter) => {
      const { person, reset } = await approved()
      const token = await tokenMailed(server, person.email, letter)
      expect(await anybody().call(openLink, { body: { token } })).toMatchObject({
        kind: 'factor_reset_refusal',
      })
      await anybody().call(refuseFactorReset, { body: { token } })
      expect(await about(person)).toContain('factor_reset_refused')
      for (const { token: other, template } of await lettersTo(server, person.email))
        if (template.startsWith('factor_reset') && other !== '')
          expect((await anybody().refused(refuseFactorReset, { body: { token: other } })).code).toBe(
            'link_gone',
          )
      await stopped(person, reset.id)
    },
  )

  test('by the person, twenty times at once', async () => {
    const { person } = await approved()
    const token = await tokenMailed(server, person.email, 'factor_reset_delayed')
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => anybody().ask(refuseFactorReset, { body: { token } })),
    )
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
    expect((await about(person)).filter((one) => one === 'factor_reset_refused')).toHaveLength(1)
  })

  test('by the person signing in as ever', async () => {
    const { person, reset } = await approved()
    later(1)
    const { email, password, totp } = person
    const browser = anybody()
    await browser.call(signIn, { body: { email, password } })
    expect(await stateOf(reset.id)).toMatchObject({ state: 'delayed' })
    const code = totp.generate({ timestamp: now.getTime() })
    await browser.call(verifySecondFactor, { body: { method: 'totp', code } })
    expect(await about(person)).toContain('factor_reset_needless')
    const token = await tokenMailed(server, email, 'factor_reset_delayed')
    expect((await anybody().refused(refuseFactorReset, { body: { token } })).code).toBe('link_gone')
    await stopped(person, reset.id)
  })

  test('by an administrator', async () => {
    const { person, reset } = await approved()
    expect(await claire.call(cancelFactorReset, { params: { id: reset.id } })).toMatchObject({
      state: 'cancelled',
      approvable: false,
    })
    expect(await about(person)).toContain('factor_reset_cancelled')
    await stopped(person, reset.id)
  })

  test('by the suspension of the person', async () => {
    const { person, reset } = await approved()
    await claire.call(suspendStaff, { params: { id: person.id }, body: { reason: 'Départ' } })
    expect(await stateOf(reset.id)).toMatchObject({ state: 'cancelled' })
    await reinstate(person.id)
    await stopped(person, reset.id)
  })

  test('or takes effect, and not both, when the person refuses at that very minute', async () => {
    const { person, reset } = await approved()
    later(24 * 60)
    const token = await tokenMailed(server, person.email, 'factor_reset_delayed')
    const [refusal] = await Promise.all([anybody().ask(refuseFactorReset, { body: { token } }), carryOut()])
    const state = await stateOf(reset.id)
    const outcome = `${refusal.status} ${state?.state}`
    expect(['204 cancelled', '410 done']).toContain(outcome)
    expect((await about(person)).includes('factor_reset_done')).toBe(state?.state === 'done')
  })
})

describe('asked by the person, with the password alone', () => {
  async function atTheSecondStep(person: Person) {
    const browser = anybody()
    await browser.call(signIn, { body: { email: person.email, password: person.password } })
    return browser
  }

  test('it waits for two administrators', async () => {
    const person = await lucie()
    await (await atTheSecondStep(person)).call(askFactorReset, { body: lost })
    const [letter] = (await lettersTo(server, person.email)).filter(
      ({ template }) => template === 'factor_reset_asked',
    )
    expect(letter?.text).toContain('Téléphone perdu')
    expect(letter?.text).toContain('127.0.0.1')
    for (const email of ['administrator@example.com', 'technical-administrator@example.com']) {
      const waiting = (await lettersTo(server, email)).at(-1)
      expect(waiting).toMatchObject({
        template: 'factor_reset_waiting',
        url: 'http://localhost:3000/security',
      })
      expect(waiting?.text).toContain('Lucie Aubert')
    }
    const { rows } = await claire.call(listFactorResets)
    const reset = rows.find(({ staffId }) => staffId === person.id)
    expect(reset).toMatchObject({ state: 'waiting', requestedBy: null, approvals: [], approvable: true })
    const id = reset?.id ?? ''
    expect(await approve(id, claire)).toMatchObject({ state: 'waiting', effectiveAt: null })
    const asked = await atTheSecondStep(person)
    const refusal = await asked.refused(askFactorReset, { body: lost })
    expect(refusal).toMatchObject({ code: 'factor_reset_asked', details: { effectiveAt: null } })
    const delayed = await approve(id, thomas)
    expect(delayed).toMatchObject({ state: 'delayed' })
    const told = await asked.refused(askFactorReset, { body: lost })
    expect(told.details).toEqual({ effectiveAt: delayed.effectiveAt })
    expect(await about(person)).toEqual([
      'factor_reset_asked',
      'factor_reset_approved',
      'factor_reset_delayed',
    ])
  })

  test('twenty times at once it is one request', async () => {
    const person = await lucie()
    const browser = await atTheSecondStep(person)
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => browser.ask(askFactorReset, { body: lost })),
    )
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(await about(person)).toEqual(['factor_reset_asked'])
  })

  test('not without the password, nor five minutes after it', async () => {
    expect((await anybody().refused(askFactorReset, { body: lost })).code).toBe('sign_in_expired')
    const browser = await atTheSecondStep(await lucie())
    later(5)
    expect((await browser.refused(askFactorReset, { body: lost })).code).toBe('sign_in_expired')
  })
})

test('what waits stands first in the list, then what is over', async () => {
  const { rows } = await claire.call(listFactorResets)
  const open = rows.map(({ state }) => state === 'waiting' || state === 'delayed')
  expect(open.lastIndexOf(true)).toBeLessThan(open.indexOf(false))
})
