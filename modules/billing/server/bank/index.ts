import type { Files } from '#platform/server/files.ts'
import type { Handler } from '#platform/server/requests.ts'
import { decidingHandlers } from './deciding.ts'
import { fileHandlers } from './files.ts'
import { importHandlers } from './importing.ts'

export const bankHandlers = (parts: { files: Files }): readonly Handler[] => [
  ...fileHandlers(parts),
  ...importHandlers(parts),
  ...decidingHandlers,
]
