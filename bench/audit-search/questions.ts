// What people ask the log, each as our filter and as somebody who knows the tables would write it by hand: one statement over
// the same indexes, with what the words mean already looked up.
import type pg from 'pg'
import { plainText } from '#platform/server/plain-text.ts'
import type { AuditFilterInput } from '#contract/audit'
import { vaultOf } from '#platform/server/vault.ts'
import { ipIndexOf } from '../../modules/audit/server/payloads.ts'
import { vocabulary } from '../../modules/audit/server/searching/vocabulary.ts'
import { addressAt, rareAddress } from './filling.ts'
import type { BareQuestion } from './reference.ts'

export type Question = { name: string; filter: AuditFilterInput; bare: BareQuestion }

/** The newest of what fulfils a condition. */
const newest = (where: string, clock = 'e.at') =>
  `select e.id, e.at from audit_log e where ${where} order by ${clock} desc, e.id desc limit 51`
/** The newest of what comes on several ways. */
const newestOf = (...ways: string[]) =>
  `select id, at from (${ways.map((way) => `(${way})`).join(' union ')}) ways order by at desc, id desc limit 51`
/** The newest for each of several values. */
const newestOfEach = (values: string, where: string) =>
  `select hit.id, hit.at from unnest(${values}) one (value) cross join lateral (${newest(where)}) hit`

const person = (also = 'true', id = '$1') =>
  newestOf(
    newest(`e.actor_id = ${id} and ${also}`),
    newest(`e.object_id = ${id} and e.object_type = 'staff_member' and ${also}`),
    newest(`e.object_ids && array[${id}] and e.object_type = 'staff_member' and ${also}`),
  )
const object = (also = 'true') =>
  newestOf(newest(`e.object_id = $1 and ${also}`), newest(`e.object_ids && array[$1] and ${also}`))
const words = `plain_text(coalesce(e.reason || ' ' || e.ticket, e.reason, e.ticket))`
/** As a person means it. $1: verbs and $2: kinds of objects that say it, $3: the longest word as LIKE wants it; then who is so named. */
const text = newestOf(
  newestOfEach('$1::text[]', 'e.verb = one.value'),
  newestOfEach('$2::text[]', 'e.object_type = one.value'),
  newestOfEach('$4::text[]', 'e.object_id = one.value'),
  newest('e.object_ids && $4::text[]'),
  newest(`${words} like $3`),
)
/** The same as a condition beside others. @param named which of the values */
const textHolds = (named: string) => `(e.verb = any($1::text[]) or e.object_type = any($2::text[])
  or e.object_id = any(${named}::text[]) or e.object_ids && ${named}::text[] or ${words} like $3)`

