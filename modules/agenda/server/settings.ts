import type { TenantHandler } from '#platform/server/requests.ts'
import { absences } from './absences.ts'
import { acts } from './acts.ts'
import { hours } from './hours.ts'
import { rules } from './rules.ts'

export const settings: readonly TenantHandler[] = [...acts, ...hours, ...absences, ...rules]
