import { expect, test } from 'vitest'
import { sql } from '#platform/server/db.ts'
import { listOwnSessions } from '#contract/identity'
import { lucieSignedIn } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { forgettingTries } from './forgetting.ts'

const server = await testServer()

test('tries and blocks are forgotten after ninety days, browsers after a year unused, and nothing sooner', async () => {
  const { browser } = await lucieSignedIn(server)
  const { db } = server
  await sql`insert into staff_sign_in_events (at, kind, ip, network, user_agent)
    select now() - days * interval '1 day', 'account_unknown', '192.0.2.1', '192.0.2.1/32', '' from unnest(array[89, 91]) as days`.execute(
    db,
  )
  await sql`insert into address_blocks (network, reason, created_at, until)
    select '192.0.2.1/32', 'too_many_failures', now() - days * interval '1 day', now() - days * interval '1 day'
    from unnest(array[89, 91]) as days`.execute(db)
  await sql`insert into attempt_counters values ('old', 1, 1), ('closed', 1000001, (extract(epoch from now()) + 900) * 1000)`.execute(
    db,
  )
  await sql`update staff_devices set last_seen_at = now() - interval '366 days'`.execute(db)
  await forgettingTries({ now: () => new Date() }).run(db)

  const left = await sql<{ events: number; blocks: number; devices: number; counters: string[] }>`
    select (select count(*)::int from staff_sign_in_events where kind = 'account_unknown') as events,
      (select count(*)::int from address_blocks) as blocks,
      (select count(*)::int from staff_devices) as devices,
      (select array_agg(key) from attempt_counters where key in ('old', 'closed')) as counters`.execute(db)
  expect(left.rows).toEqual([{ events: 1, blocks: 1, devices: 0, counters: ['closed'] }])
  // A session opened from a forgotten browser goes on.
  expect((await browser.call(listOwnSessions)).rows).toHaveLength(1)
})
