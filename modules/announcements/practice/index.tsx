import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export const practice: Manifest = {
  pages: [],
  cards: {
    practice_home: {
      load: () => import('./message-of-the-day.tsx').then((module) => module.MessagesOfTheDay),
    },
  },
}
