import * as figures from '#contract/figures'
import type { WriteStory } from './story.ts'

export const writes: readonly WriteStory[] = [
  {
    endpoint: figures.arrangeBoard,
    tell: async (server) => {
      const { holder } = await server.openPractice('Paul Rousseau')
      const arrangement = { order: ['forecast', 'upcoming'], hidden: ['origin'] }
      return { as: holder, input: { body: { arrangement } } }
    },
  },
]
