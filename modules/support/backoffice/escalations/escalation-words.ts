import type { Escalation, EscalationAction } from '#contract/support'
import type { Formats } from '#platform/ui/formats.ts'
import { MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'

type NameOf = (id: string) => string | undefined

/** « À l’alerte, première réponse » */
export const momentInWords = ({ when, target }: Pick<Escalation, 'when' | 'target'>, t: Translate): string =>
  t(`support.escalation.moment.${when}`, {
    target: target === null ? '' : t(`support.sla.target.${target}`),
    which: target === null ? 'any' : 'one',
  })

/** « priorité Haute ou plus », « étiquette retard » … */
export function actionInWords(
  action: EscalationAction,
  t: Translate,
  formats: Formats,
  nameOf: NameOf,
): string {
  switch (action.do) {
    case 'priority':
      return t('support.escalation.said.priority', { to: t(`support.priority.${action.priority}`) })
    case 'assign':
      return t('support.escalation.said.assign', { to: nameOf(action.to) ?? MISSING })
    case 'team':
      return t('support.escalation.said.team', { to: nameOf(action.to) ?? MISSING })
    case 'tag':
      return t('support.escalation.said.tag', { count: action.add.length, tags: formats.list(action.add) })
    default: {
      const people = action.people.map((id) => nameOf(id) ?? MISSING)
      return t('support.escalation.said.tell', {
        people: formats.list([...(action.lead ? [t('support.escalation.lead')] : []), ...people]),
      })
    }
  }
}
