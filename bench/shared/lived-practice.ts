import pg from 'pg'
import { fillPractice } from '../../apps/server/demonstration/life/filling.ts'
import { places } from '../../apps/server/demonstration/places.ts'
import type { ManyPractices, PracticeAddress } from '../tenant-request/many-practices.ts'

/** As the demonstration's first practice: three who receive patients, four years. @returns who asks */
export async function live({ adminUrl }: ManyPractices, { url }: PracticeAddress): Promise<string> {
  const admin = new URL(adminUrl)
  admin.pathname = new URL(url).pathname
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query('SET ROLE mgp_tenant_owner')
    await client.query(`INSERT INTO profiles (member_id, profile, first_name, last_name)
      VALUES (uuidv7(), 'practitioner', 'Hugo', 'Lefèvre'), (uuidv7(), 'practitioner', 'Inès', 'Garnier')`)
    const { rows } = await client.query<{ member_id: string }>(
      'SELECT member_id FROM profiles ORDER BY created_at, member_id',
    )
    const hours = [8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19]
    const [place] = places
    if (!place) throw new Error('there is no place')
    await fillPractice(client, 'Cabinet Roche', {
      seed: 1,
      now: new Date(),
      patients: 700,
      years: 4,
      secretaries: [],
      place,
      practitioners: rows.map(({ member_id: memberId }) => ({
        memberId,
        profession: 'Psychologue',
        weekdays: [1, 2, 3, 4],
        hours,
      })),
    })
    return rows[0]?.member_id ?? ''
  } finally {
    await client.end()
  }
}
