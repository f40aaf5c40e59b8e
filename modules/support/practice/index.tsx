import { LifeBuoy, MessageCircleQuestionMark } from 'lucide-react'
import { loadBarePage } from '#practice/identity'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { askTo, helpTo } from './addresses.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

/** Whoever works in a practice may ask, and sees what the practice asked. */
export const practice: Manifest = {
  pages: [
    {
      path: '/help',
      title: 'support.own.title',
      load: () => import('./list/help-page.tsx').then((module) => module.HelpPage),
    },
    {
      path: '/help/new',
      title: 'support.own.ask',
      under: '/help',
      load: () => import('./asking/ask-page.tsx').then((module) => module.AskPage),
    },
    // A link that is mailed to who has no account leads here.
    {
      path: '/satisfaction',
      title: 'support.survey.title',
      frame: 'bare',
      load: async () => {
        const [{ SurveyPage }, BarePage] = await Promise.all([
          import('./rating/survey-page.tsx'),
          loadBarePage(),
        ])
        return () => (
          <BarePage>
            <SurveyPage />
          </BarePage>
        )
      },
    },
    {
      path: '/help/$id',
      title: 'support.own.one',
      under: '/help',
      load: () => import('./thread/ticket-page.tsx').then((module) => module.TicketPage),
    },
  ],
  menu: [
    {
      group: 'cabinet.group',
      label: 'support.own.title',
      icon: LifeBuoy,
      to: helpTo,
      shortcut: 'g s',
    },
  ],
  commands: [{ label: 'support.own.ask', icon: MessageCircleQuestionMark, to: askTo }],
}
