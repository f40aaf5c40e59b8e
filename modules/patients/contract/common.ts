import { z } from 'zod'
import { Id } from '#platform/contract/ids.ts'

export const member = { realm: 'member', stepUp: false } as const

export const OnePatient = z.object({ id: Id })
