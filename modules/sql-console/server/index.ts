import type { Schedule } from '#platform/server/jobs.ts'
import type { CentralHandler } from '#platform/server/requests.ts'
import { askingHandlers } from './executing/asking.ts'
import { executingHandlers } from './executing/executing.ts'
import { findingOut } from './executing/finding-out.ts'
import { undoingHandlers } from './executing/undoing.ts'
import { lookingHandlers } from './looking/handlers.ts'
import type { Parts } from './parts.ts'
import { runHandlers } from './runs/handlers.ts'
import type { Running } from './runs/running.ts'

export type { DoorsOf } from './parts.ts'

export function sqlConsoleParts(parts: Parts): {
  handlers: readonly CentralHandler[]
  schedules: readonly Schedule[]
} {
  const running: Running = new Map()
  return {
    handlers: [
      ...lookingHandlers(parts),
      ...runHandlers(parts, running),
      ...askingHandlers(parts),
      ...executingHandlers(parts, running),
      ...undoingHandlers(parts, running),
    ],
    schedules: [findingOut(parts)],
  }
}
