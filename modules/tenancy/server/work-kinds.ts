/** All that is done to one tenant step by step: a process that runs works knows every kind. */
import { lifeKinds, lifeParts, type LifeShared } from './life/index.ts'
import { provisioning, type Provisioning } from './provisioning.ts'
import type { WorkKind } from './works.ts'

export type WorkParts = Provisioning & LifeShared

export const workKindsOf = (on: WorkParts): readonly WorkKind[] => [
  provisioning(on),
  ...lifeKinds(lifeParts(on)),
]
