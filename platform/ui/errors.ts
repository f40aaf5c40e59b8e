/** The one place where errors become sentences: what happened, and what to do. */
import { ApiError } from './api-error.ts'
import type { MessageKey, Translate } from './messages.tsx'

const known: Record<number, { title: MessageKey; advice: MessageKey }> = {
  0: { title: 'ui.error.offline', advice: 'ui.error.offline.advice' },
  403: { title: 'ui.error.forbidden', advice: 'ui.error.forbidden.advice' },
  404: { title: 'ui.error.not-found', advice: 'ui.error.not-found.advice' },
  429: { title: 'ui.error.too-many', advice: 'ui.error.too-many.advice' },
  503: { title: 'ui.error.unavailable', advice: 'ui.error.unavailable.advice' },
}

/** What whoever stands in for somebody runs into. */
const limitsOfAssistance = new Set(['impersonation_limited', 'impersonation_read_only'])

export function describeError(error: unknown, t: Translate): { title: string; advice: string } {
  if (!isSaid(error)) {
    const keys = error instanceof ApiError ? known[error.status] : undefined
    return {
      title: t(keys?.title ?? 'ui.error.internal'),
      advice: t(keys?.advice ?? 'ui.error.internal.advice'),
    }
  }
  // The server speaks the reader's language and knows best what it refused.
  const advice = limitsOfAssistance.has(error.code)
    ? 'ui.error.impersonation.advice'
    : (known[error.status]?.advice ?? 'ui.error.refused.advice')
  return { title: error.message, advice: t(advice) }
}

/** Whether the server's own sentence is the best there is: not of what broke, nor where the whole house is out of order. */
function isSaid(error: unknown): error is ApiError {
  if (!(error instanceof ApiError) || !error.message) return false
  return error.status < 500 || (error.status === 503 && error.code !== 'unavailable')
}

/** One sentence, for a toast or the head of a form. */
export function sentenceOf(error: unknown, t: Translate): string {
  const { title, advice } = describeError(error, t)
  return isSaid(error) ? title : t('ui.error.sentence', { title, advice })
}
