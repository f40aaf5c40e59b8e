import { House } from 'lucide-react'
import { getBoard } from '#contract/figures'
import { question } from '#platform/ui/data.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'cabinet.read'

export const practice: Manifest = {
  pages: [
    {
      path: '/',
      title: 'figures.home',
      needs,
      load: () => import('./board/board-page.tsx').then((module) => module.BoardPage),
      asks: () => [question(getBoard, { query: {} })],
      cards: ['home', 'practice_home', 'practice_home_foot'],
    },
    {
      path: '/figures',
      title: 'figures.lines',
      under: '/',
      needs,
      load: () => import('./lines/lines-page.tsx').then((module) => module.LinesPage),
    },
  ],
  menu: [{ group: 'figures.home', label: 'figures.home', icon: House, to: '/', needs, shortcut: 'g h' }],
}
