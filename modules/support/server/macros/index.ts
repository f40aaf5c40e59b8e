import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { applyingMacros } from './applying.ts'
import { keepingMacros } from './keeping.ts'

export const macroHandlers = (parts: Parts): readonly Handler[] => [
  ...keepingMacros,
  ...applyingMacros(parts),
]
