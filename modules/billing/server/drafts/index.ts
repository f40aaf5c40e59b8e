import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { copying } from './copying.ts'
import { drafting } from './drafting.ts'

export const draftHandlers = (parts: Parts): readonly Handler[] => [...drafting, ...copying(parts)]
