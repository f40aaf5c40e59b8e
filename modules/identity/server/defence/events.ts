import type { Factor, SignInEvent } from '#contract/identity'
import { describe } from '../devices/describing.ts'
import type { EventRow } from './queries.ts'

export function asEvent(row: EventRow): SignInEvent {
  const { id, staffId, name, ip, userAgent, newDevice, newNetwork, failuresBefore, suspicious } = row
  return {
    id,
    at: row.at.toISOString(),
    kind: row.kind as SignInEvent['kind'], // checked by the table
    staffId,
    name,
    factor: row.factor as Factor | null, // written from a Factor
    ip,
    ...describe({ userAgent, ip }),
    newDevice,
    newNetwork,
    failuresBefore,
    suspicious,
  }
}