export async function questionsFor(db: pg.Client, masterKey: Uint8Array): Promise<Question[]> {
  const one = async (sql: string) => (await db.query<{ it: string }>(sql)).rows[0]?.it ?? ''
  const busy =
    await one(`select actor_id as it from (select actor_id from audit_log order by at desc limit 2000) newest
    where actor_id <> 'system' group by 1 order by count(*) desc limit 1`)
  const seldom = await one(`select id::text as it from staff_members order by id desc limit 1`)
  const client = await one(
    `select object_id as it from audit_log where verb = 'client.updated' order by at desc limit 1`,
  )
  const subject = await one(
    `select subject_id as it from audit_log where subject_id is not null order by at desc limit 1`,
  )
  const name = await one(
    `select first_name || ' ' || last_name as it from clients where email = 'b7@example.com'`,
  )
  const vault = vaultOf(masterKey)
  const ip = (address: string) => ipIndexOf(vault, address)
  const office = addressAt(0)
  const home = addressAt(900)
  const past = { from: '2024-12-02', to: '2024-12-02' }
  const inPast = `e.at >= '2024-12-01 23:00Z' and e.at < '2024-12-02 23:00Z'`
  const longAgo = { to: '2024-12-02' }
  const before = `e.at < '2024-12-02 23:00Z'`
  const ask = (title: string, filter: AuditFilterInput, sql: string, ...values: unknown[]): Question => ({
    name: title,
    filter,
    bare: { text: sql, values },
  })
  /** Of words: with what they mean before the other values, and who is so named after them. */
  const askOf = (
    title: string,
    q: string,
    filter: AuditFilterInput,
    sql: string,
    ...values: unknown[]
  ): Question => {
    const typed = plainText(q).split(' ')
    const [longest] = typed.toSorted((one, other) => other.length - one.length)
    const meaning = [vocabulary.verbsSaying(typed), vocabulary.objectTypesSaying(typed), `%${longest}%`]
    const named = typed.map((word) => `%${word}%`)
    return {
      name: title,
      filter: { q, ...filter },
      bare: { text: sql, values: [...meaning, ...values], named },
    }
  }
  return [
    ask('everything', {}, newest('true')),
    ask('a busy person', { person: busy }, person(), busy),
    ask('a person who seldom comes', { person: seldom }, person(), seldom),
    ask('an actor', { actor: busy }, newest('e.actor_id = $1'), busy),
    ask('the system', { actor: 'system' }, newest('e.actor_id = $1'), 'system'),
    ask('a subject', { subject }, newest('e.subject_id = $1'), subject),
    ask('a frequent kind', { objectType: 'client' }, newest('e.object_type = $1'), 'client'),
    ask('a rare kind', { objectType: 'role_matrix' }, newest('e.object_type = $1'), 'role_matrix'),
    ask('an object', { object: client }, object(), client),
    ask('a frequent verb', { verb: 'client.read' }, newest('e.verb = $1'), 'client.read'),
    ask('a rare verb', { verb: 'role.deleted' }, newest('e.verb = $1'), 'role.deleted'),
    ask(
      'several verbs',
      { verb: 'client.read,role.deleted,client.updated' },
      newestOf(newestOfEach('$1::text[]', 'e.verb = one.value')),
      ['client.read', 'role.deleted', 'client.updated'],
    ),
    ask('what was done', { result: 'done' }, newest('e.result = $1'), 'done'),
    ask('refusals', { result: 'refused' }, newest('e.result = $1'), 'refused'),
    ask('failures', { result: 'failed' }, newest('e.result = $1'), 'failed'),
    ask(
      'refusals and failures',
      { result: 'refused,failed' },
      newestOf(newest(`e.result = 'refused'`), newest(`e.result = 'failed'`)),
    ),
    ask('the office’s address', { ip: office }, newest('e.ip_index = $1', 'e.payload_at'), ip(office)),
    ask('an address seen now and then', { ip: home }, newest('e.ip_index = $1', 'e.payload_at'), ip(home)),
    ask('a rare address', { ip: rareAddress }, newest('e.ip_index = $1', 'e.payload_at'), ip(rareAddress)),
    ask('a day long ago', past, newest(inPast)),
    ask(
      'a verb on a day long ago',
      { verb: 'client.updated', ...past },
      newest(`e.verb = $1 and ${inPast}`),
      'client.updated',
    ),
    ask('looks long ago', { result: 'seen', ...longAgo }, newest(`e.result = 'seen' and ${before}`)),
    ...['client', 'zibeline', 'erreur de facturation', name, 'supprimé le rôle', 'SUP-1234', 'xyzzy'].map(
      (q) => askOf(`text: ${q}`, q, {}, text),
    ),
    ask(
      'an id',
      { q: client },
      newestOf(
        newest('e.object_id = $1'),
        newest('e.actor_id = $1'),
        newest('e.subject_id = $1'),
        newest('e.object_ids && array[$1]'),
        newest('e.id = $1::uuid'),
      ),
      client,
    ),
    ask(
      'a person and a verb',
      { person: busy, verb: 'client.updated' },
      person(`e.verb = 'client.updated'`),
      busy,
    ),
    ask(
      'a person and a rare verb',
      { person: busy, verb: 'role.deleted' },
      person(`e.verb = 'role.deleted'`),
      busy,
    ),
    ask(
      'an actor and verbs',
      { actor: busy, verb: 'client.updated,client.created' },
      newest('e.actor_id = $1 and e.verb = any($2)'),
      busy,
      ['client.updated', 'client.created'],
    ),
    ask(
      'an actor at the office',
      { actor: busy, ip: office },
      newest('e.actor_id = $1 and e.ip_index = $2'),
      busy,
      ip(office),
    ),
    ask(
      'an actor at a rare address',
      { actor: busy, ip: rareAddress },
      newest('e.actor_id = $1 and e.ip_index = $2'),
      busy,
      ip(rareAddress),
    ),
    ask(
      'a rare verb at the office',
      { verb: 'role.deleted', ip: office },
      newest(`e.verb = 'role.deleted' and e.ip_index = $1`),
      ip(office),
    ),
    ask(
      'an object and a verb',
      { object: client, verb: 'client.updated' },
      object(`e.verb = 'client.updated'`),
      client,
    ),
    ask('an object and a person', { object: client, person: busy }, object('e.actor_id = $2'), client, busy),
    ask(
      'refusals of a kind',
      { objectType: 'client', result: 'refused' },
      newest(`e.object_type = 'client' and e.result = 'refused'`),
    ),
    ask(
      'failures of a kind',
      { objectType: 'client', result: 'failed' },
      newest(`e.object_type = 'client' and e.result = 'failed'`),
    ),
    ask(
      'a subject and a verb',
      { subject, verb: 'client.read' },
      newest(`e.subject_id = $1 and e.verb = 'client.read'`),
      subject,
    ),
    askOf(
      'a name and a verb',
      name,
      { verb: 'client.updated' },
      newest(`e.verb = 'client.updated' and ${textHolds('$4')}`),
    ),
    askOf(
      'a rare word at the office',
      'zibeline',
      { ip: office },
      newest(`${textHolds('$5')} and e.ip_index = $4`),
      ip(office),
    ),
    askOf(
      'a word, a person, long ago',
      'contrat',
      { person: busy, ...longAgo },
      person(`${textHolds('$5')} and ${before}`, '$4'),
      busy,
    ),
    ask(
      'everything at once',
      {
        q: 'client',
        person: busy,
        objectType: 'client',
        verb: 'client.updated,client.created',
        result: 'done',
        ip: office,
        from: '2025-01-01',
      },
      newest(
        `e.actor_id = $1 and e.object_type = 'client' and e.verb = any($2) and e.result = 'done' and e.ip_index = $3 and e.at >= '2024-12-31 23:00Z'`,
      ),
      busy,
      ['client.updated', 'client.created'],
      ip(office),
    ),
  ]
}
