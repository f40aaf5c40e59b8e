import type { Escalation } from '#contract/support'
import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { WrongField } from '#platform/server/requests.ts'
import { teamNamed } from '../tickets/queries.ts'
import { notAtWork } from './team-queries.ts'

/** Nothing is promised that could not be done from the first day: people who work here, teams that are not archived. */
export async function checkEscalations(db: CentralDb, escalations: readonly Escalation[]): Promise<void> {
  const agents = new Set((await peopleWith(db, 'tickets.write')).map(({ id }) => id))
  for (const [place, { do: actions }] of escalations.entries())
    for (const [at, action] of actions.entries()) {
      const path = `escalations.${place}.do.${at}`
      if (action.do === 'assign' && !agents.has(action.to))
        throw new WrongField('body', `${path}.to`, 'support_person_unknown')
      if (action.do === 'team' && !(await teamNamed(db, action.to)))
        throw new WrongField('body', `${path}.to`, 'ticket_team_unknown')
      if (action.do === 'tell' && (await notAtWork(db, action.people)).length > 0)
        throw new WrongField('body', `${path}.people`, 'support_person_unknown')
    }
}
