import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { giveRole } from '#server/access'
import { sql } from '#platform/server/db.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { TooMany, type RequestFacts } from '#platform/server/requests.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { guardOn, requestFrom } from '../../../../tests/harness/guard.ts'
import { insertStaff } from '../queries.ts'
import { seeDevice } from '../devices/queries.ts'

const database = await testDatabase()
const { guard, db } = guardOn(database)
const second = guardOn(database).guard

/** Seconds to wait, or 0 for a try that was let through and failed. */
async function guess(request: RequestFacts, email: string, by = guard): Promise<number> {
  try {
    await by.beforePassword(request, email)
  } catch (error) {
    if (error instanceof TooMany) return error.seconds
    throw error
  }
  await by.failed(request, { kind: 'account_unknown', staffId: null })
  return 0
}

async function guessAll(
  tries: readonly (readonly [ip: string, email: string])[],
  by = guard,
): Promise<number[]> {
  const waits: number[] = []
  for (const [ip, email] of tries) waits.push(await guess(requestFrom(ip), email, by))
  return waits
}

const someone = () => `${randomUUID()}@example.com`
const times = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at))
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

async function lucie() {
  const email = someone()
  const staffId = await insertStaff(db, {
    email,
    firstName: 'Lucie',
    lastName: 'Aubert',
    passwordHash: 'x',
    demonstration: false,
  })
  const device = newToken()
  await seeDevice(db, { staffId, tokenHash: hashOf(device), userAgent: '', now: new Date() })
  return { email, staffId, device }
}

let used = 0
/** Addresses no test used before. */
const newIPv4 = () => `198.18.${++used >> 8}.${used & 255}`
const newSite = () => `2001:db8:${(++used).toString(16)}`

const activeBlocks = async () =>
  (
    await sql<{ network: string; reason: string; minutes: number; refused: number }>`
      select network::text, reason, round(extract(epoch from until - created_at) / 60)::int as minutes, refused
      from address_blocks where lifted_at is null order by created_at desc`.execute(db)
  ).rows
const blockOf = async (network: string) => (await activeBlocks()).find((block) => block.network === network)

// Time stands still, and moves on only when a test says so.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'] }))
beforeEach(async () => {
  later(2)
  await sql`delete from attempt_counters`.execute(db)
})
afterAll(() => void vi.useRealTimers())

describe('an account', () => {
  test('after three failures from one address the next try waits, longer each time', async () => {
    const [ip, email] = [newIPv4(), someone()]
    expect(await guessAll(times(4, () => [ip, email]))).toEqual([0, 0, 0, 1])
    const waits: number[] = []
    for (const _ of times(6, () => 0)) {
      later(60)
      waits.push(await guess(requestFrom(ip), email))
      waits.push(await guess(requestFrom(ip), email))
    }
    expect(waits).toEqual([0, 2, 0, 4, 0, 8, 0, 16, 0, 32, 0, 60])
  })

  test('spelled in other capitals it is the same account', async () => {
    const [ip, email] = [newIPv4(), someone()]
    await guessAll(times(3, () => [ip, email]))
    expect(await guess(requestFrom(ip), email.toUpperCase())).toBe(1)
  })

  test('after ten failures from anywhere strangers wait a quarter of an hour', async () => {
    const email = someone()
    expect(await guessAll(times(10, () => [newIPv4(), email]))).toEqual(times(10, () => 0))
    expect(await guess(requestFrom(newIPv4()), email)).toBe(900)
    expect(await guess(requestFrom(newIPv4()), email, second)).toBe(900)
    later(901)
    expect(await guess(requestFrom(newIPv4()), email)).toBe(0)
  })

  test('forty tries at once from forty addresses are ten tries', async () => {
    const email = someone()
    const waits = await Promise.all(times(40, () => guess(requestFrom(newIPv4()), email)))
    const heard = waits.filter((wait) => wait === 0).length
    // One that fails at this very moment may be taken for one under way as well.
    expect(heard).toBeLessThanOrEqual(10)
    expect(heard).toBeGreaterThanOrEqual(5)
  })

  test('one that nobody has is counted like any other', async () => {
    const { email } = await lucie()
    const to = async (address: string) => guessAll(times(12, () => [newIPv4(), address]))
    expect(await to(email)).toEqual(await to(someone()))
  })

  test('its address is nowhere in the counters', async () => {
    const email = someone()
    await guessAll([[newIPv4(), email]])
    const { rows } = await sql<{ key: string }>`select key from attempt_counters`.execute(db)
    expect(rows.length).toBeGreaterThan(2)
    const plain = [email, hashOf(email).toString('hex'), hashOf(email).toString('base64url')]
    for (const { key } of rows) for (const part of plain) expect(key).not.toContain(part.slice(0, 20))
  })
})

