// Mail with attachments on its whole way: from a real Dovecot over IMAP, taken to pieces, filed into tickets with its files
// sealed on the disk, and put away; by the server as people run it, whose memory is watched meanwhile.
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startDovecot, type Dovecot } from '../tests/harness/dovecot.ts'
import { authservId, mailFrom } from './mail-in/mails.ts'
import { median } from './shared/load.ts'
import { smallSite } from './shared/small-site.ts'
import type { Result } from './run.ts'

export const about = 'mail with attachments, from Dovecot to a filed ticket, against 50 a second; memory flat'

const limit = 50
const most = 2_000
/** Until then statements are prepared and code is made fast. */
const warmUp = 200
/** More than this from one sender within an hour waits for a person. */
const mailsAnHour = 20

export async function run(): Promise<Result> {
  const dovecot = await startDovecot()
  try {
    const site = await smallSite({
      APP_ENV: 'test',
      IMAP_URL: dovecot.url,
      IMAP_AUTHSERV_ID: authservId,
      SUPPORT_EMAIL: 'MaGestionPsy <support@example.org>',
    })
    try {
      return await measure(dovecot, site)
    } finally {
      await site.stop()
    }
  } finally {
    await dovecot.stop()
  }
}

async function measure(dovecot: Dovecot, site: Awaited<ReturnType<typeof smallSite>>): Promise<Result> {
  const admin = new pg.Client(site.adminUrl)
  await admin.connect()
  try {
    const senders = await sendersIn(admin)
    const mails = Math.min(most, senders.length * mailsAnHour)
    console.log(`${mails} mails of ${senders.length} people`)
    for (let i = 0; i < mails; i++) dovecot.deliver(mailFrom(senders[i % senders.length] ?? '', i))
    const { perSecond, grown, cpu } = await watch(admin, site.server.pid(), mails)
    const tickets = await filedIn(admin)
    console.log(
      `${tickets} of ${mails} mails in tickets: ${perSecond.toFixed(1)} a second, ` +
        `${cpu.toFixed(1)} ms of the server's processor each, ${grown.toFixed(0)} MB more`,
    )
    if (tickets < mails * 0.99) throw new Error('mails were not filed')
    const ratio = perSecond / limit
    return {
      bench: 'mail-in',
      metrics: [
        { name: 'ratio', value: Number(ratio.toFixed(2)), target: '>= 1', meets: ratio >= 1 },
        { name: 'grown', value: Math.round(grown), target: '<= 40 MB', meets: grown <= 40 },
      ],
      ours: Math.round(perSecond),
      reference: limit,
      unit: 'mails/s',
      runs: 1,
    }
  } finally {
    await admin.end()
  }
}

/** Addresses that one client alone is known by, as many as it takes for none to write too much. */
async function sendersIn(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ email: string }>(
    `select email from (
       select lower(email) as email, id as client from clients where trashed_at is null and email is not null
       union
       select lower(a.email), t.client_id from member_accounts a
         join members m on m.account_id = a.id join tenants t on t.id = m.tenant_id) known
     group by email having count(*) = 1 order by email limit $1`,
    [most / mailsAnHour],
  )
  return rows.map(({ email }) => email)
}

const counted = async (admin: pg.Client, where: string) => {
  const { rows } = await admin.query<{ count: string }>(`select count(*) from incoming_mails where ${where}`)
  return Number(rows[0]?.count)
}
const filedIn = (admin: pg.Client) => counted(admin, "state = 'filed' and message_id like 'bench-%'")

type Watched = { perSecond: number; grown: number; cpu: number }

async function watch(admin: pg.Client, pid: number, mails: number): Promise<Watched> {
  const here = "message_id like 'bench-%'"
  let done = await counted(admin, here)
  while (done < warmUp) {
    await sleep(20)
    done = await counted(admin, here)
  }
  const [from, begun, worked] = [performance.now(), done, workOf(pid)]
  const megabytes: number[] = []
  let told = 0
  while (done < mails) {
    await sleep(100)
    done = await counted(admin, here)
    megabytes.push(residentOf(pid))
    if (done - told >= 500) console.log(`${(told = done)} mails, ${megabytes.at(-1)?.toFixed(0)} MB`)
  }
  const perSecond = ((done - begun) / (performance.now() - from)) * 1_000
  const third = Math.max(1, Math.floor(megabytes.length / 3))
  const cpu = (workOf(pid) - worked) / (done - begun)
  return {
    perSecond,
    cpu,
    grown: median(megabytes.slice(-third)) - median(megabytes.slice(third, 2 * third)),
  }
}

function residentOf(pid: number): number {
  const [, kilobytes = '0'] =
    /^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1_024
}

/** Milliseconds of processor time, in ticks of a hundredth of a second (proc(5): utime and stime). */
function workOf(pid: number): number {
  const [, rest = ''] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const fields = rest.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
