import { getTicketChoices } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'

/** Whom a ticket can be given to, and which words it can be marked with; empty until they have come. */
export function useTicketChoices() {
  const { data } = useEndpoint(getTicketChoices, {})
  const { agents = [], teams = [], tags = [] } = data ?? {}
  const nameOf = (id: string) => [...agents, ...teams].find((one) => one.id === id)?.name
  return { agents, teams, tags, nameOf }
}