describe('a known device', () => {
  test('signs in while strangers are shut out, by their failures or from a blocked network', async () => {
    const { email, staffId, device } = await lucie()
    const net = `${newSite()}:1`
    await guessAll(times(10, () => [newIPv4(), email]))
    await guessAll(times(40, (at) => [`${net}::${at + 1}`, someone()]))
    const here = requestFrom(`${net}::beef`, device)
    expect(await guess(requestFrom(`${net}::beef`), email)).toBeGreaterThan(0)
    await guard.beforePassword(here, email)
    await guard.beforeFactor(requestFrom(`${net}::beef`, device), staffId)
    await guard.beforePasskey(requestFrom(`${net}::beef`, device))
    await guard.beforeMail(requestFrom(`${net}::beef`, device), email)
  })

  test('has ten failures of its own, passwords and factors together, and they close nothing to anybody else', async () => {
    const { email, staffId, device } = await lucie()
    const ip = newIPv4()
    expect(
      await times(6, () => 0).reduce(
        async (sum) => (await sum) + (await guess(requestFrom(ip, device), email)),
        Promise.resolve(0),
      ),
    ).toBe(0)
    for (const _ of times(4, () => 0)) {
      const request = requestFrom(ip, device)
      await guard.beforeFactor(request, staffId)
      await guard.failed(request, { kind: 'factor_wrong', staffId })
    }
    expect(await guess(requestFrom(ip, device), email)).toBe(900)
    await expect(guard.beforeFactor(requestFrom(ip, device), staffId)).rejects.toThrow(TooMany)
    expect(await guess(requestFrom(ip), email)).toBe(0)
    expect(await guess(requestFrom(newIPv4()), email)).toBe(0)
  })

  test('is known for its own person alone, and a made-up one for nobody', async () => {
    const [hers, his] = [await lucie(), await lucie()]
    await guessAll(times(10, () => [newIPv4(), his.email]))
    expect(await guess(requestFrom(newIPv4(), hers.device), his.email)).toBe(900)
    expect(await guess(requestFrom(newIPv4(), newToken()), his.email)).toBe(900)
    expect(await guess(requestFrom(newIPv4(), his.device), his.email)).toBe(0)
  })
})

describe('an address', () => {
  test('is blocked after thirty failures, an IPv6 one with its whole /64 and nothing beyond', async () => {
    const site = newSite()
    await guessAll(times(30, (at) => [`${site}:7::${(at * 977).toString(16)}`, someone()]))
    expect(await guess(requestFrom(`${site}:7:ffff:ffff:ffff:ffff`), someone())).toBe(900)
    expect(await guess(requestFrom(`${site}:7::1`), someone(), second)).toBe(900)
    expect(await guess(requestFrom(`${site}:8::1`), someone())).toBe(0)
    await vi.waitFor(async () =>
      expect(await blockOf(`${site}:7::/64`)).toEqual({
        network: `${site}:7::/64`,
        reason: 'too_many_failures',
        minutes: 15,
        refused: 2,
      }),
    )
  })

  test('when blocked tells administrators by mail, once an hour', async () => {
    const boss = await insertStaff(db, {
      email: someone(),
      firstName: 'Antoine',
      lastName: 'Delcourt',
      passwordHash: 'x',
      demonstration: false,
    })
    await giveRole(db, boss, 'super_administrator')
    const told = async () =>
      (
        await sql`select from outgoing_mails where staff_id = ${boss} and template = 'identity.mail.blocks'`.execute(
          db,
        )
      ).rows.length
    later(7200)
    for (const ip of [newIPv4(), newIPv4()]) await guessAll(times(30, () => [ip, someone()]))
    await vi.waitFor(async () => expect(await told()).toBe(1))
    later(3601)
    const third = newIPv4()
    await guessAll(times(30, () => [third, someone()]))
    await vi.waitFor(async () => expect(await told()).toBe(2))
  })

  test('is the same whether it comes mapped into IPv6 or not', async () => {
    const ip = newIPv4()
    await guessAll(times(30, (at) => [at % 2 ? ip : `::ffff:${ip}`, someone()]))
    expect(await guess(requestFrom(`64:ff9b::${ip}`), someone())).toBe(900)
  })

  test('is blocked twice as long each time it comes back within a day, and a day at most', async () => {
    const ip = newIPv4()
    const minutes: (number | undefined)[] = []
    for (const _ of times(4, () => 0)) {
      await guessAll(times(30, () => [ip, someone()]))
      const block = await blockOf(`${ip}/32`)
      minutes.push(block?.minutes)
      expect(await guess(requestFrom(ip), someone())).toBe((block?.minutes ?? 0) * 60)
      later((block?.minutes ?? 0) * 60 + 1)
    }
    expect(minutes).toEqual([15, 30, 60, 120])
  })

  test('in flight at once, a full office is not taken for failures', async () => {
    const ip = newIPv4()
    const requests = times(60, () => requestFrom(ip))
    await Promise.all(requests.map((request) => guard.beforePassword(request, someone()).catch(() => {})))
    for (const request of requests) guard.passed(request)
    await vi.waitFor(async () => expect(await guess(requestFrom(ip), someone())).toBe(0))
    expect(await blockOf(`${ip}/32`)).toBeUndefined()
  })

  test('whose tries succeed is never blocked', async () => {
    const ip = newIPv4()
    for (const _ of times(100, () => 0)) {
      const request = requestFrom(ip)
      await guard.beforePassword(request, someone())
      guard.passed(request)
    }
    expect(await guess(requestFrom(ip), someone())).toBe(0)
  })

  test('may try again at once when its block is lifted, in every process', async () => {
    const ip = newIPv4()
    await guessAll(times(31, () => [ip, someone()]))
    expect(await guess(requestFrom(ip), someone(), second)).toBe(900)
    await guard.lift(`${ip}/32`)
    expect(await guess(requestFrom(ip), someone())).toBe(0)
    await vi.waitFor(async () => expect(await guess(requestFrom(ip), someone(), second)).toBe(0))
  })
})

