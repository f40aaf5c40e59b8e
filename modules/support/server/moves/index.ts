import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { merging } from './merging.ts'
import { siblings } from './siblings.ts'
import { splitting } from './splitting.ts'
import { trashing } from './trashing.ts'
import { undoing } from './undoing.ts'

export function moveHandlers(parts: Parts): readonly Handler[] {
  return [merging(parts), ...splitting(parts), undoing(parts), ...trashing(parts), ...siblings]
}
