import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { openAlarms } from '../alerting.ts'
import { openPublished } from '../publishing/published.ts'
import type { ReadTile } from '../tree/reading.ts'
import { openAsking, type Ask } from './asking.ts'
import { mailCheckpoint } from './daily-mail.ts'
import { folderWitness } from './folder.ts'
import { httpWitness } from './http.ts'
import type { Place } from './places.ts'
import { openRounds } from './rounds.ts'
import { s3Witness } from './s3.ts'
import type { Witness } from './witness.ts'

/** What the worker does for the witnesses; nothing where there are none. */
export function witnessing(on: {
  places: readonly Place[]
  db: CentralDb
  clock: Clock
  log: Logger
  mail: Mail
  dataDir: string
  alarm: ReturnType<typeof openAlarms>
  /** How a witness is asked over HTTP. */
  ask?: Ask
}): Schedule[] {
  const { places, db, clock, log, mail, alarm } = on
  const { read } = openPublished(on.dataDir)
  const witnesses = places.flatMap((place) => witnessAt(place, { clock, read, ask: on.ask ?? openAsking() }))
  const mailboxes = places.filter((place) => place.kind === 'mail')
  const round = openRounds({
    db,
    clock,
    log,
    witnesses,
    alarm: (witness, detail) => alarm({ about: 'contradiction', values: { witness, detail } }),
  })
  return [
    ...(witnesses.length > 0 ? [{ name: 'audit-witnesses', cron: '* * * * *', run: round }] : []),
    ...(mailboxes.length > 0
      ? [
          {
            name: 'audit-checkpoint-mail',
            cron: '0 7 * * *',
            run: () => mailCheckpoint({ db, mail, clock }, mailboxes),
          },
        ]
      : []),
  ]
}

/** None for a mailbox: it is written to once a day and not asked. */
function witnessAt(
  place: Place,
  { clock, read, ask }: { clock: Clock; read: ReadTile; ask: Ask },
): Witness[] {
  switch (place.kind) {
    case 'folder':
      return [folderWitness(place)]
    case 's3':
      return [s3Witness(place, clock, ask)]
    case 'http':
      return [httpWitness(place, read, ask)]
    case 'mail':
      return []
  }
}