describe('a /48', () => {
  test('is blocked when five of its networks or more fail a hundred and fifty times', async () => {
    const site = newSite()
    const waits = await guessAll(times(160, (at) => [`${site}:${at % 10}::${at + 1}`, someone()]))
    expect(waits.indexOf(900)).toBe(150)
    expect(await blockOf(`${site}::/48`)).toMatchObject({ reason: 'neighbouring_failures', minutes: 15 })
    expect(await guess(requestFrom(`${site}:ffff::1`), someone())).toBe(900)
    await guard.lift(`${site}::/48`)
    expect(await guess(requestFrom(`${site}:ffff::1`), someone())).toBe(0)
  })
})

describe('everybody', () => {
  const distributed = (failures: number) => guessAll(times(failures, () => [newIPv4(), someone()]))

  test('unknown waits while more than three hundred tries a minute fail; who is known may try', async () => {
    const { device, email, staffId } = await lucie()
    const office = newIPv4()
    await sql`insert into staff_sign_in_events (kind, staff_id, ip, network, user_agent)
      values ('signed_in', ${staffId}, ${office}, ${office}, '')`.execute(db)
    expect(await distributed(300)).toEqual(times(300, () => 0))
    expect(await guard.isUnderAttack()).toBe(true)
    later(2)
    expect(await guess(requestFrom(newIPv4()), someone())).toBeGreaterThan(290)
    expect(await guess(requestFrom(newIPv4()), someone(), second)).toBeGreaterThan(290)
    expect(await guess(requestFrom(newIPv4(), device), email)).toBe(0)
    expect(await guess(requestFrom(office), someone())).toBe(0)
    later(301)
    expect(await guess(requestFrom(newIPv4()), someone())).toBe(0)
    expect(await guard.isUnderAttack()).toBe(false)
  })
})

describe('a second factor', () => {
  test('has ten tries in a quarter of an hour, signing in and stepping up together', async () => {
    const { staffId } = await lucie()
    for (const _ of times(10, () => 0)) {
      const request = requestFrom(newIPv4())
      await guard.beforeFactor(request, staffId)
      await guard.failed(request, { kind: 'factor_wrong', staffId, factor: 'totp' })
    }
    await expect(guard.beforeFactor(requestFrom(newIPv4()), staffId)).rejects.toMatchObject({ seconds: 900 })
  })
})

describe('mails on demand', () => {
  test('are five an hour for an account, known or not, and twenty for an address', async () => {
    const { email } = await lucie()
    for (const address of [email, someone()]) {
      for (const _ of times(5, () => 0)) await guard.beforeMail(requestFrom(newIPv4()), address)
      await expect(guard.beforeMail(requestFrom(newIPv4()), address)).rejects.toThrow(TooMany)
    }
    const ip = newIPv4()
    for (const _ of times(20, () => 0)) await guard.beforeMail(requestFrom(ip), someone())
    await expect(guard.beforeMail(requestFrom(ip), someone())).rejects.toThrow(TooMany)
  })

  test('are sixty an hour for a /48, from however many of its networks they are asked', async () => {
    for (let network = 0; network < 60; network++)
      await guard.beforeMail(requestFrom(`2001:db8:abcd:${network.toString(16)}::1`), someone())
    await expect(guard.beforeMail(requestFrom('2001:db8:abcd:ffff::1'), someone())).rejects.toThrow(TooMany)
    await guard.beforeMail(requestFrom('2001:db8:abce::1'), someone())
  })
})
