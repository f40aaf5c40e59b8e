// The server as it is, in a process of its own, but for one thing: a request says by its user agent whether its entry is
// written, and how. So all three are measured on one build, one pool, one warm process.
import { readServerConfig } from '#platform/server/config.ts'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Strangers } from '#platform/server/mount.ts'
import { tell } from '#platform/server/news.ts'
import { assemble } from '../../apps/server/assemble.ts'

/** `entry`: as in production. `none`: the log is left out. `numbered`: the transaction gives the entry its number too. */
export type Mode = 'entry' | 'none' | 'numbered'

const config = readServerConfig(process.env)
const { app, close } = await assemble(config, { strangers: byUserAgent })
await app.listen({ port: config.port, host: config.listenHost })
process.on('SIGTERM', () => void close().then(() => process.exit(0)))

function byUserAgent(own: Strangers): Strangers {
  return {
    ...own,
    async writeDown(db, told) {
      const mode = told.request.userAgent as Mode // writers.ts sends one of the three
      // As the platform told them when it did so itself.
      if (mode === 'none') for (const whisper of told.news) await tell(db, whisper)
      else await own.writeDown(db, told)
      if (mode === 'numbered') await number(db)
    },
  }
}

/** What the sequencer does for many entries at once, done for one: whoever comes next waits for this commit. */
async function number(db: CentralDb): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('magestionpsy audit sequencer'))`.execute(db)
  await sql`
    insert into audit_leaves (index, entry_id, hash)
    select coalesce((select max(index) + 1 from audit_leaves), 0), id, sha256('\\x00'::bytea || convert_to(leaf, 'UTF8'))
    from audit_entries where xid = pg_current_xact_id()`.execute(db)
}
