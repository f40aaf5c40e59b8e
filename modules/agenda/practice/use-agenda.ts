import { type Agenda, getAgenda, type Practitioner } from '#contract/agenda'
import { getPractice } from '#contract/cabinet'
import { useEndpoint } from '#platform/ui/data.ts'
import { TIME_ZONE } from '#platform/ui/formats.ts'
import { useSession } from '#platform/ui/session.tsx'
import { type AgendaState, periodOf, type View } from './agenda-state.ts'
import { useNow } from './calendar/now-line.tsx'
import { addDays, dateOf } from './wall-clock.ts'

/** The days a view shows, and whose; the practice's clock says which day is today. */
export function useAgenda(state: AgendaState, view: View) {
  const { data: practice } = useEndpoint(getPractice)
  const now = useNow(practice?.timeZone ?? TIME_ZONE)
  const { id } = useSession()
  const on = state.on ?? dateOf(now)
  // A day is asked for with its week: the strip counts it, and the next day is there already.
  const asked = periodOf(view === 'day' ? 'week' : view, on)
  const query = { from: asked.from, to: addDays(asked.from, asked.days - 1) }
  const result = useEndpoint(getAgenda, { query }, { keepPrevious: true })
  return { ...result, on, now, ...periodOf(view, on), who: whoOf(state.who, result.data, id) }
}

/** Whose agendas there are to see in these days: those who have left stay until their appointments are past or moved. */
export const seenIn = (agenda: Agenda | undefined): Practitioner[] =>
  agenda ? [...agenda.practitioners, ...agenda.departed] : []

/** As chosen; else one's own, for who has an agenda here, or everybody's. */
function whoOf(chosen: string | undefined, agenda: Agenda | undefined, me: string): string[] {
  const all = seenIn(agenda).map(({ memberId }) => memberId)
  const known = all.filter((id) => chosen?.split(',').includes(id))
  if (known.length > 0) return known
  return all.includes(me) ? [me] : all
}
