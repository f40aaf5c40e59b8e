import { findAppointments } from '#contract/agenda'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'

/** Appointments by whose they are, for the palette. */
export async function searchAppointments(q: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(findAppointments, { query: { q } }, signal)
  return rows.map(({ id, name, startsLocal }) => ({
    id,
    title: name,
    detail: `${startsLocal.slice(8, 10)}/${startsLocal.slice(5, 7)}/${startsLocal.slice(0, 4)} ${startsLocal.slice(11)}`,
    to: `/agenda?on=${startsLocal.slice(0, 10)}&appointment=${id}`,
  }))
}
